// Answers of a fixed form.
#include <algorithm>
#include <charconv>

#include "spatium/base/text.h"
#include "spatium/qa/verify/text.h"

namespace spatium::verify {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string_view WithoutFullStop(std::string_view text) {
  text = Trim(text);
  if (text.ends_with('.')) text = Trim(text.substr(0, text.size() - 1));
  return text;
}

// Digits with at most one point and an optional sign, nothing else.
std::optional<double> PlainNumber(std::string_view text) {
  std::string_view digits = text;
  if (digits.starts_with('-')) digits.remove_prefix(1);
  if (digits.empty() || !IsDigit(digits.front()) || !IsDigit(digits.back())) return std::nullopt;
  if (!std::ranges::all_of(digits, [](char c) { return IsDigit(c) || c == '.'; }))
    return std::nullopt;
  return ParseDouble(text);
}

}  // namespace

std::optional<double> ReadNumberAnswer(std::string_view text) {
  text = WithoutFullStop(text);
  for (const std::string_view unit : {"meters", "metres", "meter", "metre", "m"})
    if (text.ends_with(unit)) {
      text = Trim(text.substr(0, text.size() - unit.size()));
      break;
    }
  return PlainNumber(text);
}

std::optional<int> ReadLetterAnswer(std::string_view text) {
  text = WithoutFullStop(text);
  if (text.size() != 1 || text[0] < 'A' || text[0] > 'Z') return std::nullopt;
  return text[0] - 'A';
}

std::optional<bool> ReadYesNo(std::string_view text) {
  const std::string lower = ToLower(Trim(text));
  for (const auto& [word, value] : {std::pair{"yes", true}, std::pair{"no", false}}) {
    const std::string_view w = word;
    if (!lower.starts_with(w)) continue;
    if (lower.size() == w.size() || lower[w.size()] == '.' || lower[w.size()] == ',') return value;
  }
  return std::nullopt;
}

std::optional<MarkBox> ReadBoxAnswer(std::string_view text) {
  text = WithoutFullStop(text);
  if (!text.starts_with('[') || !text.ends_with(']')) return std::nullopt;
  const auto pieces = Split(text.substr(1, text.size() - 2), ',');
  if (pieces.size() != 4) return std::nullopt;
  std::array<double, 4> v{};
  for (size_t i = 0; i < 4; ++i) {
    const auto number = ParseInt(Trim(pieces[i]));
    if (!number || *number < 0 || *number > 1000) return std::nullopt;
    v[i] = static_cast<double>(*number);
  }
  return MarkBox{v[0], v[1], v[2], v[3]};
}

std::optional<std::vector<std::string>> ReadSlots(std::string_view text, size_t n) {
  std::vector<std::string> slots;
  for (const std::string_view piece : Split(text, ',')) slots.push_back(ToLower(Trim(piece)));
  if (slots.size() != n) return std::nullopt;
  return slots;
}

std::optional<MotionText> ReadMotionAnswer(std::string_view text) {
  MotionText motion;
  struct Item {
    std::string_view word;
    double* value;
    double sign;
    int axis;
  };
  const Item items[] = {{"move_right", &motion.right_m, 1, 0},
                        {"move_left", &motion.right_m, -1, 0},
                        {"move_up", &motion.up_m, 1, 1},
                        {"move_down", &motion.up_m, -1, 1},
                        {"move_forward", &motion.forward_m, 1, 2},
                        {"move_backward", &motion.forward_m, -1, 2},
                        {"rotate_up", &motion.pitch_up_deg, 1, 3},
                        {"rotate_down", &motion.pitch_up_deg, -1, 3},
                        {"rotate_right", &motion.yaw_right_deg, 1, 4},
                        {"rotate_left", &motion.yaw_right_deg, -1, 4}};
  std::array<bool, 5> told{};
  const auto pieces = Split(WithoutFullStop(text), ',');
  if (pieces.size() != told.size()) return std::nullopt;
  for (const std::string_view piece : pieces) {
    const auto halves = Split(piece, ':');
    if (halves.size() != 2) return std::nullopt;
    const auto item = std::ranges::find(items, halves[0], &Item::word);
    const auto number = PlainNumber(halves[1]);
    if (item == std::end(items) || !number || *number < 0) return std::nullopt;
    bool& seen = told[static_cast<size_t>(item->axis)];
    if (seen) return std::nullopt;
    seen = true;
    *item->value = item->sign * *number;
  }
  return motion;
}

std::vector<std::string> OptionLines(std::string_view question) {
  std::vector<std::string> options;
  for (const std::string_view line : Split(question, '\n')) {
    const char letter = static_cast<char>('A' + options.size());
    if (line.size() >= 2 && line[0] == letter && line[1] == '.')
      options.emplace_back(Trim(line.substr(2)));
  }
  return options;
}

std::optional<int64_t> CountWord(std::string_view word) {
  static constexpr std::string_view kWords[] = {
      "zero",     "one",     "two",     "three",     "four",     "five",     "six",
      "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
      "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
  const auto it = std::ranges::find(kWords, word);
  if (it != std::end(kWords)) return it - std::begin(kWords);
  if (word.empty() || !std::ranges::all_of(word, IsDigit)) return std::nullopt;
  return ParseInt(word);
}

}  // namespace spatium::verify
