#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spatium/benchmarks/evaluate.h"
#include "spatium/report/run_page.h"

namespace spatium {

// The results of one benchmark, ready to be written.
struct BenchReport {
  std::string name;
  const BenchmarkInfo& info;
  std::span<const Item> items;
  std::span<const ItemReply> replies;
  std::span<const ProfileResult> results;
  std::string model = {};              // what answered; empty: not known
  std::optional<Json> judge = {};      // report.json's "judge", where the benchmark has one
  std::optional<size_t> missing = {};  // its "missing": items of the data without a prediction
  Json blind = {};                     // BaselineEntry of the same model without media; null: none
  std::vector<OtherRun> beside = {};   // shown in the page
  size_t pictures = 20'000;            // in the page, at most
  unsigned threads = 0;
};

// ReportJson with the items missing, the judge, the random, frequency and blind baselines on the
// same items ("baselines") and the scores of other runs ("beside": [{"label","profile","score",
// "interval95"}]).
Json BenchReportJson(const BenchReport& report);

// Writes report.json, report.md, report.html and items.jsonl into `folder`; returns
// BenchReportJson, the content of report.json.
Result<Json> WriteBenchReport(const BenchReport& report, const Path& folder);

// The report of each of `folders`, results of `bench run` (OUT with a folder `name`, or OUT/NAME).
// Errors: kNotFound, kParse; kBadValue for another benchmark's.
Result<std::vector<OtherRun>> ReadOtherRuns(const std::vector<Path>& folders,
                                            const std::string& name);

}  // namespace spatium
