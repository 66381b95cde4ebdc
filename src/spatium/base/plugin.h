#pragma once
#include <string_view>

#include "spatium/base/result.h"

namespace spatium {

// A part of Spatium with heavy dependencies, opened when first needed (dlopen, local symbols) from
// beside libspatium.so or from SPATIUM_PLUGINS. It has one C entry point that returns a table
// whose first field is `int version`.
struct PluginName {
  std::string_view library;     // "libspatium_parquet.so"
  std::string_view entry;       // "spatium_parquet_plugin"
  std::string_view how_to_get;  // for the error when it is absent
};

// The entry point's table, never closed again. Errors: kUnsupported (absent, or another version).
Result<const void*> OpenPluginTable(const PluginName& name, int version);

template <class Table>
Result<const Table*> OpenPlugin(const PluginName& name, int version) {
  SPATIUM_TRY(const void* table, OpenPluginTable(name, version));
  return static_cast<const Table*>(table);
}

}  // namespace spatium
