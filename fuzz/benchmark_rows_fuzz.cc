// Every benchmark's loader on a table of one's own making, then its prompts, scores and aggregates.
// The first line names the benchmark, the rest is JSON Lines.
#include <unistd.h>

#include <algorithm>

#include "spatium/base/files.h"
#include "spatium/base/text.h"
#include "spatium/benchmarks/evaluate.h"
#include "spatium/benchmarks/predictions.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium;
  const std::string_view text = AsText({data, size});
  const size_t line = std::min(text.find('\n'), text.size());
  const auto entry = FindBenchmark(text.substr(0, line));
  if (!entry) return 0;
  const BenchmarkInfo& info = (*entry)->info();
  static const Path folder = std::filesystem::temp_directory_path() /
                             StrCat("spatium-rows-", static_cast<int64_t>(::getpid()));
  const Path table = folder / "test.jsonl";
  if (!MakeFolder(folder) || !WriteFileDirect(table, text.substr(std::min(line + 1, text.size()))))
    return 0;
  const auto items = LoadItems(info, table, {}, 0);
  std::filesystem::remove_all(folder);
  if (!items) return 0;
  std::vector<ItemReply> replies;
  for (const Item& item : *items) {
    replies.push_back({item.answer});
    for (const Profile profile : info.profiles) (void)info.prompt(item, profile);
    if (info.oracle != nullptr) (void)info.oracle(item);
    if (info.choices != nullptr) (void)info.choices(item);
  }
  for (const ProfileResult& result : Evaluate(info, *items, replies, info.profiles, 1))
    for (const ItemScore& score : result.items)
      if (!(score.score >= 0 && score.score <= 1)) __builtin_trap();
  return 0;
}
