#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace spatium {

// How an answer is given: a bare value, a letter, a sentence, yes or no.
enum class AnswerFormat : uint8_t { kFill, kSelect, kSentence, kJudge };
inline constexpr std::array kAnswerFormats{
    AnswerFormat::kFill, AnswerFormat::kSelect, AnswerFormat::kSentence, AnswerFormat::kJudge};
std::string_view Name(AnswerFormat format);  // "fill", "select", "sentence", "judge"
std::optional<AnswerFormat> AnswerFormatFromName(std::string_view name);

}  // namespace spatium
