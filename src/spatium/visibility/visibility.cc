#include "spatium/visibility/visibility.h"

#include <algorithm>

#include "spatium/visibility/project.h"

namespace spatium {

bool IsVisible(const ObjectView& view, ImageSize image) {
  return view.visible_fraction >= kVisibleMinFraction &&
         static_cast<double>(view.visible_px) >= kVisibleMinImageShare * image.width * image.height;
}

ObjectView CenterView(const Frame& frame, int frame_idx, const Object& object) {
  ObjectView view;
  view.frame_idx = frame_idx;
  view.object = object.id;
  const auto center = frame.cam_from_world * object.box.center();
  view.center_depth_m = RoundTo(center.v.z(), 4);
  if (const auto pixel = ViewCamera(frame).Project(center)) {
    view.center_px = Pixel{RoundTo(pixel->u, 2), RoundTo(pixel->v, 2)};
    view.center_in_view = ViewCamera(frame).Contains(*view.center_px);
  }
  return view;
}

std::span<const ObjectView> Visibility::InFrame(int frame_idx) const {
  const auto begin =
      std::lower_bound(views.begin(), views.end(), frame_idx, [](const ObjectView& v, int f) {
        return v.frame_idx < f;
      });
  const auto end = std::upper_bound(
      begin, views.end(), frame_idx, [](int f, const ObjectView& v) { return f < v.frame_idx; });
  return {begin, end};
}

const ObjectView* Visibility::Find(int frame_idx, ObjectId object) const {
  const auto in_frame = InFrame(frame_idx);
  const auto it = std::lower_bound(
      in_frame.begin(), in_frame.end(), object, [](const ObjectView& v, ObjectId o) {
        return v.object < o;
      });
  return it != in_frame.end() && it->object == object ? &*it : nullptr;
}

}  // namespace spatium
