#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/result.h"

namespace spatium {

// The named members of a zip (a jar), whole. Errors: kNotFound for one that is missing, kParse,
// kBadValue above 256 MiB.
Result<std::map<std::string, std::string>> ReadZipMembers(const Path& zip,
                                                          const std::vector<std::string>& names);

// Calls fn for each line of a gzip file until it returns false; holds one block at a time.
Result<void> ForEachGzipLine(const Path& path, const std::function<bool(std::string_view)>& fn);

}  // namespace spatium
