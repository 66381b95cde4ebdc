#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace spatium {

// RFC 4648, with padding.
std::string Base64(std::string_view bytes);
void AppendBase64(std::string_view bytes, std::string& out);
// The bytes; padding may be missing, white space is skipped. none: any other character, or a length
// that no bytes have.
std::optional<std::string> FromBase64(std::string_view text);

}  // namespace spatium
