// Tables and archives as a data set ships them: the first byte picks the kind of file.
#include "fuzz_file.h"
#include "spatium/base/files.h"
#include "spatium/dataset/archive.h"
#include "spatium/dataset/table.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium;
  if (size == 0) return 0;
  const std::string_view bytes = AsText({data, size}).substr(1);
  switch (data[0] % 5) {
    case 0:
    case 1:
    case 2:
    case 3: {
      static constexpr const char* kEndings[] = {".csv", ".tsv", ".json", ".jsonl"};
      auto table = OpenTable(FuzzFile(bytes, kEndings[data[0] % 5]));
      if (table) (void)ForEachRow(**table, [](const Json&) { return Result<void>(); });
      break;
    }
    default: {
      constexpr uint64_t kMost = 1 << 20;
      const auto archive = Archive::Open(FuzzFile(bytes, ".zip"));
      if (!archive) break;
      const auto members = (*archive)->Members();
      if (members)
        for (const std::string& member : *members) (void)(*archive)->Read(member, kMost);
      (void)(*archive)->Read("none", kMost);
    }
  }
  return 0;
}
