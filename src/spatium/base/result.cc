#include "spatium/base/result.h"

namespace spatium {

std::string_view Name(ErrorCode code) {
  switch (code) {
    case ErrorCode::kNotFound:
      return "not_found";
    case ErrorCode::kParse:
      return "parse";
    case ErrorCode::kBadValue:
      return "bad_value";
    case ErrorCode::kUnsupported:
      return "unsupported";
    case ErrorCode::kUsage:
      return "usage";
    case ErrorCode::kIo:
      return "io";
    case ErrorCode::kDiskFull:
      return "disk_full";
    case ErrorCode::kTimeout:
      return "timeout";
    case ErrorCode::kCancelled:
      return "cancelled";
    case ErrorCode::kNetwork:
      return "network";
    case ErrorCode::kOutOfMemory:
      return "out_of_memory";
  }
  return "unknown";
}

std::string Error::Message() const {
  std::string text = where;
  if (!expected.empty()) text += (text.empty() ? "expected " : ": expected ") + expected;
  if (!found.empty()) text += (text.empty() ? "found " : ", found ") + found;
  return text;
}

}  // namespace spatium
