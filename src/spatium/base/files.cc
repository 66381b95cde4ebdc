#include "spatium/base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>

#include "spatium/base/text.h"

namespace spatium {
namespace fs = std::filesystem;
namespace {

Error FromErrno(int error_number, const Path& path, std::string expected) {
  const ErrorCode code = error_number == ENOENT || error_number == ENOTDIR ? ErrorCode::kNotFound
                         : error_number == ENOSPC || error_number == EFBIG || error_number == EDQUOT
                             ? ErrorCode::kDiskFull
                             : ErrorCode::kIo;
  return {code, path.string(), std::move(expected), std::strerror(error_number)};
}

// What is expected of a place whose writing ended with this error.
Error FromWriteErrno(int error_number, const Path& path, size_t num_bytes) {
  Error error = FromErrno(error_number, path, "a writable place");
  if (error.code == ErrorCode::kDiskFull) error.expected = StrCat("room for ", num_bytes, " bytes");
  return error;
}

// Writes all bytes and closes the file. `sync`: waits for the disk. 0, or the first errno.
int WriteAndClose(int fd, std::string_view bytes, bool sync) {
  int error_number = 0;
  for (size_t done = 0; done < bytes.size() && error_number == 0;) {
    const ssize_t n = ::write(fd, bytes.data() + done, bytes.size() - done);
    if (n > 0) done += static_cast<size_t>(n);
    if (n < 0 && errno != EINTR) error_number = errno;
  }
  // Pipes and the like cannot be waited for (EINVAL).
  if (sync && error_number == 0 && ::fsync(fd) != 0 && errno != EINVAL) error_number = errno;
  if (::close(fd) != 0 && error_number == 0) error_number = errno;
  return error_number;
}

// A sibling name that no other process or thread uses.
Path TemporarySibling(const Path& path) {
  static std::atomic<int> counter{0};
  return path.parent_path() /
         StrCat(".", path.filename().string(), ".tmp-", ::getpid(), "-", counter.fetch_add(1));
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Removes siblings that TemporarySibling named for processes which are no longer there.
void RemoveStaleSiblings(const Path& path) {
  const std::string prefix = StrCat(".", path.filename().string(), ".tmp-");
  const Path parent = path.has_parent_path() ? path.parent_path() : Path(".");
  std::error_code ignored;
  std::vector<Path> stale;
  for (const auto& entry : fs::directory_iterator(parent, ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(prefix)) continue;
    const auto rest = std::string_view(name).substr(prefix.size());
    const auto pid = ParseInt(rest.substr(0, rest.find('-')));
    if (pid && *pid > 0 && ::kill(static_cast<pid_t>(*pid), 0) != 0 && errno == ESRCH)
      stale.push_back(entry.path());
  }
  for (const Path& old : stale) fs::remove_all(old, ignored);
}

}  // namespace

Result<std::string> ReadFile(const Path& path, uint64_t max_bytes) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return FromErrno(errno, path, "a readable file");
  struct Closer {
    int fd;
    ~Closer() { ::close(fd); }
  } closer{fd};
  struct stat info{};
  if (::fstat(fd, &info) != 0) return FromErrno(errno, path, "a readable file");
  if (S_ISDIR(info.st_mode)) return Error{ErrorCode::kIo, path.string(), "a file", "a folder"};
  std::string bytes;
  const size_t chunk =
      S_ISREG(info.st_mode) ? static_cast<size_t>(info.st_size) + 1 : size_t{1} << 16;
  while (true) {
    const size_t used = bytes.size();
    if (used > max_bytes)
      return Error{
          ErrorCode::kBadValue, path.string(), StrCat("at most ", max_bytes, " bytes"), "more"};
    bytes.resize(used + chunk);
    const ssize_t n = ::read(fd, bytes.data() + used, chunk);
    if (n < 0 && errno == EINTR) {
      bytes.resize(used);
      continue;
    }
    if (n < 0) return FromErrno(errno, path, "a readable file");
    bytes.resize(used + static_cast<size_t>(n));
    if (n == 0) return bytes;
  }
}

Result<void> WriteFileAtomic(const Path& path, std::string_view bytes) {
  if (path.has_parent_path()) SPATIUM_TRY_DO(MakeFolder(path.parent_path()));
  const Path temporary = TemporarySibling(path);
  const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return FromErrno(errno, path, "a writable place");
  int error_number = WriteAndClose(fd, bytes, true);
  if (error_number == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) error_number = errno;
  if (error_number == 0) return {};
  ::unlink(temporary.c_str());
  return FromWriteErrno(error_number, path, bytes.size());
}

Result<void> WriteFileDirect(const Path& path, std::string_view bytes) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return FromErrno(errno, path, "a writable place");
  const int error_number = WriteAndClose(fd, bytes, false);
  if (error_number == 0) return {};
  return FromWriteErrno(error_number, path, bytes.size());
}

