#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/result.h"

namespace spatium {

// Members of a .zip, .tar or .tar.gz; an archive cut into parts (x.tar.gz.part_aa, ...;
// x-00.tar.gz, x-01.tar.gz, ... as byte splits) is opened by its first part. Members are read in
// any order, but cheaply in the order they are stored: the reader continues where it is and wraps
// around once. Thread-safe.
class Archive {
 public:
  static Result<std::shared_ptr<Archive>> Open(const Path& path);
  ~Archive();
  // Errors: kNotFound for no such member, kParse for damaged data, kBadValue above `max_bytes`.
  Result<std::string> Read(std::string_view member, uint64_t max_bytes = uint64_t{1} << 32);
  Result<std::vector<std::string>> Members();

 private:
  struct State;
  explicit Archive(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The parts of a cut archive, in order; one path if it is whole.
Result<std::vector<Path>> ArchiveParts(const Path& first);

}  // namespace spatium
