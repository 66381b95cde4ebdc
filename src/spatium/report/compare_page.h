#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spatium/benchmarks/compare.h"

namespace spatium {

// Two runs of one benchmark, item by item.
struct ComparedItem {
  std::string id, task;
  ItemScore a, b;
  std::optional<std::string> reply_a, reply_b;  // nothing: not known, or the call failed
};
struct ComparedRuns {
  std::string benchmark, profile;
  std::string label_a, label_b;               // their models
  std::vector<PairedDifference> differences;  // overall, then tasks
  std::vector<ComparedItem> items;            // those that both have
  size_t only_in_a = 0, only_in_b = 0;
};

// A self-contained page: for each benchmark the paired differences with intervals and p, overall
// and by task, and the items that one run got and the other did not, with both replies.
std::string ComparePage(std::span<const ComparedRuns> runs);

}  // namespace spatium