Result<void> MakeFolder(const Path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return FromErrno(error.value(), path, "a folder that can be made");
  return {};
}

bool StaysInside(const Path& name) {
  return !name.empty() && !name.is_absolute() &&
         std::find(name.begin(), name.end(), "..") == name.end();
}

bool NaturalLess(std::string_view a, std::string_view b) {
  size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (IsDigit(a[i]) && IsDigit(b[j])) {
      size_t end_i = i, end_j = j;
      while (end_i < a.size() && IsDigit(a[end_i])) ++end_i;
      while (end_j < b.size() && IsDigit(b[end_j])) ++end_j;
      while (i < end_i && a[i] == '0') ++i;
      while (j < end_j && b[j] == '0') ++j;
      if (end_i - i != end_j - j) return end_i - i < end_j - j;
      const int order = a.substr(i, end_i - i).compare(b.substr(j, end_j - j));
      if (order != 0) return order < 0;
      i = end_i;
      j = end_j;
    } else if (a[i] != b[j]) {
      return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[j]);
    } else {
      ++i;
      ++j;
    }
  }
  if (a.size() - i != b.size() - j) return a.size() - i < b.size() - j;
  return a < b;  // equal as numbers ("1" and "01"): any fixed order
}

Result<std::vector<std::string>> ListFolder(const Path& path) {
  std::error_code error;
  fs::directory_iterator it(path, error);
  if (error) return FromErrno(error.value(), path, "a folder");
  std::vector<std::string> names;
  while (it != fs::directory_iterator()) {
    names.push_back(it->path().filename().string());
    it.increment(error);  // becomes the end where it fails
    if (error) return FromErrno(error.value(), path, "a readable folder");
  }
  std::sort(names.begin(), names.end(), NaturalLess);
  return names;
}

Result<AtomicFolder> AtomicFolder::Create(const Path& target) {
  Path clean = target.lexically_normal();
  if (!clean.has_filename()) clean = clean.parent_path();
  if (fs::exists(clean) && !fs::is_directory(clean))
    return Error{ErrorCode::kIo, target.string(), "a folder or nothing", "a file"};
  RemoveStaleSiblings(clean);
  Path temporary = TemporarySibling(clean);
  SPATIUM_TRY_DO(MakeFolder(temporary));
  return AtomicFolder(std::move(temporary), std::move(clean));
}

AtomicFolder::AtomicFolder(AtomicFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})), target_(std::exchange(other.target_, {})) {}

AtomicFolder::~AtomicFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

Result<void> AtomicFolder::Commit() {
  std::error_code error;
  if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.c_str(), RENAME_EXCHANGE) == 0) {
    fs::remove_all(path_, error);  // the old target, which has our temporary name now
  } else if (fs::exists(target_)) {
    const Path old = TemporarySibling(target_);
    fs::rename(target_, old, error);
    if (error) return FromErrno(error.value(), target_, "a folder that can be replaced");
    fs::rename(path_, target_, error);
    if (error) {
      std::error_code ignored;
      fs::rename(old, target_, ignored);
      return FromErrno(error.value(), target_, "a folder that can be replaced");
    }
    fs::remove_all(old, error);
  } else {
    fs::rename(path_, target_, error);
    if (error) return FromErrno(error.value(), target_, "a folder that can be made");
  }
  path_.clear();
  return {};
}

Result<void> ForEachLine(const Path& path,
                         const std::function<Result<void>(int64_t, std::string_view)>& fn) {
  const bool standard_input = path == "-";
  std::unique_ptr<FILE, int (*)(FILE*)> file(
      standard_input ? stdin : std::fopen(path.c_str(), "rbe"),
      standard_input ? [](FILE*) { return 0; } : [](FILE* f) { return std::fclose(f); });
  if (!file) return FromErrno(errno, path, "a readable file");
  std::unique_ptr<char, void (*)(char*)> line(nullptr, [](char* p) { std::free(p); });
  size_t capacity = 0;
  for (int64_t number = 1;; ++number) {
    char* raw = line.release();
    const ssize_t n = ::getline(&raw, &capacity, file.get());
    line.reset(raw);
    if (n < 0) break;
    std::string_view text(raw, static_cast<size_t>(n));
    if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
    SPATIUM_TRY_DO(fn(number, text));
  }
  if (std::ferror(file.get())) return FromErrno(errno, path, "a readable file");
  return {};
}

}  // namespace spatium
