#pragma once
#include <sstream>
#include <stdexcept>
#include <string>

namespace spatium {

// A bug in Spatium, never bad input. Caught only at boundaries: main, one server request, C ABI.
class BugError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

namespace internal {
class CheckFailure {
 public:
  CheckFailure(const char* file, int line, const char* condition) {
    text_ << file << ":" << line << ": check failed: " << condition << " ";
  }
  [[noreturn]] ~CheckFailure() noexcept(false) { throw BugError(text_.str()); }
  template <class T>
  CheckFailure& operator<<(const T& value) {
    text_ << value;
    return *this;
  }

 private:
  std::ostringstream text_;
};
}  // namespace internal
}  // namespace spatium

// SPATIUM_CHECK(i < n) << "i=" << i; throws BugError; on in release builds too.
#define SPATIUM_CHECK(condition) \
  if (condition) [[likely]] {    \
  } else                         \
    ::spatium::internal::CheckFailure(__FILE__, __LINE__, #condition)
#ifdef NDEBUG
#define SPATIUM_DCHECK(condition) SPATIUM_CHECK(true || (condition))
#else
#define SPATIUM_DCHECK(condition) SPATIUM_CHECK(condition)
#endif
