#include "spatium/qa/fact.h"

namespace spatium {

std::string_view Name(Refusal refusal) {
  static constexpr std::array<std::string_view, kNumRefusals> kNames{"none",
                                                                     "structure",
                                                                     "too_small",
                                                                     "too_near",
                                                                     "too_far",
                                                                     "truncated",
                                                                     "mostly_hidden",
                                                                     "center_hidden",
                                                                     "marker_on_other",
                                                                     "pose_off",
                                                                     "fills_picture",
                                                                     "loose_box",
                                                                     "objects_overlap",
                                                                     "markers_too_close",
                                                                     "tie",
                                                                     "rounding_border",
                                                                     "dead_zone_border",
                                                                     "view_against_gravity",
                                                                     "no_overlap",
                                                                     "too_little_motion",
                                                                     "too_much_motion",
                                                                     "rolled",
                                                                     "turn_depends_on_reading",
                                                                     "no_room_for_options",
                                                                     "plural_label",
                                                                     "generic_label",
                                                                     "synonyms",
                                                                     "two_labels",
                                                                     "duplicate_boxes",
                                                                     "not_seen",
                                                                     "up_unknown",
                                                                     "balance",
                                                                     "quota"};
  return kNames[static_cast<size_t>(refusal)];
}

std::string_view Name(ObjectRole role) {
  switch (role) {
    case ObjectRole::kRed:
      return "red";
    case ObjectRole::kBlue:
      return "blue";
    case ObjectRole::kGreen:
      return "green";
    case ObjectRole::kTarget:
      return "target";
    case ObjectRole::kCounted:
      return "counted";
  }
  return {};
}

}  // namespace spatium
