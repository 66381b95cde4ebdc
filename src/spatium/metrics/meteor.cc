#include "spatium/metrics/meteor.h"

#include <algorithm>
#include <unordered_set>

#include "spatium/base/parallel.h"
#include "spatium/base/text.h"
#include "spatium/metrics/meteor_aligner.h"
#include "spatium/metrics/porter2.h"
#include "spatium/metrics/zip_text.h"

namespace spatium {
namespace {

// Longer lines are cut: the work for a pair of lines is bounded by the square of this.
constexpr size_t kMaxLineWords = 1000;

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

std::vector<const Meteor::Word*> Meteor::Words(std::string_view line) {
  std::vector<const Word*> out;
  for (const py::Str& text : MeteorNormalize(py::FromUtf8(line), tables_.prefixes())) {
    if (out.size() == kMaxLineWords) break;
    out.push_back(&WordOf(text));
  }
  return out;
}

MeteorStats Meteor::Align(const std::vector<const Word*>& test,
                          const std::vector<const Word*>& ref) const {
  std::vector<MeteorMatch> candidates;
  const auto at = [](size_t i) { return static_cast<int>(i); };
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
    if (!paraphrases_) continue;
    std::string ref_phrase;
    for (size_t n = 1; n <= Paraphrases::kMaxWords && r + n <= ref.size(); ++n) {
      ref_phrase += (n > 1 ? " " : "") + ref[r + n - 1]->text;
      for (size_t t = 0; t < test.size(); ++t) {
        std::string test_phrase;
        for (size_t k = 1; k <= Paraphrases::kMaxWords && t + k <= test.size(); ++k) {
          test_phrase += (k > 1 ? " " : "") + test[t + k - 1]->text;
          // The table lists a pair once; it counts in both directions.
          if (!paraphrases_->Contains(ref_phrase, test_phrase) &&
              !paraphrases_->Contains(test_phrase, ref_phrase)) {
            continue;
          }
          candidates.push_back({.test = at(t),
                                .test_length = at(k),
                                .ref = at(r),
                                .ref_length = at(n),
                                .module = MeteorStats::kParaphrase});
        }
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
  const auto test_words = Words(test);
  MeteorStats best;
  double best_score = -1;
  for (const std::string& reference : references) {
    const MeteorStats stats = Align(test_words, Words(reference));
    const double score = stats.Score();
    if (score > best_score) {
      best = stats;
      best_score = score;
    }
  }
  return best;
}

Result<Paraphrases> Paraphrases::Read(const Path& table,
                                      std::span<const std::vector<py::Str>> texts) {
  std::unordered_set<std::string> phrases;
  for (const auto& words : texts) {
    for (size_t i = 0; i < words.size() && i < kMaxLineWords; ++i) {
      std::string phrase;
      for (size_t n = 1; n <= kMaxWords && i + n <= words.size(); ++n) {
        phrase += (n > 1 ? " " : "") + py::ToUtf8(words[i + n - 1]);
        phrases.insert(phrase);
      }
    }
  }
  // Three lines for a pair: probability, phrase, paraphrase.
  Paraphrases out;
  int line_of_pair = 0;
  std::string first;
  SPATIUM_TRY_DO(ForEachGzipLine(table, [&](std::string_view line) {
    if (line_of_pair == 1) {
      first = std::string(line);
    } else if (line_of_pair == 2 && phrases.contains(first)) {
      std::string second(line);
      if (phrases.contains(second)) out.pairs_[first].push_back(std::move(second));
    }
    line_of_pair = (line_of_pair + 1) % 3;
    return true;
  }));
  return out;
}

bool Paraphrases::Contains(const std::string& a, const std::string& b) const {
  const auto it = pairs_.find(a);
  return it != pairs_.end() &&
         std::find(it->second.begin(), it->second.end(), b) != it->second.end();
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
  std::optional<Paraphrases> table;
  if (paraphrases && tables.paraphrases()) {
    std::vector<std::vector<py::Str>> texts;
    for (const MeteorItem& item : items) {
      texts.push_back(MeteorNormalize(py::FromUtf8(item.prediction), tables.prefixes()));
      for (const std::string& reference : item.references) {
        texts.push_back(MeteorNormalize(py::FromUtf8(reference), tables.prefixes()));
      }
    }
    SPATIUM_TRY(table, Paraphrases::Read(*tables.paraphrases(), texts));
  }
  MeteorResult out;
  out.source = tables.source() + (table ? ", its paraphrases" : ", no paraphrases");
  out.items.resize(items.size());
  // Each block has a scorer, and so a cache of words, of its own.
  constexpr size_t kBlock = 2048;
  const size_t num_blocks = (items.size() + kBlock - 1) / kBlock;
  ParallelFor(num_blocks, threads, [&](size_t block) {
    Meteor meteor(tables, table ? &*table : nullptr);
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
