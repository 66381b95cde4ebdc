#include "spatium/commands/bench_report.h"

#include "spatium/base/text.h"
#include "spatium/benchmarks/baseline_scores.h"
#include "spatium/benchmarks/report_text.h"

namespace spatium {

namespace {

// Other runs under the rule that comes first here.
Json Beside(const BenchReport& report) {
  const std::string_view profile = Name(report.results[0].profile);
  Json rows = Json::MakeArray();
  for (const OtherRun& other : report.beside) {
    const Json* profiles = other.report.Find("profiles");
    const Json* result = profiles != nullptr ? profiles->Find(profile) : nullptr;
    if (result == nullptr) continue;
    Json row = Json::MakeObject({{"label", other.label}, {"profile", profile}});
    for (const std::string_view key : {"score", "interval95"})
      if (const Json* value = result->Find(key)) row.Set(key, *value);
    rows.Push(std::move(row));
  }
  return rows;
}

}  // namespace

Json BenchReportJson(const BenchReport& report) {
  Json json = ReportJson(report.name, report.info, report.results);
  if (report.missing) json.Set("missing", *report.missing);
  if (report.judge) json.Set("judge", *report.judge);
  Json baselines =
      BaselineScores(report.info, report.items, report.results[0].profile, report.threads);
  if (!report.blind.IsNull()) {
    if (baselines.IsNull()) baselines = Json::MakeObject({});
    baselines.Set("blind", report.blind);
  }
  if (!baselines.IsNull()) json.Set("baselines", std::move(baselines));
  if (!report.beside.empty()) json.Set("beside", Beside(report));
  return json;
}

Result<Json> WriteBenchReport(const BenchReport& report, const Path& folder) {
  const Json json = BenchReportJson(report);
  RunPageOptions page;
  page.pictures.max_pictures = report.pictures;
  page.pictures.threads = report.threads;
  const RunView view{.benchmark = report.name,
                     .info = report.info,
                     .items = report.items,
                     .replies = report.replies,
                     .results = report.results,
                     .report = json,
                     .model = report.model,
                     .others = report.beside};
  SPATIUM_TRY_DO(
      WriteFileAtomic(folder / "items.jsonl", PerItemJsonl(report.items, report.results)));
  SPATIUM_TRY_DO(WriteFileAtomic(folder / "report.md", ReportMarkdown(json)));
  SPATIUM_TRY_DO(WriteFileAtomic(folder / "report.html", RunPage(view, page)));
  SPATIUM_TRY_DO(WriteFileAtomic(folder / "report.json", json.DumpPretty() + "\n"));
  return json;
}

Result<std::vector<OtherRun>> ReadOtherRuns(const std::vector<Path>& folders,
                                            const std::string& name) {
  std::vector<OtherRun> runs;
  for (const Path& folder : folders) {
    const bool inner = std::filesystem::exists(folder / name / "report.json");
    const Path place = inner ? folder / name : folder;
    OtherRun run;
    const Path file = place / "report.json";
    SPATIUM_TRY(run.report, ReadJsonFile(file));
    const Json* benchmark = run.report.Find("benchmark");
    if (benchmark == nullptr || *benchmark != Json(name))
      return Error{ErrorCode::kBadValue,
                   file.string(),
                   "results of " + name,
                   benchmark == nullptr ? "no benchmark's" : benchmark->Dump()};
    run.label = folder.string();
    if (std::filesystem::exists(place / "run.json")) {
      SPATIUM_TRY(const Json record, ReadJsonFile(place / "run.json"));
      if (const Json* model = record.Find("model"); model != nullptr && model->IsString())
        run.label = model->AsString();
    }
    runs.push_back(std::move(run));
  }
  return runs;
}

}  // namespace spatium
