#pragma once
#include <array>
#include <string_view>

#include "spatium/relations/measure.h"

namespace spatium {

// Exact decisions with a dead zone: from a measure to a word, to "no difference worth a word", or
// to "too near the border to say". The only home of the words left, above, closer and the like.

// Below `width` two things do not differ; within `margin` of `width` nothing is decided, so that
// neither rounding nor the method by which a box was measured can turn the answer.
struct DeadZone {
  double width = 0;
  double margin = 0;
};

enum class Sign { kNegative, kNone, kPositive, kBorder };
Sign Decide(double value, const DeadZone& zone);

// How far a decided value is from being decided otherwise: | |value| - width |.
double DecisionMargin(double value, const DeadZone& zone);

// One word per axis; an empty word: indistinguishable on that axis.
enum class Axis { kSideways, kVertical, kLineOfSight };
std::string_view SlotWord(Axis axis, Sign sign);       // left right | below above | closer farther
std::string_view OppositeWord(std::string_view word);  // of an empty word: empty

// The three slots of a displacement, in the order of Axis.
struct ViewRelation {
  std::array<Sign, 3> sign{};
  bool Decided() const;  // no axis on its border
  bool AnyWord() const;  // some axis has a word
  std::string_view Word(Axis axis) const { return SlotWord(axis, sign[static_cast<size_t>(axis)]); }
};
ViewRelation DecideView(const Displacement& displacement, const DeadZone& zone);

// In front of the observer (> 0) or behind, by the sign of the depth.
Sign DecideFrontBehind(double depth_m, const DeadZone& zone);

// Which of two distances is the larger: kPositive if `a` is. The difference must exceed the zone's
// width and `relative` times the larger one; else kNone, or kBorder within the margin of that.
Sign DecideLarger(double a, double b, const DeadZone& zone, double relative);

// `value` rounded to multiples of `step`, half away from zero.
double RoundTo(double value, double step);
// How far `value` is from the nearest place where that rounding changes.
double RoundingMargin(double value, double step);

}  // namespace spatium
