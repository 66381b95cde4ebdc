#pragma once
#include <string>
#include <string_view>

namespace spatium {

// RFC 4648, with padding. Appends to `out`.
void AppendBase64(std::string_view bytes, std::string& out);

}  // namespace spatium
