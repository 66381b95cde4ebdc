#pragma once
#include <functional>
#include <memory>
#include <optional>

#include "spatium/base/files.h"
#include "spatium/base/json.h"
#include "spatium/base/result.h"

namespace spatium {

// A JSON Lines file that grows one record at a time and survives `kill -9`. Each line ends in a
// checksum, as the last field "crc" (XXH3 of the line without it). Opening it reads back the whole
// records, drops a torn tail, and continues after the last good line.
class Journal {
 public:
  // fn sees every good record in order, without its "crc". Errors: kParse if a damaged line is
  // followed by good ones (not a torn tail: something else wrote to the file), and for a file of
  // lines none of which is a record; kIo if another process has it open.
  static Result<Journal> Open(const Path& path, const std::function<Result<void>(const Json&)>& fn);
  // For processes that share the work: each appends to a file of its own (x.jsonl, or x-2.jsonl,
  // x-3.jsonl, ... while others are being written) and reads the records of all of them first.
  static Result<Journal> OpenShared(const Path& path,
                                    const std::function<Result<void>(const Json&)>& fn);
  // Only reads; a torn tail is left alone.
  static Result<void> Read(const Path& path, const std::function<Result<void>(const Json&)>& fn);
  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;
  ~Journal();

  // Appends one record (an object) and, if `sync`, waits for the disk. Thread-safe.
  // Errors: kDiskFull, kIo.
  Result<void> Append(const Json& record, bool sync = false);

 private:
  struct State;
  explicit Journal(std::unique_ptr<State> state);
  // Nothing if another process has the file open.
  static Result<std::optional<Journal>> OpenIfFree(
      const Path& path, const std::function<Result<void>(const Json&)>& fn);
  std::unique_ptr<State> state_;
};

}  // namespace spatium
