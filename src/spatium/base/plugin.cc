#include "spatium/base/plugin.h"

#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>

#include "spatium/base/text.h"

namespace spatium {
namespace {

std::filesystem::path PluginFolder() {
  if (const char* folder = std::getenv("SPATIUM_PLUGINS")) return folder;
  Dl_info info{};
  if (::dladdr(reinterpret_cast<const void*>(&PluginFolder), &info) == 0) return ".";
  return std::filesystem::path(info.dli_fname).parent_path();
}

}  // namespace

Result<const void*> OpenPluginTable(const PluginName& name, int version) {
  static std::mutex mutex;
  static std::map<std::string, const void*, std::less<>> opened;
  const std::scoped_lock lock(mutex);
  if (const auto it = opened.find(name.library); it != opened.end()) return it->second;
  const std::string path = PluginFolder() / name.library;
  void* handle = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    const char* reason = ::dlerror();
    return Error{ErrorCode::kUnsupported,
                 std::string(name.library),
                 StrCat("the plug-in (", name.how_to_get, ")"),
                 reason != nullptr ? reason : "none"};
  }
  using Entry = const void* (*)();
  const auto entry = reinterpret_cast<Entry>(::dlsym(handle, std::string(name.entry).c_str()));
  const void* table = entry != nullptr ? entry() : nullptr;
  const int found = table != nullptr ? *static_cast<const int*>(table) : -1;
  if (found != version)
    return Error{ErrorCode::kUnsupported,
                 path,
                 StrCat("plug-in version ", version),
                 StrCat("version ", found)};
  opened.emplace(name.library, table);
  return table;
}

}  // namespace spatium
