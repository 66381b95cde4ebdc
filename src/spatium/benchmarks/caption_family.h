#pragma once
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "spatium/benchmarks/benchmark.h"
#include "spatium/metrics/caption_metrics.h"

namespace spatium {

// Caption metrics of one corpus, for benchmarks whose answers are sentences.

// A longer reply is cut there, so that the metrics cost what a caption costs.
inline constexpr size_t kLongestCaptionBytes = size_t{1} << 13;
std::string CutCaption(std::string_view reply);

struct CaptionScores {
  // "CIDEr", "BLEU-1" to "BLEU-4", "METEOR", "ROUGE-L", times 100 as papers print them.
  std::vector<std::pair<std::string, Score>> metrics;
  std::vector<double> cider, rouge;  // of each item, not times 100
  std::string meteor_note;           // where METEOR's word tables are from
};
// Of several corpora at once, so that METEOR's tables are read once. Texts are already tokenised:
// words between blanks. METEOR without paraphrases unless the jar's table is there. CIDEr is left
// out if no reference has a word.
std::vector<CaptionScores> ScoreCaptions(std::span<const std::vector<CaptionItem>> corpora,
                                         unsigned threads);

}  // namespace spatium
