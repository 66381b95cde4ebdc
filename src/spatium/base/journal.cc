#include "spatium/base/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <optional>

#include "spatium/base/hash.h"
#include "spatium/base/text.h"

namespace spatium {
namespace {

constexpr std::string_view kMark = ",\"crc\":\"";
constexpr size_t kSumDigits = 16;
constexpr size_t kTail = kMark.size() + kSumDigits + 2;  // the mark, the sum, "}

std::string Seal(const Json& record) {
  std::string line = record.Dump();
  const std::string sum = Hex(Hash64(line));
  line.pop_back();
  return line + std::string(kMark) + sum + "\"}";
}

// The record of a sealed line; nothing if the line is not whole.
std::optional<Json> Unseal(std::string_view line) {
  if (line.size() < kTail || line.substr(line.size() - kTail, kMark.size()) != kMark)
    return std::nullopt;
  const std::string body = std::string(line.substr(0, line.size() - kTail)) + "}";
  if (Hex(Hash64(body)) != line.substr(line.size() - kSumDigits - 2, kSumDigits))
    return std::nullopt;
  auto record = Json::Parse(body, "journal");
  if (!record || !record->IsObject()) return std::nullopt;
  return *std::move(record);
}

// Calls fn for every whole record; the number of bytes that hold good lines.
Result<size_t> Scan(const Path& path,
                    std::string_view text,
                    const std::function<Result<void>(const Json&)>& fn) {
  size_t good_end = 0;
  int64_t number = 0;
  int64_t bad_line = 0;
  for (size_t begin = 0; begin < text.size();) {
    ++number;
    const size_t newline = text.find('\n', begin);
    const size_t end = newline == std::string_view::npos ? text.size() : newline;
    const auto record = Unseal(text.substr(begin, end - begin));
    if (record && newline != std::string_view::npos) {
      if (bad_line > 0)
        return Error{ErrorCode::kParse,
                     StrCat(path.string(), ":", bad_line),
                     "a record with its checksum",
                     "a damaged line before good ones"};
      SPATIUM_TRY_DO(fn(*record));
      good_end = end + 1;
    } else if (bad_line == 0) {
      bad_line = number;
    }
    begin = end + 1;
  }
  // A torn tail is what was being written: not whole lines in a file without any record.
  if (good_end == 0 && text.find('\n') != std::string_view::npos)
    return Error{ErrorCode::kParse,
                 path.string(),
                 "records with their checksums, one a line",
                 Quote(text.substr(0, text.find('\n')), 60)};
  return good_end;
}

// "replies.jsonl" of slot 0, "replies-2.jsonl" of slot 1, ...
std::string FileOfSlot(const std::string& name, size_t slot) {
  const Path path(name);
  return slot == 0 ? name : StrCat(path.stem().string(), "-", slot + 1, path.extension().string());
}

// Whether `file` is `name` as some slot has it.
bool IsFileOf(const std::string& name, const std::string& file) {
  const Path path(name);
  const std::string head = path.stem().string() + "-", tail = path.extension().string();
  if (file == name) return true;
  if (file.size() <= head.size() + tail.size() || !file.starts_with(head) || !file.ends_with(tail))
    return false;
  const auto middle =
      std::string_view(file).substr(head.size(), file.size() - head.size() - tail.size());
  const auto number = ParseInt(middle);
  return number && *number > 1 && file == FileOfSlot(name, static_cast<size_t>(*number) - 1);
}

}  // namespace

struct Journal::State {
  Path path;
  std::optional<WorkClaim> claim = {};  // of Open; OpenIn's is its caller's
  int fd = -1;
  std::mutex mutex;
  ~State() {
    if (fd >= 0) ::close(fd);
  }
};

Journal::Journal(std::unique_ptr<State> state) : state_(std::move(state)) {}
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;
Journal::~Journal() = default;

Result<void> Journal::Read(const Path& path, const std::function<Result<void>(const Json&)>& fn) {
  SPATIUM_TRY(const std::string text, ReadFile(path));
  if (auto scanned = Scan(path, text, fn); !scanned) return std::move(scanned).error();
  return {};
}

Result<Journal> Journal::OpenClaimed(const Path& path,
                                     const std::function<Result<void>(const Json&)>& fn) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (state->fd < 0)
    return Error{ErrorCode::kIo, path.string(), "a file to append to", std::strerror(errno)};
  SPATIUM_TRY(const std::string text, ReadFile(path));
  SPATIUM_TRY(const size_t good_end, Scan(path, text, fn));
  if (::ftruncate(state->fd, static_cast<off_t>(good_end)) != 0)
    return Error{ErrorCode::kIo, path.string(), "a file to append to", std::strerror(errno)};
  return Journal(std::move(state));
}

Result<Journal> Journal::Open(const Path& path,
                              const std::function<Result<void>(const Json&)>& fn) {
  SPATIUM_TRY(WorkClaim claim, WorkClaim::OnFile(path));
  SPATIUM_TRY(Journal journal, OpenClaimed(path, fn));
  journal.state_->claim.emplace(std::move(claim));
  return journal;
}

Result<Journal> Journal::OpenIn(const WorkClaim& folder,
                                const std::string& name,
                                const std::function<Result<void>(const Json&)>& fn) {
  const std::string own = FileOfSlot(name, folder.slot());
  SPATIUM_TRY(const auto files, ListFolder(folder.place()));
  for (const std::string& file : files)
    if (file != own && IsFileOf(name, file)) SPATIUM_TRY_DO(Read(folder.place() / file, fn));
  return OpenClaimed(folder.place() / own, fn);
}

Result<void> Journal::ReadIn(const Path& folder,
                             const std::string& name,
                             const std::function<Result<void>(const Json&)>& fn) {
  if (!std::filesystem::exists(folder)) return {};
  SPATIUM_TRY(const auto files, ListFolder(folder));
  for (const std::string& file : files)
    if (IsFileOf(name, file)) SPATIUM_TRY_DO(Read(folder / file, fn));
  return {};
}

Result<void> Journal::Append(const Json& record, bool sync) {
  const std::string line = Seal(record) + "\n";
  const std::scoped_lock lock(state_->mutex);
  const off_t whole = ::lseek(state_->fd, 0, SEEK_END);
  int error_number = whole < 0 ? errno : 0;
  for (size_t done = 0; done < line.size() && error_number == 0;) {
    const ssize_t n = ::write(state_->fd, line.data() + done, line.size() - done);
    if (n > 0) done += static_cast<size_t>(n);
    if (n < 0 && errno != EINTR) error_number = errno;
  }
  if (error_number == 0 && sync && ::fdatasync(state_->fd) != 0) error_number = errno;
  if (error_number == 0) return {};
  // A piece of a line must not stand before what another thread appends once there is room again.
  if (whole >= 0) (void)!::ftruncate(state_->fd, whole);
  return Error{error_number == ENOSPC || error_number == EFBIG || error_number == EDQUOT
                   ? ErrorCode::kDiskFull
                   : ErrorCode::kIo,
               state_->path.string(),
               "room for one more record",
               std::strerror(error_number)};
}

}  // namespace spatium
