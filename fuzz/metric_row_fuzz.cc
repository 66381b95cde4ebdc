// Rows of a golden file, of any shape: the value of each is JSON that equals itself.
#include "fuzz_file.h"
#include "spatium/base/files.h"
#include "spatium/base/text.h"
#include "spatium/metrics/golden.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium;
  static const MaskSet masks =
      *MaskSet::Read(FuzzFileAt(R"({"m":{"w":16,"h":16,"rects":[[2,2,9,9,255]]}})", "masks.json"));
  for (const std::string_view line : Split(AsText({data, size}), '\n')) {
    const auto row = Json::Parse(line, "row");
    if (!row) continue;
    const RowValue value = EvaluateRow(*row, &masks);
    if (!value.supported) continue;
    const auto again = Json::Parse(value.value.Dump(), "again");
    if (!again || !GoldenEqual("/aggregate", *again, value.value)) __builtin_trap();
  }
  return 0;
}
