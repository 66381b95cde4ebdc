#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace spatium {

// Caption metrics of coco-caption, as Video-3D-LLM, LEO and others ship them. Texts are UTF-8 and
// already tokenised: words are separated by white space. Sums run in the order of the originals.
struct CaptionItem {
  std::string prediction;
  std::vector<std::string> references;  // at least one
};

struct BleuScores {
  std::array<double, 4> corpus = {};  // BLEU-1..4
  std::vector<std::array<double, 4>> items;
};
// Corpus counts with the closest reference length; 1e-15 and 1e-9 keep ratios finite.
BleuScores Bleu(std::span<const CaptionItem> items);

struct MeanAndItems {
  double mean = 0;
  std::vector<double> items;
};
// beta 1.2; tokens by single spaces, so that two in a row make an empty one; the best precision and
// the best recall over references are taken apart.
MeanAndItems RougeL(std::span<const CaptionItem> items);

// n = 1..4, document frequencies of the reference sets, clipped, sigma 6, times ten.
// none if no reference has a word (Python: ValueError).
std::optional<MeanAndItems> Cider(std::span<const CaptionItem> items);

}  // namespace spatium
