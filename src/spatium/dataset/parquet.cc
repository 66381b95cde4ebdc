#include "spatium/dataset/parquet.h"

#include "spatium/base/plugin.h"

namespace spatium {
namespace {

constexpr PluginName kPlugin = {.library = "libspatium_parquet.so",
                                .entry = "spatium_parquet_plugin",
                                .how_to_get = "pip install pyarrow, then build again"};

}  // namespace

bool HasParquetPlugin() {
  return static_cast<bool>(OpenPlugin<ParquetPlugin>(kPlugin, kParquetPluginVersion));
}

Result<std::unique_ptr<TableReader>> OpenParquet(const Path& file, const ParquetPart& part) {
  SPATIUM_TRY(const ParquetPlugin* plugin,
              OpenPlugin<ParquetPlugin>(kPlugin, kParquetPluginVersion));
  return plugin->open(file, part);
}

}  // namespace spatium
