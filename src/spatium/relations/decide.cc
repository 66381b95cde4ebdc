#include "spatium/relations/decide.h"

#include <algorithm>
#include <cmath>

namespace spatium {
namespace {

constexpr std::array<std::array<std::string_view, 2>, 3> kWords{
    {{"left", "right"}, {"below", "above"}, {"closer", "farther"}}};

}  // namespace

Sign Decide(double value, const DeadZone& zone) {
  const double size = std::abs(value);
  if (std::abs(size - zone.width) < zone.margin) return Sign::kBorder;
  if (size < zone.width) return Sign::kNone;
  return value < 0 ? Sign::kNegative : Sign::kPositive;
}

double DecisionMargin(double value, const DeadZone& zone) {
  return std::abs(std::abs(value) - zone.width);
}

std::string_view SlotWord(Axis axis, Sign sign) {
  if (sign != Sign::kNegative && sign != Sign::kPositive) return {};
  return kWords[static_cast<size_t>(axis)][sign == Sign::kPositive ? 1 : 0];
}

std::string_view OppositeWord(std::string_view word) {
  for (const auto& pair : kWords) {
    if (word == pair[0]) return pair[1];
    if (word == pair[1]) return pair[0];
  }
  return {};
}

bool ViewRelation::Decided() const { return std::ranges::find(sign, Sign::kBorder) == sign.end(); }

bool ViewRelation::AnyWord() const {
  return std::ranges::any_of(sign,
                             [](Sign s) { return s == Sign::kNegative || s == Sign::kPositive; });
}

ViewRelation DecideView(const Displacement& d, const DeadZone& zone) {
  return {{Decide(d.right_m, zone), Decide(d.up_m, zone), Decide(d.forward_m, zone)}};
}

Sign DecideFrontBehind(double depth_m, const DeadZone& zone) { return Decide(depth_m, zone); }

Sign DecideLarger(double a, double b, const DeadZone& zone, double relative) {
  const double needed = std::max(zone.width, relative * std::max(a, b));
  return Decide(a - b, {.width = needed, .margin = zone.margin});
}

double RoundTo(double value, double step) { return std::round(value / step) * step; }

double RoundingMargin(double value, double step) {
  const double steps = std::abs(value) / step;
  return std::abs(steps - std::floor(steps) - 0.5) * step;
}

}  // namespace spatium
