#include "spatium/metrics/meteor.h"

#include <algorithm>

#include "spatium/base/parallel.h"
#include "spatium/base/text.h"
#include "spatium/base/utf8.h"
#include "spatium/metrics/meteor_aligner.h"
#include "spatium/metrics/porter2.h"

namespace spatium {
namespace {

// Longer lines are cut: the work for a pair of lines is bounded by the square of this.
constexpr size_t kMaxLineWords = 1000;
constexpr size_t kMaxLineBytes = size_t{1} << 20;  // chosen: a kilobyte for each of those words

bool Intersect(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b) {
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) return true;
    a[i] < b[j] ? ++i : ++j;
  }
  return false;
}

}  // namespace

struct Meteor::Word {
  std::string text;
  py::Str stem;
  std::vector<uint32_t> synsets;
  bool function = false;
};

Meteor::Meteor(const MeteorTables& tables, const Paraphrases* paraphrases)
    : tables_(tables), paraphrases_(paraphrases) {}
Meteor::~Meteor() = default;

const Meteor::Word& Meteor::WordOf(const py::Str& text) {
  std::string key = py::ToUtf8(text);
  std::unique_ptr<Word>& word = words_[key];
  if (!word) {
    word = std::make_unique<Word>();
    word->stem = Porter2Stem(text);
    word->synsets = tables_.Synsets(key);
    word->function = tables_.IsFunctionWord(key);
    word->text = std::move(key);
  }
  return *word;
}

Meteor::Line Meteor::Read(std::string_view text) {
  Line line;
  const py::Str start = py::FromUtf8(CutUtf8(text, kMaxLineBytes));
  for (const py::Str& word : MeteorNormalize(start, tables_.prefixes())) {
    if (line.words.size() == kMaxLineWords) break;
    line.words.push_back(&WordOf(word));
  }
  line.phrases = Phrases(line.words);
  return line;
}

std::vector<Meteor::Phrase> Meteor::Phrases(const std::vector<const Word*>& words) const {
  std::vector<Phrase> all, out;
  if (paraphrases_ == nullptr) return out;
  for (size_t begin = 0; begin < words.size(); ++begin) {
    std::string phrase;
    for (size_t n = 1; n <= Paraphrases::kMaxWords && begin + n <= words.size(); ++n) {
      phrase += (n > 1 ? " " : "") + words[begin + n - 1]->text;
      all.push_back({.begin = begin, .length = n, .hash = Paraphrases::Hash(phrase)});
      paraphrases_->Prefetch(all.back().hash);
    }
  }
  for (const Phrase& phrase : all)
    if (paraphrases_->Knows(phrase.hash)) out.push_back(phrase);
  return out;
}

MeteorStats Meteor::Align(const Line& test_line, const Line& ref_line) const {
  const auto& [test, test_phrases] = test_line;
  const auto& [ref, ref_phrases] = ref_line;
  std::vector<MeteorMatch> candidates;
  const auto at = [](size_t i) { return static_cast<int>(i); };
  size_t ref_at = 0;
  for (size_t r = 0; r < ref.size(); ++r) {
    const auto add = [&](MeteorStats::Module module, auto matches) {
      for (size_t t = 0; t < test.size(); ++t) {
        if (matches(*test[t], *ref[r])) {
          candidates.push_back({.test = at(t), .ref = at(r), .module = module});
        }
      }
    };
    add(MeteorStats::kExact, [](const Word& a, const Word& b) { return &a == &b; });
    add(MeteorStats::kStem,
        [](const Word& a, const Word& b) { return &a != &b && a.stem == b.stem; });
    add(MeteorStats::kSynonym,
        [](const Word& a, const Word& b) { return &a != &b && Intersect(a.synsets, b.synsets); });
    for (; ref_at < ref_phrases.size() && ref_phrases[ref_at].begin == r; ++ref_at) {
      for (const Phrase& phrase : test_phrases) {
        if (!paraphrases_->Contains(ref_phrases[ref_at].hash, phrase.hash)) continue;
        candidates.push_back({.test = at(phrase.begin),
                              .test_length = at(phrase.length),
                              .ref = at(r),
                              .ref_length = at(ref_phrases[ref_at].length),
                              .module = MeteorStats::kParaphrase});
      }
    }
  }
  const auto matches = AlignMeteor(candidates, at(test.size()), at(ref.size()));

  MeteorStats stats;
  const auto count = [](MeteorStats::Side& side, const std::vector<const Word*>& words) {
    side.words = static_cast<double>(words.size());
    for (const Word* word : words) side.function_words += word->function;
  };
  count(stats.test, test);
  count(stats.reference, ref);
  const auto match = [](MeteorStats::Side& side,
                        const std::vector<const Word*>& words,
                        int begin,
                        int length,
                        int module) {
    for (int i = begin; i < begin + length; ++i) {
      const bool function = words[static_cast<size_t>(i)]->function;
      ++(function ? side.function_matches : side.content_matches)[static_cast<size_t>(module)];
      ++side.matched;
    }
  };
  for (const MeteorMatch& m : matches) {
    match(stats.test, test, m.test, m.test_length, m.module);
    match(stats.reference, ref, m.ref, m.ref_length, m.module);
  }
  stats.chunks = CountChunks(matches);
  return stats;
}

MeteorStats Meteor::Segment(std::string_view test, std::span<const std::string> references) {
  const Line test_line = Read(test);
  MeteorStats best;
  double best_score = -1;
  for (const std::string& reference : references) {
    const MeteorStats stats = Align(test_line, Read(reference));
    const double score = stats.Score();
    if (score > best_score) {
      best = stats;
      best_score = score;
    }
  }
  return best;
}

MeteorItem MeteorLine(std::string_view prediction, const std::vector<std::string>& references) {
  MeteorItem out;
  out.prediction = ReplaceAll(ReplaceAll(std::string(prediction), "|||", ""), "  ", " ");
  for (const std::string& reference : references) {
    std::string_view rest = reference;
    for (size_t at = rest.find("|||"); at != rest.npos; at = rest.find("|||")) {
      out.references.emplace_back(rest.substr(0, at));
      rest.remove_prefix(at + 3);
    }
    out.references.emplace_back(rest);
  }
  return out;
}

Result<MeteorResult> ScoreMeteor(std::span<const MeteorItem> items,
                                 bool paraphrases,
                                 unsigned threads) {
  const MeteorTables& tables = MeteorTables::Default();
  const Paraphrases* table = nullptr;
  if (paraphrases && tables.paraphrases()) {
    SPATIUM_TRY(table, Paraphrases::Open(*tables.paraphrases()));
  }
  MeteorResult out;
  out.source = tables.source() + (table ? ", its paraphrases" : ", no paraphrases");
  out.items.resize(items.size());
  // Each block has a scorer, and so a cache of words, of its own.
  constexpr size_t kBlock = 2048;
  const size_t num_blocks = (items.size() + kBlock - 1) / kBlock;
  ParallelFor(num_blocks, threads, [&](size_t block) {
    Meteor meteor(tables, table);
    for (size_t i = block * kBlock; i < std::min(items.size(), (block + 1) * kBlock); ++i) {
      out.items[i] = meteor.Segment(items[i].prediction, items[i].references);
    }
  });
  MeteorStats sum;
  for (const MeteorStats& stats : out.items) sum.Add(stats);
  out.corpus = sum.Score();
  return out;
}

}  // namespace spatium
