// Where the red object lies relative to the blue one for the observer, by their centres in the
// camera's own axes.
#include <array>
#include <cmath>

#include "spatium/base/text.h"
#include "spatium/qa/verify/truths.h"

namespace spatium {
namespace {

// Differences up to this are "indistinguishable" (docs/conventions.md); this close to it either
// reading stands.
constexpr double kDeadZone_m = 0.10, kDeadZoneSlack_m = 1e-3;
constexpr std::array<std::array<std::string_view, 2>, 3> kWords{
    {{"left", "right"}, {"below", "above"}, {"closer", "farther"}}};

struct Reading {
  std::array<double, 3> by_m{};  // right, up, far

  // Whether "in direction `sign` on `axis`" (0: neither) is so.
  bool Holds(size_t axis, int sign) const {
    const double d = by_m[axis];
    if (sign == 0) return std::abs(d) <= kDeadZone_m + kDeadZoneSlack_m;
    return sign * d >= kDeadZone_m - kDeadZoneSlack_m;
  }
  std::string Word(size_t axis) const {
    const double d = by_m[axis];
    if (std::abs(d) <= kDeadZone_m) return "";
    return std::string(kWords[axis][d > 0 ? 1 : 0]);
  }
};

std::optional<int> SignOf(size_t axis, std::string_view word) {
  if (word.empty()) return 0;
  if (word == kWords[axis][0]) return -1;
  if (word == kWords[axis][1]) return 1;
  return std::nullopt;
}

std::optional<bool> SlotsHold(const Reading& reading, const std::vector<std::string>& slots) {
  bool all = slots.size() == 3;
  for (size_t axis = 0; axis < slots.size() && axis < 3; ++axis) {
    const auto sign = SignOf(axis, slots[axis]);
    if (!sign) return std::nullopt;
    all = all && reading.Holds(axis, *sign);
  }
  return all;
}

bool ClaimHolds(const Reading& reading, const verify::Claim& claim) {
  // "blue is left of red" says that red is right of blue.
  const int sign = claim.subject == 0 ? claim.sign : -claim.sign;
  return reading.Holds(static_cast<size_t>(claim.axis), sign);
}

verify::Truth Derive(const verify::Case& c) {
  const verify::Shown &red = *c.Find("red"), &blue = *c.Find("blue");
  const verify::View& view = c.ViewOf(red);
  const verify::Offset r = verify::Seen(view, c.Center(red)),
                       b = verify::Seen(view, c.Center(blue));
  const Reading reading{{r.right_m - b.right_m, -(r.down_m - b.down_m), r.ahead_m - b.ahead_m}};
  const auto mentions = c.Mentions(std::vector<std::string_view>{"red", "blue"});

  verify::Truth truth;
  truth.told = StrCat(reading.Word(0), ", ", reading.Word(1), ", ", reading.Word(2));
  truth.numbers = {{.key = "right_m", .truth = reading.by_m[0]},
                   {.key = "up_m", .truth = reading.by_m[1]},
                   {.key = "far_m", .truth = reading.by_m[2]}};
  truth.value = [=](const Json& value) -> std::string {
    const Json* slots = value.Find("slots");
    if (!slots || !slots->IsArray()) return "no slots";
    std::vector<std::string> words;
    for (const Json& word : slots->AsArray())
      words.push_back(word.IsString() ? word.AsString() : "?");
    return SlotsHold(reading, words).value_or(false) ? "" : slots->Dump();
  };
  truth.right = [=](std::string_view text) -> std::optional<bool> {
    const auto slots = verify::ReadSlots(text, 3);
    return slots ? SlotsHold(reading, *slots) : std::nullopt;
  };
  truth.judge = [=](std::string_view question) -> std::optional<bool> {
    const auto claims = verify::Claims(verify::Tokens(question, mentions));
    if (claims.size() != 1) return std::nullopt;
    return ClaimHolds(reading, claims.front());
  };
  truth.sentence = [=](std::string_view answer) -> std::string {
    std::array<bool, 3> told{};
    for (const verify::Claim& claim : verify::Claims(verify::Tokens(answer, mentions))) {
      if (!ClaimHolds(reading, claim)) return std::string(answer);
      told[static_cast<size_t>(claim.axis)] = true;
    }
    for (size_t axis = 0; axis < 3; ++axis)
      if (!told[axis] && !reading.Word(axis).empty() && !reading.Holds(axis, 0))
        return StrCat("nothing of ", reading.Word(axis), ": ", answer);
    return "";
  };
  return truth;
}

}  // namespace

const CheckerInfo& CheckerInfo_obj_spatial_relation_oo() {
  static const CheckerInfo kInfo{.roles = {"red", "blue"},
                                 .marker = "bbox",
                                 .marked = {"red", "blue"},
                                 .num_images = 1,
                                 .formats = {"select", "sentence", "judge"},
                                 .symmetric_tail = true,
                                 .derive = Derive};
  return kInfo;
}

}  // namespace spatium
