// Parquet through the plug-in: all rows, then some cells again as pictures are read.
#include "fuzz_file.h"
#include "spatium/base/files.h"
#include "spatium/dataset/cell_reader.h"
#include "spatium/dataset/parquet.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium;
  const Path file = FuzzFile(AsText({data, size}), ".parquet");
  auto table = OpenParquet(file);
  if (!table) return 0;
  constexpr int kMostRows = 4096;  // a column of one repeated value has as many as it likes
  std::string column = "image";
  for (int n = 0; n < kMostRows; ++n) {
    const auto row = (*table)->Next();
    if (!row || !*row) break;
    (void)(*row)->Dump();
    column = (*row)->AsObject()[0].first;
  }
  CellReader cells;
  for (const int64_t row : {0, 2, 1})
    for (const size_t index : {size_t{0}, size_t{1}})
      (void)cells.Read({.file = file, .row = row, .column = column, .index = index});
  return 0;
}
