#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/qa/verify/findings.h"
#include "spatium/qa/verify/record.h"
#include "spatium/qa/verify/source_scene.h"
#include "spatium/qa/verify/surface.h"
#include "spatium/qa/verify/text.h"

namespace spatium {
namespace verify {

// Lengths and angles printed with one decimal or in whole steps are right if the truth rounds to
// them; a truth within this of a border may be printed either way.
inline constexpr double kRoundingSlack = 2e-4;
// Numbers of provenance are rounded to at least three decimals.
inline constexpr double kPrintSlack = 6e-4;

// An object that a record speaks of, found in the source scene.
struct Shown {
  std::string role;                 // "red", "target", ...
  size_t object_idx = 0;            // in the scene
  size_t image_idx = 0;             // in the record
  bool marked = false;              // a point or a box shows it
  std::vector<std::string> labels;  // names that fit it
};

// A record laid beside its source scene.
struct Case {
  const Record& record;
  std::string_view format;  // "fill", "select", "sentence", "judge"
  const SourceScene& source;
  std::vector<size_t> frames;  // of the scene, one per image
  std::vector<Shown> shown;

  const Shown* Find(std::string_view role) const;
  const View& ViewOf(const Shown& object) const { return source.view(frames[object.image_idx]); }
  const Object& ObjectOf(const Shown& object) const {
    return source.scene().objects[object.object_idx];
  }
  Vec Center(const Shown& object) const { return CenterOf(ObjectOf(object)); }
  // Objects 0, 1, ... of Tokens(): the given roles.
  std::vector<Mentionable> Mentions(std::span<const std::string_view> roles) const;
};

// A number that provenance's "value" must hold.
struct ValueNumber {
  std::string_view key;
  double truth = 0;
  double slack = kPrintSlack;
};

// What the scene says about a record. The functions look at texts; `nullopt` and "" stand for
// "cannot be read as an answer" and "nothing is wrong".
struct Truth {
  std::string told;  // the truth in words, for messages
  std::vector<ValueNumber> numbers;
  // What is wrong with provenance's value beyond the numbers, and with the value of one option.
  std::function<std::string(const Json& value)> value;
  std::function<std::optional<bool>(std::string_view option)> right;  // a fill answer, an option
  // What else is wrong with a fill answer or the option that is chosen, where `right` is lenient
  // for the sake of options: two that mean the same are both right.
  std::function<std::string(std::string_view answer)> exact;
  std::function<std::string(std::string_view answer)> sentence;
  std::function<std::string(std::string_view question)> question;
  std::function<std::optional<bool>(std::string_view question)> judge;  // is what it asks so?
  // An answer that is a box of the picture: to be found on this object there.
  std::optional<PixelClaim> answer_box;
};

}  // namespace verify

// How the answers of one task are derived again: qa/verify/checkers/x.cc defines
// `const CheckerInfo& CheckerInfo_x()` for the records of type x.
struct CheckerInfo {
  std::vector<std::string_view> roles;   // objects that a record names, in slot order
  std::string_view marker;               // "point", "bbox" or "": how they are marked
  std::vector<std::string_view> marked;  // the roles that carry a marker
  std::optional<size_t> num_images;      // none: any number
  std::vector<std::string_view> formats;
  // Roles that may be exchanged without asking anything else: pairs of indices of `roles`.
  bool symmetric_tail = false;  // the last two roles
  verify::Truth (*derive)(const verify::Case& c);
};
struct CheckerEntry {
  std::string_view name;
  const CheckerInfo& (*info)();
};
std::span<const CheckerEntry> Checkers();
const CheckerInfo* FindChecker(std::string_view task);  // null if nobody knows it

}  // namespace spatium
