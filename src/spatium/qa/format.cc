#include "spatium/qa/format.h"

namespace spatium {

std::string_view Name(AnswerFormat format) {
  switch (format) {
    case AnswerFormat::kFill:
      return "fill";
    case AnswerFormat::kSelect:
      return "select";
    case AnswerFormat::kSentence:
      return "sentence";
    case AnswerFormat::kJudge:
      return "judge";
  }
  return {};
}

std::optional<AnswerFormat> AnswerFormatFromName(std::string_view name) {
  for (const AnswerFormat format : kAnswerFormats)
    if (Name(format) == name) return format;
  return std::nullopt;
}

}  // namespace spatium
