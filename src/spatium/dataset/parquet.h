#pragma once
#include <memory>

#include "spatium/dataset/table.h"

namespace spatium {

// A Parquet file, through the plug-in libspatium_parquet.so, which is opened when first needed.
// Errors: kUnsupported with how to get the plug-in, kNotFound, kParse.
Result<std::unique_ptr<TableReader>> OpenParquet(const Path& file);

// Whether the plug-in is there, for `spatium doctor`.
bool HasParquetPlugin();

// What the plug-in's one entry point, spatium_parquet_plugin(), returns. No exception crosses it.
struct ParquetPlugin {
  int version;  // kParquetPluginVersion of the library that it was built for
  Result<std::unique_ptr<TableReader>> (*open)(const Path& file);
};
inline constexpr int kParquetPluginVersion = 1;

}  // namespace spatium
