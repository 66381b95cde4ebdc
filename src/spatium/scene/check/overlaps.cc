#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/geometry/box_overlap.h"
#include "spatium/scene/check/context.h"

namespace spatium {
namespace {

constexpr double kSameThing = 0.5;    // IoU from which two boxes are taken for one thing
constexpr double kIntersects = 0.35;  // share of the smaller box's volume
constexpr double kInside = 0.9;       // from here on the smaller thing lies in the larger one

}  // namespace

void CheckOverlaps(const CheckContext& context, std::vector<Problem>& problems) {
  const auto& objects = context.scene.objects;
  for (size_t i = 0; i < objects.size(); ++i) {
    for (size_t j = i + 1; j < objects.size(); ++j) {
      const Object &a = objects[i], &b = objects[j];
      const double shared = IntersectionVolume(a.box, b.box);
      if (!(shared > 0)) continue;
      const double smaller = std::min(a.box.volume(), b.box.volume());
      const double iou = Iou3d(a.box, b.box);
      const std::string where = StrCat(PlaceOf(a), ", ", PlaceOf(b));
      const std::string iou_text = StrCat("their boxes have IoU ", FormatFixed(iou, 2));
      if (iou >= kSameThing && a.category != b.category)
        problems.push_back({Severity::kWarning,
                            "two_labels",
                            where,
                            StrCat(iou_text, ": one thing with two labels?")});
      else if (iou >= kSameThing)
        problems.push_back({Severity::kWarning,
                            "duplicate_object",
                            where,
                            StrCat(iou_text, " and one category: annotated twice?")});
      else if (!IsStructure(a) && !IsStructure(b) && shared >= kIntersects * smaller &&
               shared < kInside * smaller)
        problems.push_back(
            {Severity::kNote,
             "intersects",
             where,
             StrCat(
                 "they share ", FormatFixed(100 * shared / smaller, 0), " % of the smaller box")});
    }
  }
}

}  // namespace spatium
