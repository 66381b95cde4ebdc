#include "spatium/qa/line_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "spatium/base/text.h"

namespace spatium {
namespace {

constexpr size_t kBufferBytes = size_t{1} << 20;

Error WriteError(int error_number, const Path& path) {
  const bool full = error_number == ENOSPC || error_number == EFBIG || error_number == EDQUOT;
  return {full ? ErrorCode::kDiskFull : ErrorCode::kIo,
          path.string(),
          "room for the questions",
          std::strerror(error_number)};
}

}  // namespace

CountedLineFile::CountedLineFile(Path folder, std::string stem)
    : folder_(std::move(folder)), stem_(std::move(stem)) {
  temporary_ = folder_ / StrCat(".", stem_, ".jsonl.tmp-", ::getpid());
}

CountedLineFile::~CountedLineFile() {
  if (fd_ < 0) return;
  ::close(fd_);
  ::unlink(temporary_.c_str());
}

Result<void> CountedLineFile::Append(std::string_view lines, uint64_t count) {
  if (lines.empty()) return {};
  if (fd_ < 0) {
    SPATIUM_TRY_DO(MakeFolder(folder_));
    fd_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd_ < 0) return WriteError(errno, temporary_);
  }
  buffer_ += lines;
  count_ += count;
  return buffer_.size() >= kBufferBytes ? Flush() : Result<void>{};
}

Result<void> CountedLineFile::Flush() {
  for (size_t done = 0; done < buffer_.size();) {
    const ssize_t n = ::write(fd_, buffer_.data() + done, buffer_.size() - done);
    if (n > 0) done += static_cast<size_t>(n);
    if (n < 0 && errno != EINTR) return WriteError(errno, temporary_);
  }
  buffer_.clear();
  return {};
}

Result<Path> CountedLineFile::Commit() {
  if (fd_ < 0) return Path{};
  SPATIUM_TRY_DO(Flush());
  if (::fsync(fd_) != 0 && errno != EINVAL) return WriteError(errno, temporary_);
  const Path path = folder_ / StrCat(stem_, "_", count_, ".jsonl");
  if (::close(fd_) != 0 || ::rename(temporary_.c_str(), path.c_str()) != 0) {
    const Error error = WriteError(errno, path);
    ::unlink(temporary_.c_str());
    fd_ = -1;
    return error;
  }
  fd_ = -1;
  return path;
}

}  // namespace spatium
