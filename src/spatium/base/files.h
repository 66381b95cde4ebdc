#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/result.h"

namespace spatium {

using Path = std::filesystem::path;

// The whole file. Errors: kNotFound, kIo (a folder, no permission), kBadValue above `max_bytes`.
Result<std::string> ReadFile(const Path& path, uint64_t max_bytes = uint64_t{1} << 36);

// Writes beside `path`, flushes to the disk, then renames over it: a reader sees the old bytes or
// the new, never a part. Parent folders are made. Errors: kDiskFull, kIo; nothing is left behind.
Result<void> WriteFileAtomic(const Path& path, std::string_view bytes);
// Writes in place, without a temporary or a flush: for files inside an AtomicFolder, which appears
// as a whole. Errors: kDiskFull, kIo; a part may be left behind.
Result<void> WriteFileDirect(const Path& path, std::string_view bytes);
inline std::string_view AsText(std::span<const uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline std::span<const uint8_t> AsBytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

Result<void> MakeFolder(const Path& path);
// Whether a name that a file gives stays below the folder it is meant in: neither empty nor
// absolute, and without "..".
bool StaysInside(const Path& name);

// Names (not paths) in a folder, sorted so that runs of digits compare as numbers ("f9" < "f10").
Result<std::vector<std::string>> ListFolder(const Path& path);
bool NaturalLess(std::string_view a, std::string_view b);

// A folder that appears whole or not at all: fill `path()`, then Commit renames it to its target.
// Destroyed without Commit it removes what was written. A target left by an earlier run is
// replaced, in one step where the file system can exchange names. What killed processes left beside
// the target is removed by the next Create.
class AtomicFolder {
 public:
  static Result<AtomicFolder> Create(const Path& target);
  AtomicFolder(AtomicFolder&& other) noexcept;
  AtomicFolder& operator=(AtomicFolder&&) = delete;
  ~AtomicFolder();
  const Path& path() const { return path_; }
  Result<void> Commit();

 private:
  AtomicFolder(Path path, Path target) : path_(std::move(path)), target_(std::move(target)) {}
  Path path_, target_;
};

// Calls fn(line_number from 1, line without its newline) for each line until fn returns an error.
// `path` "-" is standard input. An unterminated last line counts as a line.
Result<void> ForEachLine(const Path& path,
                         const std::function<Result<void>(int64_t, std::string_view)>& fn);

}  // namespace spatium
