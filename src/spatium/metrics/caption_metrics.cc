#include "spatium/metrics/caption_metrics.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>

#include "spatium/metrics/ngrams.h"
#include "spatium/metrics/python.h"

namespace spatium {
namespace {

using Counts = NgramTable::Counts;
constexpr size_t kOrders = NgramTable::kMaxOrder;

// min((|l - n|, l)): the closest length, the shorter of two as close.
int ClosestLength(const CaptionCounts::Item& item) {
  int best = 0, best_distance = -1;
  for (const Counts& reference : item.references) {
    const int distance = std::abs(reference.num_words - item.prediction.num_words);
    if (best_distance < 0 || distance < best_distance ||
        (distance == best_distance && reference.num_words < best)) {
      best = reference.num_words;
      best_distance = distance;
    }
  }
  return best;
}

constexpr double kSmall = 1e-9, kTiny = 1e-15;

// The four scores of counts, with the brevity penalty.
std::array<double, 4> BleuOf(const std::array<double, 4>& correct,
                             const std::array<double, 4>& guess,
                             double length,
                             double reference_length) {
  std::array<double, 4> out;
  double product = 1;
  for (size_t k = 0; k < kOrders; ++k) {
    product *= (correct[k] + kTiny) / (guess[k] + kSmall);
    out[k] = std::pow(product, 1.0 / static_cast<double>(k + 1));
  }
  const double ratio = (length + kTiny) / (reference_length + kSmall);
  if (ratio < 1) {
    for (double& score : out) score *= std::exp(1 - 1 / ratio);
  }
  return out;
}

// Words between single spaces, as hashes would do but exact: views of the text.
std::vector<std::string_view> SpaceTokens(std::string_view text) {
  std::vector<std::string_view> out;
  for (size_t begin = 0;;) {
    const size_t end = text.find(' ', begin);
    out.push_back(text.substr(begin, end == text.npos ? text.npos : end - begin));
    if (end == text.npos || out.size() == kMaxRougeTokens) return out;
    begin = end + 1;
  }
}

// Bit-parallel (Hyyro, "Bit-parallel LCS-length computation revisited", 2004): bit j of `row` is 0
// where the length grows at word j of b.
int LongestCommonSubsequence(const std::vector<std::string_view>& a,
                             const std::vector<std::string_view>& b) {
  constexpr size_t kBits = 64;
  std::vector<uint64_t> row((b.size() + kBits - 1) / kBits, ~uint64_t{0}), match(row.size(), 0);
  std::unordered_map<std::string_view, std::vector<size_t>> places;  // of the words of a long b
  if (row.size() > 1)
    for (size_t j = 0; j < b.size(); ++j) places[b[j]].push_back(j);
  const auto toggle = [&](std::string_view word) {
    if (row.size() == 1) {
      for (size_t j = 0; j < b.size(); ++j)
        if (word == b[j]) match[0] ^= uint64_t{1} << j;
    } else if (const auto at = places.find(word); at != places.end()) {
      for (const size_t j : at->second) match[j / kBits] ^= uint64_t{1} << j % kBits;
    }
  };
  for (const std::string_view word : a) {
    toggle(word);
    uint64_t carry = 0;
    for (size_t k = 0; k < row.size(); ++k) {
      const uint64_t matched = row[k] & match[k];
      const uint64_t sum = row[k] + matched;
      row[k] = (sum + carry) | (row[k] & ~match[k]);
      carry = sum < matched || sum + carry < sum ? 1 : 0;
    }
    toggle(word);
  }
  int length = 0;
  for (size_t j = 0; j < b.size(); ++j) length += (row[j / kBits] >> j % kBits & 1) == 0;
  return length;
}

}  // namespace

CaptionCounts::CaptionCounts(std::span<const CaptionItem> items) {
  items_.reserve(items.size());
  for (const CaptionItem& item : items) {
    Item& counts = items_.emplace_back();
    for (const std::string& reference : item.references)
      counts.references.push_back(table_.Count(reference));
    counts.prediction = table_.Count(item.prediction);
  }
}

BleuScores Bleu(const CaptionCounts& counts) {
  std::vector<int> most(counts.num_ngrams(), 0);  // of each n-gram in any one reference of an item
  std::array<double, 4> all_correct = {}, all_guess = {};
  double all_length = 0, all_reference = 0;
  BleuScores out;
  for (const CaptionCounts::Item& item : counts.items()) {
    for (const Counts& reference : item.references) {
      for (const auto& entry : reference.entries) {
        most[entry.ngram] = std::max(most[entry.ngram], entry.count);
      }
    }
    std::array<double, 4> correct = {}, guess = {};
    for (const auto& entry : item.prediction.entries) {
      correct[static_cast<size_t>(entry.order - 1)] += std::min(most[entry.ngram], entry.count);
    }
    for (const Counts& reference : item.references) {
      for (const auto& entry : reference.entries) most[entry.ngram] = 0;
    }
    for (size_t k = 0; k < kOrders; ++k) {
      guess[k] = std::max(0, item.prediction.num_words - static_cast<int>(k));
      all_correct[k] += correct[k];
      all_guess[k] += guess[k];
    }
    const double length = item.prediction.num_words, reference = ClosestLength(item);
    all_length += length;
    all_reference += reference;
    out.items.push_back(BleuOf(correct, guess, length, reference));
  }
  out.corpus = BleuOf(all_correct, all_guess, all_length, all_reference);
  return out;
}

MeanAndItems RougeL(std::span<const CaptionItem> items) {
  constexpr double kBeta2 = 1.2 * 1.2;
  MeanAndItems out;
  for (const CaptionItem& item : items) {
    const auto prediction = SpaceTokens(item.prediction);
    double precision = 0, recall = 0;
    for (const std::string& text : item.references) {
      const auto reference = SpaceTokens(text);
      const double common = LongestCommonSubsequence(reference, prediction);
      precision = std::max(precision, common / static_cast<double>(prediction.size()));
      recall = std::max(recall, common / static_cast<double>(reference.size()));
    }
    const bool any = precision != 0 && recall != 0;
    out.items.push_back(any ? ((1 + kBeta2) * precision * recall) / (recall + kBeta2 * precision)
                            : 0);
  }
  out.mean = py::NumpyMean(out.items);
  return out;
}

namespace {

// The tf-idf vector of a caption: a weight for each of its n-grams, norms by order, and the length
// that the length penalty uses (the number of bigrams, as in the original).
struct TfIdf {
  std::vector<double> weights;  // beside Counts::entries
  std::array<double, 4> norms = {};
  double length = 0;
};

class CiderScorer {
 public:
  explicit CiderScorer(const CaptionCounts& corpus) : items_(corpus.items()) {
    log_items_ = std::log(static_cast<double>(items_.size()));
    std::vector<int> frequency(corpus.num_ngrams(), 0), last(corpus.num_ngrams(), -1);
    for (size_t i = 0; i < items_.size(); ++i) {
      for (const Counts& reference : items_[i].references) {
        for (const auto& entry : reference.entries) {
          if (last[entry.ngram] == static_cast<int>(i)) continue;
          last[entry.ngram] = static_cast<int>(i);
          ++frequency[entry.ngram];
          any_ = true;
        }
      }
    }
    std::vector<double> logs(items_.size() + 1, 0.0);
    for (size_t n = 1; n < logs.size(); ++n) logs[n] = std::log(static_cast<double>(n));
    idf_.reserve(frequency.size());
    for (const int n : frequency) {
      idf_.push_back(log_items_ - logs[static_cast<size_t>(std::max(n, 1))]);
    }
    weight_of_.assign(corpus.num_ngrams(), 0.0);
  }

