// The Treebank tokeniser, METEOR's normaliser and the caption metrics: two captions, split at the
// first newline.
#include <cstdlib>

#include "spatium/base/files.h"
#include "spatium/metrics/caption_metrics.h"
#include "spatium/metrics/meteor.h"
#include "spatium/metrics/ptb.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium;
  const std::string text(AsText({data, size}));
  const size_t newline = text.find('\n');
  const std::string a = text.substr(0, newline);
  const std::string b = newline == text.npos ? a : text.substr(newline + 1);
  (void)PtbTokenize(a);
  const std::vector<CaptionItem> items = {{a, {b}}, {b, {a, b}}};
  const CaptionCounts counts(items);
  (void)Bleu(counts);
  (void)RougeL(items);
  (void)Cider(counts);
  Meteor meteor(MeteorTables::Default());
  const double score = meteor.Segment(a, {&b, 1}).Score();
  if (!(score >= 0 && score <= 1 + 1e-9)) std::abort();
  return 0;
}
