#pragma once
#include <string_view>
#include <vector>

#include "spatium/benchmarks/benchmark.h"
#include "spatium/benchmarks/evaluate.h"

namespace spatium {

// Items with their replies, as a prediction file gives them.
struct Predictions {
  std::vector<Item> items;
  std::vector<ItemReply> replies;
  size_t missing = 0;  // items of the data set that no row is about
};

// Reads a prediction file in one of the formats of `bench score --format`:
//   spatium    {"id","prediction","answer"?,"task"?,"options"?,"meta"?}; prediction null: failed
//   lmms-eval  samples: doc_id, target, filtered_resps, resps, and the document, either as "doc" or
//              as what a metric kept of it; its mark of a failed request is a failed call here
//   spazer     the result JSON of SPAZER's runs
//   tab        the result JSON of TAB-Agent
//   blink      BLINK's saved outputs {"val":[{"idx","answer","full_prediction"}]}, or its saved
//              predictions {"val_Jigsaw_1":"(A)"}, which need `data` for the answers
// The file is JSON Lines or one JSON array. Items carry what the file says; `data` items replace
// them where given, matched by id, "task/id", question, or for lmms-eval by doc_id, the place in
// the data set; they keep fields of a row's "meta" that they lack. Errors: kParse, kBadValue,
// kNotFound (a field) with file and line; kNotFound for an id that `data` does not have; kBadValue
// for a file without rows, and for two rows about one item.
Result<Predictions> ReadPredictions(const Path& file,
                                    std::string_view format,
                                    const std::vector<Item>* data,
                                    unsigned threads);

// Loads all items of a benchmark; `tasks` empty: all; `limit` 0: all. Errors: the loader's;
// kNotFound for a task that no item has (where all were read) and for no items.
Result<std::vector<Item>> LoadItems(const BenchmarkInfo& info,
                                    const Path& data,
                                    const std::vector<std::string>& tasks,
                                    size_t limit);

}  // namespace spatium
