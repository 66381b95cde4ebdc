#pragma once
#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "spatium/metrics/meteor_aligner.h"
#include "spatium/metrics/meteor_tables.h"
#include "spatium/metrics/paraphrases.h"

namespace spatium {

// METEOR 1.5 for English, task "rank", with `-norm`. Written from its papers (Denkowski and Lavie,
// "Meteor Universal", WMT 2014, and those it cites) and from its outputs, not from its source.

// The sums that scores are made of; those of a corpus are sums of its segments'.
struct MeteorStats {
  enum Module { kExact, kStem, kSynonym, kParaphrase, kNumModules };
  struct Side {
    double words = 0, function_words = 0;
    std::array<double, kNumModules> content_matches = {}, function_matches = {};
    double matched = 0;
  };
  Side test, reference;
  double chunks = 0;

  void Add(const MeteorStats& other);
  // As the released jar 1.5, which pycocoevalcap runs, sums a corpus: a segment that is matched
  // whole in one chunk brings no chunk. Its published source brings it, as Add does.
  void AddAsReleased(const MeteorStats& segment);
  bool MatchedWhole() const;  // in one chunk that covers both sides
  double Score() const;
  // The 23 numbers of METEOR's statistics line, "5.0 4.0 …".
  std::string Line() const;
};

class Meteor {
 public:
  explicit Meteor(const MeteorTables& tables, const Paraphrases* paraphrases = nullptr);
  ~Meteor();
  // The statistics of the best-scoring reference; texts are raw lines.
  MeteorStats Segment(std::string_view test, std::span<const std::string> references);

 private:
  struct Word;
  struct Phrase;
  struct Line;
  std::vector<Phrase> Phrases(const std::vector<const Word*>& words) const;
  const Word& WordOf(const py::Str& text);
  Line Read(std::string_view text);
  void AddParaphrases(const Line& test,
                      const Line& ref,
                      size_t ref_begin,
                      std::vector<MeteorMatch>& out) const;
  MeteorStats Align(const Line& test_line, const Line& ref_line) const;

  const MeteorTables& tables_;
  const Paraphrases* paraphrases_;
  std::unordered_map<std::string, std::unique_ptr<Word>> words_;
};

struct MeteorItem {
  std::string prediction;
  std::vector<std::string> references;
};
// As the usual Python wrapper hands a caption to METEOR: "|||" taken out of the prediction and
// double blanks collapsed once; a "|||" in a reference starts another one. A line break would end
// METEOR's input line: callers join lines first.
MeteorItem MeteorLine(std::string_view prediction, const std::vector<std::string>& references);
struct MeteorResult {
  double corpus = 0;
  std::vector<MeteorStats> items;
  std::string source;  // which word tables were used
};
// A corpus, on up to `threads` threads, the same bits for any number. With `paraphrases`, those
// beside the jar are used if they are there.
Result<MeteorResult> ScoreMeteor(std::span<const MeteorItem> items,
                                 bool paraphrases,
                                 unsigned threads);

}  // namespace spatium
