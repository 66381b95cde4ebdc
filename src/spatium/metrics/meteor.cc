#include "spatium/metrics/meteor.h"

#include <algorithm>
#include <utility>

#include "spatium/base/parallel.h"
#include "spatium/base/text.h"
#include "spatium/base/utf8.h"
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

// METEOR takes words, and stems, for the same if Java's String.hashCode of them is: "to" matches
// "v1".
uint32_t JavaHash(py::View text) {
  uint32_t hash = 0;
  const auto add = [&](uint32_t unit) { hash = 31 * hash + unit; };
  for (const char32_t c : text) {
    if (c < 0x10000) {
      add(c);
    } else {  // two UTF-16 units
      add(0xd800 + ((c - 0x10000) >> 10));
      add(0xdc00 + ((c - 0x10000) & 0x3ff));
    }
  }
  return hash;
}

}  // namespace

struct Meteor::Word {
  std::string text;
  uint32_t key = 0, stem_key = 0;
  std::vector<uint32_t> synsets;
  bool function = false;
};

// A run of words that the paraphrase table holds.
struct Meteor::Phrase {
  size_t begin = 0, length = 0;
  uint64_t hash = 0;
};

struct Meteor::Line {
  std::vector<const Word*> words;
  std::vector<Phrase> phrases;  // by begin, then by length

  std::string Text(int begin, int length) const {
    std::string out;
    for (int i = begin; i < begin + length; ++i) {
      if (i > begin) out += ' ';
      out += words[static_cast<size_t>(i)]->text;
    }
    return out;
  }
  std::span<const Phrase> PhrasesAt(size_t begin) const {
    const auto range = std::ranges::equal_range(phrases, begin, {}, &Phrase::begin);
    return {range.begin(), range.end()};
  }
};

Meteor::Meteor(const MeteorTables& tables, const Paraphrases* paraphrases)
    : tables_(tables), paraphrases_(paraphrases) {}
Meteor::~Meteor() = default;

const Meteor::Word& Meteor::WordOf(const py::Str& text) {
  std::string key = py::ToUtf8(text);
  std::unique_ptr<Word>& word = words_[key];
  if (!word) {
    word = std::make_unique<Word>();
    word->key = JavaHash(text);
    word->stem_key = JavaHash(Porter2Stem(text));
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

// Paraphrases that start at word `ref_begin` of the reference, in the order in which METEOR tries
// them: pairs that the table lists with the reference's phrase first, then those with the test's
// first. The former by the reference's phrase, then in the table's order, which is that of the
// texts of the test's phrases; the latter by where the test's phrase is. Shorter ones first.
void Meteor::AddParaphrases(const Line& test,
                            const Line& ref,
                            size_t ref_begin,
                            std::vector<MeteorMatch>& out) const {
  const auto add = [&](const Phrase& test_phrase, const Phrase& ref_phrase) {
    out.push_back({.test = static_cast<int>(test_phrase.begin),
                   .test_length = static_cast<int>(test_phrase.length),
                   .ref = static_cast<int>(ref_phrase.begin),
                   .ref_length = static_cast<int>(ref_phrase.length),
                   .module = MeteorStats::kParaphrase});
  };
  const auto ref_phrases = ref.PhrasesAt(ref_begin);
  std::vector<Paraphrases::Pair> pairs;  // [ref phrase][test phrase]
  pairs.reserve(ref_phrases.size() * test.phrases.size());
  for (const Phrase& ref_phrase : ref_phrases)
    for (const Phrase& phrase : test.phrases)
      pairs.push_back(paraphrases_->Prefetch(ref_phrase.hash, phrase.hash));
  struct Backward {
    const Phrase *test, *ref;
  };
  std::vector<Backward> backward;
  for (size_t r = 0; r < ref_phrases.size(); ++r) {
    const size_t first = out.size();
    for (size_t t = 0; t < test.phrases.size(); ++t) {
      const auto listed = paraphrases_->Find(pairs[r * test.phrases.size() + t]);
      if (listed.forward) add(test.phrases[t], ref_phrases[r]);
      if (listed.backward) backward.push_back({&test.phrases[t], &ref_phrases[r]});
    }
    if (out.size() - first < 2) continue;
    std::sort(out.begin() + static_cast<int64_t>(first),
              out.end(),
              [&](const MeteorMatch& a, const MeteorMatch& b) {
                return std::pair(test.Text(a.test, a.test_length), a.test) <
                       std::pair(test.Text(b.test, b.test_length), b.test);
              });
  }
  std::sort(backward.begin(), backward.end(), [](const Backward& a, const Backward& b) {
    return std::pair(a.test, a.ref) < std::pair(b.test, b.ref);
  });
  for (const Backward& pair : backward) add(*pair.test, *pair.ref);
}

MeteorStats Meteor::Align(const Line& test_line, const Line& ref_line) const {
  const std::vector<const Word*>&test = test_line.words, &ref = ref_line.words;
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
    add(MeteorStats::kExact, [](const Word& a, const Word& b) { return a.key == b.key; });
    add(MeteorStats::kStem,
        [](const Word& a, const Word& b) { return a.key != b.key && a.stem_key == b.stem_key; });
    add(MeteorStats::kSynonym, [](const Word& a, const Word& b) {
      return a.key != b.key && Intersect(a.synsets, b.synsets);
    });
    AddParaphrases(test_line, ref_line, r, candidates);
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