  bool AnyReferenceWord() const { return any_; }

  MeanAndItems Run() {
    MeanAndItems out;
    for (const CaptionCounts::Item& item : items_) {
      const TfIdf prediction = Vector(item.prediction);
      std::array<double, 4> score = {};
      for (const Counts& reference : item.references) {
        const auto similarity = Similarity(item.prediction, prediction, reference);
        for (size_t k = 0; k < kOrders; ++k) score[k] += similarity[k];
      }
      double mean = py::NumpyMean(score);
      mean /= static_cast<double>(item.references.size());
      out.items.push_back(mean * 10.0);
    }
    out.mean = py::NumpyMean(out.items);
    return out;
  }

 private:
  TfIdf Vector(const Counts& counts) const {
    TfIdf out;
    out.weights.reserve(counts.entries.size());
    for (const auto& entry : counts.entries) {
      const auto order = static_cast<size_t>(entry.order - 1);
      const double weight = entry.count * idf_[entry.ngram];
      out.weights.push_back(weight);
      out.norms[order] += weight * weight;
      if (entry.order == 2) out.length += entry.count;
    }
    for (double& norm : out.norms) norm = std::sqrt(norm);
    return out;
  }

  std::array<double, 4> Similarity(const Counts& counts,
                                   const TfIdf& prediction,
                                   const Counts& reference_counts) {
    const TfIdf reference = Vector(reference_counts);
    for (size_t i = 0; i < reference.weights.size(); ++i) {
      weight_of_[reference_counts.entries[i].ngram] = reference.weights[i];
    }
    std::array<double, 4> value = {};
    for (size_t i = 0; i < prediction.weights.size(); ++i) {
      const double other = weight_of_[counts.entries[i].ngram];
      value[static_cast<size_t>(counts.entries[i].order - 1)] +=
          std::min(prediction.weights[i], other) * other;
    }
    for (const auto& entry : reference_counts.entries) weight_of_[entry.ngram] = 0;
    constexpr double kSigma = 6.0;
    const double delta = prediction.length - reference.length;
    const double penalty = std::pow(M_E, -(delta * delta) / (2 * kSigma * kSigma));
    for (size_t k = 0; k < kOrders; ++k) {
      if (prediction.norms[k] != 0 && reference.norms[k] != 0) {
        value[k] /= prediction.norms[k] * reference.norms[k];
      }
      value[k] *= penalty;
    }
    return value;
  }

  std::span<const CaptionCounts::Item> items_;
  double log_items_ = 0;
  bool any_ = false;
  std::vector<double> idf_;        // by n-gram: log(items) - log(document frequency)
  std::vector<double> weight_of_;  // of the reference at hand, 0 elsewhere
};

}  // namespace

std::optional<MeanAndItems> Cider(const CaptionCounts& counts) {
  CiderScorer scorer(counts);
  if (!scorer.AnyReferenceWord()) return std::nullopt;
  return scorer.Run();
}

}  // namespace spatium
