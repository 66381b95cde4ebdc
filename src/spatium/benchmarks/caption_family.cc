#include "spatium/benchmarks/caption_family.h"

#include "spatium/base/text.h"
#include "spatium/metrics/meteor.h"

namespace spatium {

std::string CutCaption(std::string_view reply) {
  size_t end = std::min(reply.size(), kLongestCaptionBytes);
  // Not within a UTF-8 sequence.
  while (end > 0 && end < reply.size() && (static_cast<unsigned char>(reply[end]) & 0xC0) == 0x80)
    --end;
  return std::string(reply.substr(0, end));
}

CaptionScores ScoreCaptions(std::span<const CaptionItem> items, unsigned threads) {
  CaptionScores out;
  const size_t n = items.size();
  if (n == 0) return out;
  const auto add = [&](std::string name, double value) {
    out.metrics.emplace_back(std::move(name), Score{100 * value, n});
  };
  if (const auto cider = Cider(items)) {
    add("CIDEr", cider->mean);
    out.cider = cider->items;
  } else {
    out.cider.assign(n, 0);
  }
  const BleuScores bleu = Bleu(items);
  for (size_t k = 0; k < 4; ++k) add(StrCat("BLEU-", k + 1), bleu.corpus[k]);
  std::vector<MeteorItem> lines;
  for (const CaptionItem& item : items)
    lines.push_back(MeteorLine(ReplaceAll(item.prediction, "\n", " "), item.references));
  if (const auto meteor = ScoreMeteor(lines, true, threads)) {
    add("METEOR", meteor->corpus);
    out.meteor_note = "METEOR's word tables: " + meteor->source;
  } else {
    out.meteor_note = "METEOR is left out: " + meteor.error().Message();
  }
  MeanAndItems rouge = RougeL(items);
  add("ROUGE-L", rouge.mean);
  out.rouge = std::move(rouge.items);
  return out;
}

}  // namespace spatium
