#include "spatium/base/work_claim.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "spatium/base/json.h"
#include "spatium/base/log.h"
#include "spatium/base/text.h"

namespace spatium {
namespace {

// The lock file is a row of cells. The first is the door, held for a moment while a claim is taken
// or given up; the second is the turn of Alone; then one cell for each holder, whose text says
// {"pid","host","shard"}. Locks are of open files and not of processes, so that they hold between
// threads too.
constexpr size_t kCellBytes = 256;
constexpr size_t kDoor = 0, kTurn = 1, kFirstHolder = 2;

enum class Locking { kDone, kTaken, kUnsupported };

// `cell` of the file for `type` (F_WRLCK, F_UNLCK); `wait`s for it or says that another has it.
Locking LockCell(int fd, size_t cell, short type, bool wait) {
  struct flock range{};
  range.l_type = type;
  range.l_whence = SEEK_SET;
  range.l_start = static_cast<off_t>(cell * kCellBytes);
  range.l_len = kCellBytes;
  while (::fcntl(fd, wait ? F_OFD_SETLKW : F_OFD_SETLK, &range) != 0) {
    if (errno == EAGAIN || errno == EACCES) return Locking::kTaken;
    if (errno != EINTR) return Locking::kUnsupported;
  }
  return Locking::kDone;
}

// Whether another holder has a lock on this cell, or on it and all that follow.
bool Held(int fd, size_t cell, bool and_following = false) {
  struct flock range{};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  range.l_start = static_cast<off_t>(cell * kCellBytes);
  range.l_len = and_following ? 0 : kCellBytes;
  return ::fcntl(fd, F_OFD_GETLK, &range) == 0 && range.l_type != F_UNLCK;
}

std::string HostName() {
  char name[65] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "";
}

std::string ShardText(Shard part) { return StrCat(part.index, "/", part.count); }

void WriteHolder(int fd, size_t cell, Shard part) {
  std::string text =
      Json::MakeObject({{"pid", ::getpid()}, {"host", HostName()}, {"shard", ShardText(part)}})
          .Dump();
  text.resize(kCellBytes - 1, ' ');
  text += '\n';
  // What a full disk keeps from being written is missing from another's message, no more.
  (void)!::pwrite(fd, text.data(), text.size(), static_cast<off_t>(cell * kCellBytes));
}

struct Holder {
  std::string name = "a process";
  std::optional<Shard> part;  // nothing: it does not say
};

// The text may be anyone's.
Holder ReadHolder(int fd, size_t cell) {
  Holder holder;
  char text[kCellBytes];
  const ssize_t n = ::pread(fd, text, sizeof text, static_cast<off_t>(cell * kCellBytes));
  if (n <= 0) return holder;
  const auto json = Json::Parse({text, static_cast<size_t>(n)}, "lock file");
  if (!json) return holder;
  if (const Json* pid = json->Find("pid"); pid != nullptr && pid->IsInt())
    holder.name = StrCat("process ", pid->AsInt());
  if (const Json* host = json->Find("host");
      host != nullptr && host->IsString() && host->AsString() != HostName())
    holder.name += StrCat(" on ", Quote(host->AsString()));
  const Json* shard = json->Find("shard");
  if (shard == nullptr || !shard->IsString() || shard->AsString().empty()) return holder;
  if (const auto part = ParseShard(shard->AsString())) holder.part = *part;
  return holder;
}

// Two parts of one job. Parts of another count may share units.
bool Apart(Shard a, Shard b) { return a.count == b.count && a.index != b.index; }

Error TakenBy(const Holder& holder, const Path& place, Shard part) {
  return {
      ErrorCode::kIo,
      place.string(),
      StrCat("no other process at work there",
             part.count > 1 ? StrCat(", or one with another shard of ", part.count) : ""),
      StrCat(holder.name,
             holder.part && holder.part->count > 1 ? StrCat(" with shard ", ShardText(*holder.part))
                                                   : "")};
}

// A cell that is free, for `part` beside all that are held. Errors: kIo.
Result<size_t> FreeCell(int fd, const Path& place, Shard part) {
  std::optional<size_t> free;
  size_t cell = kFirstHolder;
  for (; Held(fd, cell, true); ++cell) {
    if (!Held(fd, cell)) {
      free = free.value_or(cell);
      continue;
    }
    const Holder holder = ReadHolder(fd, cell);
    if (!holder.part || !Apart(*holder.part, part)) return TakenBy(holder, place, part);
  }
  return free.value_or(cell);
}

// Whether `fd` is still the file of that name: the last holder removes it.
bool IsAt(int fd, const Path& path) {
  struct stat open{}, there{};
  return ::fstat(fd, &open) == 0 && ::stat(path.c_str(), &there) == 0 &&
         open.st_ino == there.st_ino && open.st_dev == there.st_dev;
}

}  // namespace

Result<WorkClaim> WorkClaim::OnFolder(const Path& folder, Shard part) {
  return Take(folder, folder / ".lock", part);
}

Result<void> WorkClaim::CheckFolder(const Path& folder, Shard part) {
  const int fd = ::open((folder / ".lock").c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {};
  const auto cell = FreeCell(fd, folder, part);
  ::close(fd);
  if (!cell) return cell.error();
  return {};
}

Result<WorkClaim> WorkClaim::OnFile(const Path& file) {
  return Take(file, file.parent_path() / StrCat(".", file.filename().string(), ".lock"), {});
}

Result<WorkClaim> WorkClaim::Take(const Path& place, const Path& lock_file, Shard part) {
  if (lock_file.has_parent_path()) SPATIUM_TRY_DO(MakeFolder(lock_file.parent_path()));
  while (true) {
    const int fd = ::open(lock_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0)
      return Error{ErrorCode::kIo, lock_file.string(), "a file to lock", std::strerror(errno)};
    WorkClaim claim(place, lock_file, fd);
    if (LockCell(fd, kDoor, F_WRLCK, true) == Locking::kUnsupported) {
      LogWarn(StrCat("no locks on this file system: nothing keeps a second process out of ",
                     place.string()));
      claim.slot_ = part.index;  // shards keep apart by their numbers
      return claim;
    }
    if (!IsAt(fd, lock_file)) continue;
    SPATIUM_TRY(const size_t cell, FreeCell(fd, place, part));
    WriteHolder(fd, cell, part);
    LockCell(fd, cell, F_WRLCK, false);
    LockCell(fd, kDoor, F_UNLCK, false);
    claim.slot_ = cell - kFirstHolder;
    return claim;
  }
}

WorkClaim::WorkClaim(WorkClaim&& other) noexcept
    : place_(std::move(other.place_)),
      lock_file_(std::move(other.lock_file_)),
      fd_(std::exchange(other.fd_, -1)),
      slot_(other.slot_) {}

WorkClaim& WorkClaim::operator=(WorkClaim&& other) noexcept {
  if (this == &other) return *this;
  Release();
  place_ = std::move(other.place_);
  lock_file_ = std::move(other.lock_file_);
  fd_ = std::exchange(other.fd_, -1);
  slot_ = other.slot_;
  return *this;
}

WorkClaim::~WorkClaim() { Release(); }

void WorkClaim::Release() {
  if (fd_ < 0) return;
  // The file stays where another holds it, or is just about to.
  const bool alone = LockCell(fd_, kDoor, F_WRLCK, false) != Locking::kTaken;
  if (alone && !Held(fd_, kTurn, true) && IsAt(fd_, lock_file_)) ::unlink(lock_file_.c_str());
  ::close(fd_);
  fd_ = -1;
}

WorkClaim::Turn WorkClaim::Alone() const {
  LockCell(fd_, kTurn, F_WRLCK, true);
  return Turn(fd_);
}

WorkClaim::Turn::Turn(Turn&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

WorkClaim::Turn::~Turn() {
  if (fd_ >= 0) LockCell(fd_, kTurn, F_UNLCK, false);
}

}  // namespace spatium
