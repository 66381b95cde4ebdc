#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "spatium/base/files.h"
#include "spatium/base/result.h"

namespace spatium {

// A JSONL file whose name ends in its number of lines, FOLDER/STEM_N.jsonl: it is written beside
// its place and appears whole. Without any line no file appears.
class CountedLineFile {
 public:
  CountedLineFile(Path folder, std::string stem);
  ~CountedLineFile();  // without Commit nothing stays
  CountedLineFile(const CountedLineFile&) = delete;
  CountedLineFile& operator=(const CountedLineFile&) = delete;

  // `lines` ends with a newline and holds `count` of them. Errors: kDiskFull, kIo.
  Result<void> Append(std::string_view lines, uint64_t count);
  // The file's path; empty if there were no lines.
  Result<Path> Commit();

 private:
  Result<void> Flush();
  Path folder_, temporary_;
  std::string stem_, buffer_;
  uint64_t count_ = 0;
  int fd_ = -1;
};

}  // namespace spatium
