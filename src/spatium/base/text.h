#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spatium {

// Text helpers, ASCII only where letters are classified; no locale is ever consulted.

std::vector<std::string_view> Split(std::string_view text, char separator);  // keeps empty pieces
std::vector<std::string_view> SplitWhitespace(std::string_view text);        // drops empty pieces
std::string_view Trim(std::string_view text);
std::string ToLower(std::string_view text);
std::string ReplaceAll(std::string text, std::string_view from, std::string_view to);
std::string Join(const std::vector<std::string>& pieces, std::string_view separator);

// The whole text is one finite number ("nan" and "inf" are not). Locale-free.
std::optional<double> ParseDouble(std::string_view text);
std::optional<int64_t> ParseInt(std::string_view text);

// "1.50" for (1.5, 2); round half to even on the exact binary value, as printf does.
std::string FormatFixed(double value, int decimals);
// Shortest text that parses back to the same double: "0.1", "3", "1e+20".
std::string FormatShortest(double value);

// `text` for an error message: control bytes escaped, cut at `max_bytes` with "...".
std::string Quote(std::string_view text, size_t max_bytes = 80);

// The entry of `known` nearest to `name` by edit distance, for "did you mean"; none if all are far.
std::optional<std::string> NearestName(std::string_view name,
                                       const std::vector<std::string>& known);

// StrCat("a", 1, 0.5): numbers as FormatShortest and integers in decimal.
namespace internal {
inline void Append(std::string& out, std::string_view piece) { out += piece; }
inline void Append(std::string& out, char piece) { out += piece; }
inline void Append(std::string& out, double piece) { out += FormatShortest(piece); }
template <class T>
  requires std::is_integral_v<T>
void Append(std::string& out, T piece) {
  out += std::to_string(piece);
}
}  // namespace internal
template <class... Pieces>
std::string StrCat(const Pieces&... pieces) {
  std::string out;
  (internal::Append(out, pieces), ...);
  return out;
}

}  // namespace spatium
