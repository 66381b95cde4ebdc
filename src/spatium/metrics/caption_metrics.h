#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spatium/metrics/ngrams.h"

namespace spatium {

// Caption metrics of coco-caption, as Video-3D-LLM, LEO and others ship them. Texts are UTF-8 and
// already tokenised: words are separated by white space. Sums run in the order of the originals.
struct CaptionItem {
  std::string prediction;
  std::vector<std::string> references;  // at least one
};

// The n-grams of a corpus, counted once for BLEU and CIDEr.
class CaptionCounts {
 public:
  explicit CaptionCounts(std::span<const CaptionItem> items);
  struct Item {
    NgramTable::Counts prediction;
    std::vector<NgramTable::Counts> references;
  };
  std::span<const Item> items() const { return items_; }
  size_t num_ngrams() const { return table_.size(); }

 private:
  NgramTable table_;
  std::vector<Item> items_;
};

struct BleuScores {
  std::array<double, 4> corpus = {};  // BLEU-1..4
  std::vector<std::array<double, 4>> items;
};
// Corpus counts with the closest reference length; 1e-15 and 1e-9 keep ratios finite.
BleuScores Bleu(const CaptionCounts& counts);

struct MeanAndItems {
  double mean = 0;
  std::vector<double> items;
};
// beta 1.2; tokens by single spaces, so that two in a row make an empty one; the best precision and
// the best recall over references are taken apart. Of a text the first kMaxRougeTokens count: the
// original takes minutes for that many.
inline constexpr size_t kMaxRougeTokens = 20'000;
MeanAndItems RougeL(std::span<const CaptionItem> items);

// n = 1..4, document frequencies of the reference sets, clipped, sigma 6, times ten.
// none if no reference has a word (Python: ValueError).
std::optional<MeanAndItems> Cider(const CaptionCounts& counts);

}  // namespace spatium
