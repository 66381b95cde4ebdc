#pragma once
#include <functional>
#include <memory>
#include <string>

#include "spatium/base/files.h"
#include "spatium/base/json.h"
#include "spatium/base/result.h"
#include "spatium/base/work_claim.h"

namespace spatium {

// A JSON Lines file that grows one record at a time and survives `kill -9`. Each line ends in a
// checksum, as the last field "crc" (XXH3 of the line without it). Opening it reads back the whole
// records, drops a torn tail, and continues after the last good line.
class Journal {
 public:
  // fn sees every good record in order, without its "crc". The file is claimed as a whole
  // (WorkClaim). Errors: kParse if a damaged line is followed by good ones (not a torn tail:
  // something else wrote to the file), and for a file of lines none of which is a record; kIo if
  // another process has it open.
  static Result<Journal> Open(const Path& path, const std::function<Result<void>(const Json&)>& fn);
  // A journal in a folder that processes may share, each with a claim of its own, which outlives
  // it: each appends to a file of its own (name.jsonl, or name-2.jsonl, name-3.jsonl, ... by its
  // slot) and reads the records of all of them first.
  static Result<Journal> OpenIn(const WorkClaim& folder,
                                const std::string& name,
                                const std::function<Result<void>(const Json&)>& fn);
  // Only reads; a torn tail is left alone.
  static Result<void> Read(const Path& path, const std::function<Result<void>(const Json&)>& fn);
  // The same of all files that OpenIn made of `name` in a folder; none if there is none.
  static Result<void> ReadIn(const Path& folder,
                             const std::string& name,
                             const std::function<Result<void>(const Json&)>& fn);
  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;
  ~Journal();

  // Appends one record (an object) and, if `sync`, waits for the disk. Thread-safe.
  // Errors: kDiskFull, kIo; the file is then as it was before.
  Result<void> Append(const Json& record, bool sync = false);

 private:
  struct State;
  explicit Journal(std::unique_ptr<State> state);
  static Result<Journal> OpenClaimed(const Path& path,
                                     const std::function<Result<void>(const Json&)>& fn);
  std::unique_ptr<State> state_;
};

}  // namespace spatium
