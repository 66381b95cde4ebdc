#include "spatium/benchmarks/caption_family.h"

#include <unordered_map>

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

namespace {

void AddMetric(std::string name, double value, size_t n, CaptionScores& out) {
  out.metrics.emplace_back(std::move(name), Score{100 * value, n});
}

CaptionScores NgramScores(std::span<const CaptionItem> items) {
  CaptionScores out;
  const size_t n = items.size();
  const CaptionCounts counts(items);
  if (const auto cider = Cider(counts)) {
    AddMetric("CIDEr", cider->mean, n, out);
    out.cider = cider->items;
  } else {
    out.cider.assign(n, 0);
  }
  const BleuScores bleu = Bleu(counts);
  for (size_t k = 0; k < 4; ++k) AddMetric(StrCat("BLEU-", k + 1), bleu.corpus[k], n, out);
  MeanAndItems rouge = RougeL(items);
  AddMetric("ROUGE-L", rouge.mean, n, out);
  out.rouge = std::move(rouge.items);
  return out;
}

}  // namespace

std::vector<CaptionScores> ScoreCaptions(std::span<const std::vector<CaptionItem>> corpora,
                                         unsigned threads) {
  // A caption that stands in several corpora with the same references is aligned once.
  std::vector<MeteorItem> lines;
  std::vector<size_t> line_of;
  std::unordered_map<std::string, size_t> known;
  for (const auto& corpus : corpora)
    for (const CaptionItem& item : corpus) {
      const std::string key = StrCat(item.prediction, "\x1f", Join(item.references, "\x1f"));
      const auto [it, added] = known.emplace(key, lines.size());
      if (added)
        lines.push_back(MeteorLine(ReplaceAll(item.prediction, "\n", " "), item.references));
      line_of.push_back(it->second);
    }
  std::vector<CaptionScores> all(corpora.size());
  if (lines.empty()) return all;
  const auto meteor = ScoreMeteor(lines, true, threads);
  size_t next = 0;
  for (size_t c = 0; c < corpora.size(); ++c) {
    const std::vector<CaptionItem>& corpus = corpora[c];
    CaptionScores& out = all[c];
    if (corpus.empty()) continue;
    out = NgramScores(corpus);
    if (!meteor) {
      out.meteor_note = "METEOR is left out: " + meteor.error().Message();
      continue;
    }
    // A corpus' statistics are the sums of its segments', as the jar that papers run adds them.
    MeteorStats sum;
    for (size_t i = 0; i < corpus.size(); ++i) {
      sum.AddAsReleased(meteor->items[line_of[next++]]);
    }
    AddMetric("METEOR", sum.Score(), corpus.size(), out);
    out.meteor_note = "METEOR's word tables: " + meteor->source;
  }
  return all;
}

}  // namespace spatium
