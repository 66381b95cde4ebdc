#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/benchmarks/evaluate.h"
#include "spatium/report/thumbnails.h"

namespace spatium {

// Another run of the same benchmark, to be shown beside this one: a blind model, another model.
struct OtherRun {
  std::string label;
  Json report;  // its report.json
};

// What the page of one run shows.
struct RunView {
  std::string_view benchmark;
  const BenchmarkInfo& info;
  std::span<const Item> items;
  std::span<const ItemReply> replies;      // index by index with items
  std::span<const ProfileResult> results;  // the first profile is the one whose prompt was sent
  const Json& report;                      // ReportJson of them
  std::string model;                       // what answered; empty: not known
  std::vector<OtherRun> others;
};
struct RunPageOptions {
  ThumbnailOptions pictures;
  // Of more items the page shows those that failed or could not be parsed and an even choice of the
  // rest; items.jsonl has all of them.
  size_t max_samples = 20'000;
  // Prompts, replies and gold answers together; longer ones are cut, and say so.
  size_t text_budget_bytes = size_t{64} << 20;
};

// A self-contained page: outcomes, scores with intervals beside published rows, chance and other
// runs, each grouping, and every sample with its pictures, prompt, reply, parsed answer and gold
// answer, to be filtered by task, outcome and text. A reply is data everywhere, never markup.
std::string RunPage(const RunView& run, const RunPageOptions& options);

}  // namespace spatium
