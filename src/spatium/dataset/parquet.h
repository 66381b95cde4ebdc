#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/dataset/table.h"

namespace spatium {

// Which part of a Parquet file is read.
struct ParquetPart {
  std::vector<std::string> columns = {};  // of the top level; empty: all
  int64_t first_row = 0;                  // row groups before it are not touched
  int64_t rows_at_once = 64;              // decoded together
};
// Rows carry their place as the field kCellPlace, {"file","row"}: a picture can then be read again
// when it is needed (CellReader) and need not stay in memory.
inline constexpr std::string_view kCellPlace = "_cell";

// A Parquet file, through the plug-in libspatium_parquet.so, which is opened when first needed.
// Errors: kUnsupported with how to get the plug-in, kNotFound, kParse.
Result<std::unique_ptr<TableReader>> OpenParquet(const Path& file, const ParquetPart& part = {});

// Whether the plug-in is there, for `spatium doctor`.
bool HasParquetPlugin();

// What the plug-in's one entry point, spatium_parquet_plugin(), returns. No exception crosses it.
struct ParquetPlugin {
  int version;  // kParquetPluginVersion of the library that it was built for
  Result<std::unique_ptr<TableReader>> (*open)(const Path& file, const ParquetPart& part);
};
inline constexpr int kParquetPluginVersion = 2;

}  // namespace spatium
