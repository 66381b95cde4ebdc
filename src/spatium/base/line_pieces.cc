#include "spatium/base/line_pieces.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace spatium {

struct LinePieces::State {
  Path path;
  int fd = -1;
  size_t size = 0, piece_bytes = 0;
  ~State() {
    if (fd >= 0) ::close(fd);
  }

  // Appends the bytes [begin, end) of the file.
  Result<void> Append(size_t begin, size_t end, std::string& buffer) const {
    const size_t old = buffer.size();
    buffer.resize(old + (end - begin));
    for (size_t at = begin; at < end;) {
      const ssize_t n =
          ::pread(fd, buffer.data() + old + (at - begin), end - at, static_cast<off_t>(at));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0)
        return Error{ErrorCode::kIo,
                     path.string(),
                     "bytes to read",
                     n == 0 ? "a file that became shorter" : std::strerror(errno)};
      at += static_cast<size_t>(n);
    }
    return {};
  }
};

LinePieces::LinePieces(std::unique_ptr<State> state) : state_(std::move(state)) {}
LinePieces::LinePieces(LinePieces&&) noexcept = default;
LinePieces& LinePieces::operator=(LinePieces&&) noexcept = default;
LinePieces::~LinePieces() = default;

Result<LinePieces> LinePieces::Open(const Path& path, size_t piece_bytes) {
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    return Error{ErrorCode::kNotFound, path.string(), "a file", "nothing"};
  if (!std::filesystem::is_regular_file(path, error))
    return Error{ErrorCode::kUnsupported, path.string(), "a regular file", "something else"};
  auto state = std::make_unique<State>();
  state->path = path;
  state->piece_bytes = piece_bytes;
  state->fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  state->size = std::filesystem::file_size(path, error);
  if (state->fd < 0 || error)
    return Error{ErrorCode::kIo, path.string(), "a file to read", std::strerror(errno)};
  return LinePieces(std::move(state));
}

size_t LinePieces::count() const {
  return (state_->size + state_->piece_bytes - 1) / state_->piece_bytes;
}

Result<std::string_view> LinePieces::Read(size_t k, std::string& buffer) const {
  const size_t begin = k * state_->piece_bytes;
  const size_t end = std::min(begin + state_->piece_bytes, state_->size);
  const size_t first = begin > 0 ? begin - 1 : 0;  // a newline here ends the line before
  buffer.clear();
  SPATIUM_TRY_DO(state_->Append(first, end, buffer));
  size_t start = 0;
  if (begin > 0) {
    start = buffer.find('\n');
    if (start == std::string::npos) return std::string_view();  // inside of one long line
    ++start;
  }
  if (first + start >= end) return std::string_view();
  // The last line may go on behind the piece.
  size_t step = size_t{1} << 12;
  for (size_t until = end; buffer.back() != '\n' && until < state_->size; step *= 2) {
    const size_t more = std::min(until + step, state_->size);
    const size_t old = buffer.size();
    SPATIUM_TRY_DO(state_->Append(until, more, buffer));
    until = more;
    if (const size_t newline = buffer.find('\n', old); newline != std::string::npos)
      buffer.resize(newline + 1);
  }
  return std::string_view(buffer).substr(start);
}

Result<int64_t> LinePieces::FirstLine(size_t k) const {
  int64_t line = 1;
  std::string buffer;
  for (size_t piece = 0; piece < k; ++piece) {
    SPATIUM_TRY(const std::string_view text, Read(piece, buffer));
    line += std::count(text.begin(), text.end(), '\n');
  }
  return line;
}

}  // namespace spatium
