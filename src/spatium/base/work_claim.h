#pragma once
#include <cstddef>
#include <optional>
#include <string>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/base/shard.h"

namespace spatium {

// A process's claim on a place that jobs write to, so that no two do the same work there at a
// time. Shards of one job (same n, another i) hold the place together. The claim is a lock of the
// kernel's on a part of a small file in the place, which also says who holds it: it ends with the
// process, however that ends, and the file goes away with the last holder. Where the file system
// has no locks (some network ones) the claim holds nothing, and the log says so once.
class WorkClaim {
 public:
  // Errors: kIo if another holder's part is not apart from `part` (the folder, the process and its
  // part in the message), or if the lock file cannot be written. The folder is made.
  static Result<WorkClaim> OnFolder(const Path& folder, Shard part = {});
  // Whether OnFolder would take it at this moment; changes nothing. Errors: kIo as OnFolder's.
  static Result<void> CheckFolder(const Path& folder, Shard part = {});
  // A claim on one file, which need not be there, as a whole.
  static Result<WorkClaim> OnFile(const Path& file);
  WorkClaim(WorkClaim&& other) noexcept;
  WorkClaim& operator=(WorkClaim&& other) noexcept;
  ~WorkClaim();

  // What is claimed: the folder or the file.
  const Path& place() const { return place_; }
  // A number that no other holder of the place has, from 0; 0 where there is no other.
  size_t slot() const { return slot_; }

  // While it lives no other holder of the same place has one: Alone waits for that.
  class Turn {
   public:
    Turn(Turn&& other) noexcept;
    Turn& operator=(Turn&&) = delete;
    ~Turn();

   private:
    friend class WorkClaim;
    explicit Turn(int fd) : fd_(fd) {}
    int fd_;
  };
  Turn Alone() const;

 private:
  WorkClaim(Path place, Path lock_file, int fd)
      : place_(std::move(place)), lock_file_(std::move(lock_file)), fd_(fd) {}
  static Result<WorkClaim> Take(const Path& place, const Path& lock_file, Shard part);
  void Release();

  Path place_, lock_file_;
  int fd_ = -1;
  size_t slot_ = 0;
};

}  // namespace spatium
