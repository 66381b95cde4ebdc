#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace spatium {

// Why an operation on outside input failed. One code per thing a caller can act on.
enum class ErrorCode {
  kNotFound,     // a file, folder, field or name is not there
  kParse,        // bytes that do not follow their format
  kBadValue,     // well-formed, but outside what is allowed (NaN pose, negative size)
  kUnsupported,  // a valid format or option that this build or version does not handle
  kUsage,        // the command line itself is wrong; exit code 2
  kIo,           // reading or writing failed
  kDiskFull,     // writing failed for want of space or by a file-size limit
  kTimeout,
  kCancelled,  // SIGINT or SIGTERM; a second run continues
  kNetwork,
  kOutOfMemory
};
std::string_view Name(ErrorCode code);  // "not_found", "parse", ...

// What went wrong with outside input: where it was, what was expected there, what was found.
struct Error {
  ErrorCode code;
  std::string where;     // "scene0000_00.txt:3: axisAlignment", a JSON path, a flag
  std::string expected;  // "16 numbers"
  std::string found;     // "15 numbers"; empty if there is nothing to show

  // "scene0000_00.txt:3: axisAlignment: expected 16 numbers, found 15 numbers"
  std::string Message() const;

  // Adds the caller's view in front: outermost first, as a reader wants it.
  Error Within(std::string_view context) && {
    where = where.empty() ? std::string(context) : std::string(context) + ": " + where;
    return std::move(*this);
  }
};

// A value or an Error. Same shape as C++23's std::expected<T, Error>, so it can
// become an alias of it when the toolchain has it.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : v_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : v_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return v_.index() == 0; }
  T& operator*() & { return std::get<0>(v_); }
  const T& operator*() const& { return std::get<0>(v_); }
  T&& operator*() && { return std::get<0>(std::move(v_)); }
  T* operator->() { return &std::get<0>(v_); }
  const T* operator->() const { return &std::get<0>(v_); }
  const Error& error() const& { return std::get<1>(v_); }
  Error&& error() && { return std::get<1>(std::move(v_)); }

 private:
  std::variant<T, Error> v_;
};

// Success or an Error: what writers return. `return {};` is success.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  explicit operator bool() const { return !error_; }
  const Error& error() const& { return *error_; }
  Error&& error() && { return *std::move(error_); }

 private:
  std::optional<Error> error_;
};

}  // namespace spatium

#define SPATIUM_CONCAT_(a, b) a##b
#define SPATIUM_CONCAT(a, b) SPATIUM_CONCAT_(a, b)
// SPATIUM_TRY(auto x, Read(path)); returns the error to our caller, or binds x.
#define SPATIUM_TRY(decl, expr) SPATIUM_TRY_(SPATIUM_CONCAT(try_, __COUNTER__), decl, expr)
#define SPATIUM_TRY_(tmp, decl, expr)      \
  auto tmp = (expr);                       \
  if (!tmp) return std::move(tmp).error(); \
  decl = *std::move(tmp)
// SPATIUM_TRY_DO(Write(path, x)); the same for an operation without a value.
#define SPATIUM_TRY_DO(expr)                                                         \
  do {                                                                               \
    if (auto try_result = (expr); !try_result) return std::move(try_result).error(); \
  } while (false)
