// Motion told in prose.
#include <algorithm>

#include "spatium/qa/verify/text.h"

namespace spatium::verify {
namespace {

enum class Way { kNone, kRight, kLeft, kUp, kDown, kForward, kBack };

Way WayOf(const Token& token) {
  if (token.kind != TokenKind::kWord) return Way::kNone;
  static constexpr std::pair<std::string_view, Way> kWays[] = {{"right", Way::kRight},
                                                               {"rightward", Way::kRight},
                                                               {"rightwards", Way::kRight},
                                                               {"left", Way::kLeft},
                                                               {"leftward", Way::kLeft},
                                                               {"leftwards", Way::kLeft},
                                                               {"up", Way::kUp},
                                                               {"upward", Way::kUp},
                                                               {"upwards", Way::kUp},
                                                               {"higher", Way::kUp},
                                                               {"down", Way::kDown},
                                                               {"downward", Way::kDown},
                                                               {"downwards", Way::kDown},
                                                               {"lower", Way::kDown},
                                                               {"forward", Way::kForward},
                                                               {"forwards", Way::kForward},
                                                               {"ahead", Way::kForward},
                                                               {"back", Way::kBack},
                                                               {"backward", Way::kBack},
                                                               {"backwards", Way::kBack}};
  const auto it = std::ranges::find(kWays, token.text, &std::pair<std::string_view, Way>::first);
  return it == std::end(kWays) ? Way::kNone : it->second;
}

struct Sums {
  MotionText motion;
  std::array<bool, 5> told{};

  bool Set(size_t axis, double& value, double amount) {
    if (told[axis]) return false;
    told[axis] = true;
    value = amount;
    return true;
  }
  bool Tell(bool rotation, Way way, double amount) {
    const double sign = way == Way::kRight || way == Way::kUp || way == Way::kForward ? 1 : -1;
    if (amount < 0) return false;
    switch (way) {
      case Way::kRight:
      case Way::kLeft:
        return rotation ? Set(4, motion.yaw_right_deg, sign * amount)
                        : Set(0, motion.right_m, sign * amount);
      case Way::kUp:
      case Way::kDown:
        return rotation ? Set(3, motion.pitch_up_deg, sign * amount)
                        : Set(1, motion.up_m, sign * amount);
      case Way::kForward:
      case Way::kBack:
        return !rotation && Set(2, motion.forward_m, sign * amount);
      case Way::kNone:
        break;
    }
    return false;
  }
};

}  // namespace

std::optional<MotionText> ReadMotionProse(std::string_view text) {
  const std::vector<Token> tokens = Tokens(text, {});
  Sums sums;
  // Each number goes with the nearest direction of its own phrase; phrases end at a full stop, a
  // comma or the word "and".
  const auto ends_phrase = [](const Token& t) {
    return t.kind == TokenKind::kStop || t.text == "," || t.text == "and" || t.text == "then";
  };
  for (size_t start = 0; start < tokens.size();) {
    size_t end = start;
    while (end < tokens.size() && !ends_phrase(tokens[end])) ++end;
    for (size_t i = start; i < end; ++i) {
      if (tokens[i].kind != TokenKind::kNumber) continue;
      Way nearest = Way::kNone;
      size_t best = tokens.size();
      for (size_t j = start; j < end; ++j) {
        const size_t gap = j > i ? j - i : i - j;
        if (WayOf(tokens[j]) != Way::kNone && gap < best) {
          best = gap;
          nearest = WayOf(tokens[j]);
        }
      }
      const bool rotation = tokens[i].unit == "deg";
      if (!rotation && tokens[i].unit != "m") return std::nullopt;
      if (!sums.Tell(rotation, nearest, tokens[i].number)) return std::nullopt;
    }
    start = end + 1;
  }
  return sums.motion;
}

}  // namespace spatium::verify
