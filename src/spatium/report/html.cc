#include "spatium/report/html.h"

#include "spatium/base/base64.h"
#include "spatium/base/text.h"

namespace spatium {

std::string EscapeHtml(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case '\0':
        out += "\xef\xbf\xbd";  // HTML has no NUL
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string JsonForScript(const Json& value) {
  // These bytes appear in JSON only inside of strings.
  const std::string text = value.Dump();
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '<') {
      out += "\\u003c";
    } else if (c == '>') {
      out += "\\u003e";
    } else if (c == '&') {
      out += "\\u0026";
    } else {
      out += c;
    }
  }
  return out;
}

std::string DataUri(std::string_view media_type, std::string_view bytes) {
  return StrCat("data:", media_type, ";base64,", Base64(bytes));
}

}  // namespace spatium
