#include <cmath>

#include "spatium/base/text.h"
#include "spatium/metrics/meteor.h"

namespace spatium {
namespace {

// English, task "rank". Source: Denkowski and Lavie 2014, table of tuned parameters.
constexpr double kAlpha = 0.85, kBeta = 0.20, kGamma = 0.60, kDelta = 0.75;
constexpr std::array<double, MeteorStats::kNumModules> kWeights = {1.0, 0.6, 0.8, 0.6};

void AddSide(MeteorStats::Side& sum, const MeteorStats::Side& other) {
  sum.words += other.words;
  sum.function_words += other.function_words;
  sum.matched += other.matched;
  for (size_t m = 0; m < MeteorStats::kNumModules; ++m) {
    sum.content_matches[m] += other.content_matches[m];
    sum.function_matches[m] += other.function_matches[m];
  }
}

// Weighted matches over weighted words, summed in METEOR's order: scores are the same bits.
double Share(const MeteorStats::Side& side) {
  double matches = 0;
  for (size_t m = 0; m < MeteorStats::kNumModules; ++m) {
    matches += side.content_matches[m] * kWeights[m] * kDelta;
  }
  for (size_t m = 0; m < MeteorStats::kNumModules; ++m) {
    matches += side.function_matches[m] * kWeights[m] * (1 - kDelta);
  }
  const double words =
      kDelta * (side.words - side.function_words) + (1 - kDelta) * side.function_words;
  return matches / words;
}

}  // namespace

void MeteorStats::Add(const MeteorStats& other) {
  AddSide(test, other.test);
  AddSide(reference, other.reference);
  chunks += other.chunks;
}

bool MeteorStats::MatchedWhole() const {
  return chunks == 1 && test.matched == test.words && reference.matched == reference.words;
}

void MeteorStats::AddAsReleased(const MeteorStats& segment) {
  Add(segment);
  if (segment.MatchedWhole()) chunks -= segment.chunks;
}

double MeteorStats::Score() const {
  const double precision = Share(test), recall = Share(reference);
  // The weighted harmonic mean, 0 where either is. Rounded as METEOR's, as which of two references
  // is the best may hang on the last bit.
  const double f = 1 / ((1 - kAlpha) / precision + kAlpha / recall);
  double fragmentation = chunks / ((test.matched + reference.matched) / 2);
  // One chunk that covers both sides whole is not fragmented.
  if (MatchedWhole()) fragmentation = 0;
  const double score = f * (1 - kGamma * std::pow(fragmentation, kBeta));
  return score > 0 ? score : 0;  // NaN without matches
}

std::string MeteorStats::Line() const {
  std::string out;
  const auto add = [&](double value) {
    if (!out.empty()) out += ' ';
    out += FormatFixed(value, 1);
  };
  add(test.words);
  add(reference.words);
  add(test.function_words);
  add(reference.function_words);
  for (size_t m = 0; m < kNumModules; ++m) {
    add(test.content_matches[m]);
    add(reference.content_matches[m]);
    add(test.function_matches[m]);
    add(reference.function_matches[m]);
  }
  add(chunks);
  add(test.matched);
  add(reference.matched);
  return out;
}

}  // namespace spatium
