#pragma once
#include <string>
#include <string_view>

#include "spatium/base/json.h"

namespace spatium {

// Text as the content of an HTML element or of a quoted attribute.
std::string EscapeHtml(std::string_view text);

// A JSON text for the inside of a <script> element: no part of it can end the element or start a
// comment, whatever strings it holds. Reads back as the same JSON.
std::string JsonForScript(const Json& value);

// "data:image/jpeg;base64,...": an address that holds what it names.
std::string DataUri(std::string_view media_type, std::string_view bytes);

}  // namespace spatium
