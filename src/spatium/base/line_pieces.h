#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "spatium/base/files.h"

namespace spatium {

// A file of lines cut into pieces that threads read side by side, without holding it in memory.
// Each line belongs to the piece in which it begins.
class LinePieces {
 public:
  // Errors: kNotFound, kIo; kUnsupported for what is no regular file (a pipe).
  static Result<LinePieces> Open(const Path& path, size_t piece_bytes = size_t{1} << 18);
  LinePieces(LinePieces&&) noexcept;
  LinePieces& operator=(LinePieces&&) noexcept;
  ~LinePieces();

  size_t count() const;
  // The lines of piece k; the text lies in `buffer`. Thread-safe with a buffer per thread.
  Result<std::string_view> Read(size_t k, std::string& buffer) const;
  // The number, from 1, of the first line of piece k, for messages: reads all before it.
  Result<int64_t> FirstLine(size_t k) const;

 private:
  struct State;
  explicit LinePieces(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace spatium
