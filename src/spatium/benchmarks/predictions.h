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
};

// Reads a prediction file in one of the formats of `bench score --format`:
//   spatium    JSONL {"id","prediction","answer"?,"task"?,"options"?,"meta"?}; prediction null:
//   failed lmms-eval  samples JSONL: doc_id, doc, target, filtered_resps, resps; its mark of a
//   failed
//              request is a failed call here, never an answer
//   spazer     the result JSON of SPAZER's runs
//   tab        the result JSON of TAB-Agent
//   blink      BLINK's saved outputs {"val":[{"idx","answer","full_prediction"}]}, or its saved
//              predictions {"val_Jigsaw_1":"(A)"}, which need `data` for the answers
// Items carry what the file says; `data` items (matched by id, by "task/id", or by their question)
// replace them where given, and keep fields of a row's "meta" that they lack.
// Errors: kParse, kBadValue with file and line; kNotFound for an id that `data` does not have.
Result<Predictions> ReadPredictions(const Path& file,
                                    std::string_view format,
                                    const std::vector<Item>* data,
                                    unsigned threads);

// Loads all items of a benchmark; `tasks` empty: all; `limit` 0: all.
Result<std::vector<Item>> LoadItems(const BenchmarkInfo& info,
                                    const Path& data,
                                    const std::vector<std::string>& tasks,
                                    size_t limit);

}  // namespace spatium
