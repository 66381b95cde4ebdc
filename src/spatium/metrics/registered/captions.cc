#include "spatium/base/parallel.h"
#include "spatium/base/text.h"
#include "spatium/metrics/caption_metrics.h"
#include "spatium/metrics/meteor.h"
#include "spatium/metrics/metric.h"
#include "spatium/metrics/ptb.h"

namespace spatium {
namespace {

Result<std::string> Utf8(const MetricRow& row, const Json& value) {
  if (!value.IsString()) return row.Expected("pred", "strings");
  return value.AsString();
}

Result<std::vector<CaptionItem>> Items(const MetricRow& row) {
  const Json &pred = row.pred(), &gt = row.gt();
  if (!pred.IsArray() || !gt.IsArray() || pred.AsArray().size() != gt.AsArray().size()) {
    return row.Expected("gt", "references for each prediction");
  }
  std::vector<CaptionItem> out;
  for (size_t i = 0; i < pred.AsArray().size(); ++i) {
    CaptionItem& item = out.emplace_back();
    SPATIUM_TRY(item.prediction, Utf8(row, pred.AsArray()[i]));
    const Json& references = gt.AsArray()[i];
    if (!references.IsArray() || references.AsArray().empty()) {
      return row.Expected("gt", "references for each prediction");
    }
    for (const Json& reference : references.AsArray()) {
      SPATIUM_TRY(std::string text, Utf8(row, reference));
      item.references.push_back(std::move(text));
    }
  }
  return out;
}

Result<Json> Captions(const MetricRow& row) {
  SPATIUM_TRY(const auto items, Items(row));
  std::optional<MeanAndItems> cider;
  BleuScores bleu;
  MeanAndItems rouge;
  ParallelFor(2, row.threads(), [&](size_t k) {
    if (k == 0) {
      const CaptionCounts counts(items);
      cider = Cider(counts);
      bleu = Bleu(counts);
    } else {
      rouge = RougeL(items);
    }
  });
  if (!cider) return PythonError("ValueError");
  std::vector<MeteorItem> lines;
  bool newline = false;
  for (const CaptionItem& item : items) {
    lines.push_back(MeteorLine(item.prediction, item.references));
    newline = newline || item.prediction.find('\n') != std::string::npos;
  }
  Json per_item = Json::MakeArray();
  for (size_t k = 0; k < 4; ++k) {
    std::vector<double> scores;
    for (const auto& item : bleu.items) scores.push_back(item[k]);
    per_item.Push(Json(scores));
  }
  Json out = Json::MakeObject({});
  out.Set("BLEU", Json(std::vector<double>(bleu.corpus.begin(), bleu.corpus.end())));
  out.Set("BLEU_per_item", per_item);
  out.Set("CIDEr", cider->mean).Set("CIDEr_per_item", Json(cider->items));
  out.Set("ROUGE_L", rouge.mean).Set("ROUGE_L_per_item", Json(rouge.items));
  // A line break would end METEOR's input line: the official run has no METEOR for such a corpus.
  if (newline) return out.Set("METEOR_error", "newline breaks the METEOR line protocol");
  SPATIUM_TRY(const MeteorResult meteor, ScoreMeteor(lines, false, row.threads()));
  std::vector<double> scores;
  std::vector<std::string> stats;
  for (const MeteorStats& item : meteor.items) {
    scores.push_back(item.Score());
    stats.push_back(item.Line());
  }
  out.Set("METEOR_no_paraphrase", meteor.corpus);
  out.Set("METEOR_no_paraphrase_per_item", Json(scores));
  out.Set("METEOR_stats_per_item", Json(stats));
  return out;
}

template <bool kParaphrases, bool kStats>
Result<Json> MeteorTask(const MetricRow& row) {
  if (!row.pred().IsString()) return row.Expected("pred", "a string");
  SPATIUM_TRY(const auto gold, row.Texts("gt"));
  std::vector<std::string> references;
  bool newline = row.pred().AsString().find('\n') != std::string::npos;
  for (const py::Str& text : gold) {
    references.push_back(py::ToUtf8(text));
    newline = newline || py::Contains(text, U"\n");
  }
  if (newline) return PythonError("newline");
  const MeteorItem item = MeteorLine(row.pred().AsString(), references);
  SPATIUM_TRY(const MeteorResult result, ScoreMeteor({&item, 1}, kParaphrases, 1));
  Json out = Json::MakeObject({{"score", result.corpus}});
  if (kStats) out.Set("stats", result.items[0].Line());
  return out;
}

// One caption; the wrapper joins lines.
Result<Json> Ptb(const MetricRow& row) {
  if (!row.pred().IsString()) return row.Expected("pred", "a string");
  return Json(PtbTokenize(ReplaceAll(row.pred().AsString(), "\n", " ")));
}

constexpr MetricTask kTasks[] = {
    {"ptb_tokenize*", Ptb},
    {"captions/*", Captions},
    {"scan2cap/*", Captions},
    {"meteor_no_paraphrase", MeteorTask<false, true>},
    {"meteor_official_example", MeteorTask<false, false>},
    {"meteor_paraphrase", MeteorTask<true, true>},
};

}  // namespace

const MetricInfo& MetricInfo_captions() {
  static const MetricInfo info{.summary = "captions: BLEU, ROUGE-L, CIDEr, METEOR",
                               .tasks = kTasks};
  return info;
}

}  // namespace spatium
