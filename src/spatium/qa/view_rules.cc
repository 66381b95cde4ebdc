#include "spatium/qa/view_rules.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "spatium/geometry/trig.h"
#include "spatium/qa/limits.h"
#include "spatium/visibility/depth_owner.h"

namespace spatium {
namespace {

// The colour pixel that the marker is drawn at.
Pixel MarkerPixel(const QaFrame& frame, const SeenObject& seen) {
  return {seen.marker[0] * frame.size.width / 1000.0, seen.marker[1] * frame.size.height / 1000.0};
}

// Whether another thing may be what is seen at `p` rather than the marked one. What lies at the far
// side of its box, as the camera stands, is rather seen past it than a part of it: corners of an
// axis-aligned box around a turned thing are empty; little of that where it is much smaller than
// the marked one, a laptop on a desk whose lid stands there. Downwards it is only what the thing
// stands on: things turn about the vertical, and the base of a laptop is as low as its box.
bool Claims(const Aabb<frame::World>& box,
            const Aabb<frame::World>& marked,
            const Point<frame::World>& p,
            const Eigen::Vector3d& eye) {
  const bool small = box.volume() < limits::kSmallThing * marked.volume();
  for (int axis = 0; axis < 3; ++axis) {
    const double share = limits::kBackShare * (box.max[axis] - box.min[axis]);
    const double back = axis == 2 ? std::min(share, limits::kSupportDepth)
                        : small   ? std::min(share, limits::kSmallThingBack)
                                  : share;
    const double low = box.min[axis] + (eye[axis] > box.max[axis] ? back : 0);
    const double high = box.max[axis] - (eye[axis] < box.min[axis] ? back : 0);
    if (p.v[axis] < low || p.v[axis] > high) return false;
  }
  return true;
}

// Whether what is seen at `p` is what the thing stands on: the floor between the legs of a chair.
// A flat thing is as low as that itself.
bool StandsOn(const Aabb<frame::World>& thing, const Point<frame::World>& p) {
  return thing.size().z() > limits::kFlatThing && p.v.z() < thing.min.z() + limits::kSupportDepth;
}

enum class Probe { kOwn, kOther, kForeign, kUnmeasured };

// Whether a thing stands out from a wall, floor or ceiling whose box is a slab: then what is seen
// on the slab is not the thing, even where their boxes share a few millimetres. A door lies in its
// wall; and a room's walls under one label have a box around everything, which says nothing.
bool StandsBefore(const Aabb<frame::World>& thing, const Aabb<frame::World>& slab) {
  Eigen::Index thin = 0;
  return slab.size().minCoeff(&thin) < limits::kSlabThickness &&
         thing.size()(thin) > limits::kStandingOut;
}

// Whether what is seen at `p` may be `other` rather than the marked thing, in whose box it lies.
bool Takes(const QaObject& other,
           const QaObject& own,
           const Point<frame::World>& p,
           bool level,
           const Eigen::Vector3d& eye) {
  if (other.structure)
    return StandsBefore(own.box, other.box) && other.box.Contains(p, limits::kSlabMargin);
  const bool its_top = level && AtTop(other.box, p.v.z()) && !AtTop(own.box, p.v.z()) &&
                       other.box.Contains(p, kTopNoise_m);
  return its_top || (other.box.volume() < own.box.volume() && Claims(other.box, own.box, p, eye));
}

// What the depth map shows at a colour pixel, if the camera stood at `world_from_cam`.
Probe ProbeAt(const Frame& source,
              const Rigid<frame::World, frame::Cam<>>& world_from_cam,
              const std::vector<QaObject>& objects,
              int32_t object,
              const MetricDepth& depth,
              Pixel color_px) {
  const double x = (color_px.u - source.color.cx) / source.color.fx;
  const double y = (color_px.v - source.color.cy) / source.color.fy;
  const double u = std::floor(source.depth.fx * x + source.depth.cx);
  const double v = std::floor(source.depth.fy * y + source.depth.cy);
  if (!(u >= 0 && v >= 0 && u < depth.width() && v < depth.height())) return Probe::kUnmeasured;
  const double z = *depth.at(static_cast<int>(u), static_cast<int>(v));
  if (!(z > 0)) return Probe::kUnmeasured;
  const Point<frame::Cam<>> in_cam{{x * z, y * z, z}};
  const Point<frame::World> p = world_from_cam * in_cam;
  const QaObject& own = objects[static_cast<size_t>(object)];
  if (!own.box.Contains(p, limits::kSurfaceTolerance)) return Probe::kForeign;
  if (StandsOn(own.box, p)) return Probe::kOther;
  const bool level =
      !IsSteep(source, world_from_cam.R, depth, static_cast<int>(u), static_cast<int>(v));
  for (const QaObject& other : objects)
    if (&other != &own && Takes(other, own, p, level, world_from_cam.t)) return Probe::kOther;
  return Probe::kOwn;
}

Refusal ProbeUnder(const Rigid<frame::World, frame::Cam<>>& world_from_cam,
                   const Frame& source,
                   const QaFrame& frame,
                   const std::vector<QaObject>& objects,
                   const SeenObject& seen,
                   const MetricDepth& depth) {
  const Pixel center = MarkerPixel(frame, seen);
  const Probe middle = ProbeAt(source, world_from_cam, objects, seen.object, depth, center);
  if (middle == Probe::kOther) return Refusal::kMarkerOnOther;
  if (middle == Probe::kForeign) return Refusal::kCenterHidden;
  // Around the marker one sample of four may miss (an edge, a hole in the depth map), but one only
  // where nothing was measured at the centre itself.
  constexpr int kRing = 8;
  const double radius = limits::kMarkerRadius * frame.size.width;
  int own = 0;
  for (int i = 0; i < kRing; ++i) {
    const SinCosValue turn = SinCos(2 * std::numbers::pi * i / kRing);
    const Pixel px{center.u + radius * turn.cos, center.v + radius * turn.sin};
    if (ProbeAt(source, world_from_cam, objects, seen.object, depth, px) == Probe::kOwn) ++own;
  }
  return own >= (middle == Probe::kUnmeasured ? kRing - 1 : kRing * 3 / 4) ? Refusal::kNone
                                                                           : Refusal::kCenterHidden;
}

}  // namespace

Refusal ProbeMarker(const Frame& source,
                    const QaFrame& frame,
                    const std::vector<QaObject>& objects,
                    const SeenObject& seen,
                    const MetricDepth& depth) {
  if (depth.empty()) return Refusal::kNone;
  const auto under = [&](const Rigid<frame::Cam<>, frame::World>& cam_from_world) {
    return ProbeUnder(Inverse(cam_from_world), source, frame, objects, seen, depth);
  };
  const Refusal own = under(frame.cam_from_world);
  if (own != Refusal::kNone) return own;
  if (!frame.seen_from_world) return Refusal::kNone;
  const auto moved = source.color.Project(*frame.seen_from_world *
                                          objects[static_cast<size_t>(seen.object)].center);
  const double du = moved ? moved->u - seen.center_px.u : frame.size.width;
  const double dv = moved ? moved->v - seen.center_px.v : frame.size.height;
  if (std::sqrt(du * du + dv * dv) <= limits::kPoseMarker * frame.size.width) return Refusal::kNone;
  return under(*frame.seen_from_world) == Refusal::kNone ? Refusal::kNone : Refusal::kPoseOff;
}

namespace {

Refusal JudgeCommon(const ViewEvidence& e, const SeenObject& seen) {
  const double image_area = double(e.frame->size.width) * e.frame->size.height;
  if (e.object->structure) return Refusal::kStructure;
  if (e.by_surfaces && std::abs(e.by_surfaces->depth_m - seen.depth_m) >
                           std::max(limits::kPoseDepth, limits::kPoseDepthShare * seen.depth_m))
    return Refusal::kPoseOff;
  if (seen.depth_m < limits::kMinDepth) return Refusal::kTooNear;
  if (seen.depth_m > limits::kMaxDepth) return Refusal::kTooFar;
  if (static_cast<double>(e.view->visible_px) < limits::kMinVisibleArea * image_area)
    return Refusal::kTooSmall;
  return Refusal::kNone;
}

Refusal JudgePoint(const ViewEvidence& e, const SeenObject& seen) {
  if (e.frame->pose_off) return Refusal::kPoseOff;
  if (!e.view->center_in_view) return Refusal::kCenterHidden;
  const double border = 1000 * limits::kBorder;
  for (const int coordinate : seen.marker)
    if (coordinate < border || coordinate > 1000 - border) return Refusal::kTruncated;
  if (e.view->truncated_fraction > limits::kPointTruncated) return Refusal::kTruncated;
  const double inside = 1 - e.view->truncated_fraction;
  if (e.view->visible_fraction < limits::kPointUnhidden * inside) return Refusal::kMostlyHidden;
  // A mesh knows what is seen there; boxes and the depth map only make it likely.
  if (e.surface == Refusal::kNone && e.view->center_on_object == false)
    return Refusal::kMarkerOnOther;
  return e.surface;
}

// Intersection over union.
double Iou(const PixelBox& a, const PixelBox& b) {
  const double width = std::min(a.x1, b.x1) - std::max(a.x0, b.x0);
  const double height = std::min(a.y1, b.y1) - std::max(a.y0, b.y0);
  if (width <= 0 || height <= 0) return 0;
  return width * height / (a.area() + b.area() - width * height);
}

PixelBox InPixels(const std::array<double, 4>& exact, ImageSize size) {
  const double u = size.width / 1000.0, v = size.height / 1000.0;
  return {exact[0] * u, exact[1] * v, exact[2] * u, exact[3] * v};
}

// How much of the projected box and that of the visible part is both.
double Tightness(const ViewEvidence& e, const SeenObject& seen) {
  if (!e.view->box_visible) return 1;
  return Iou(InPixels(seen.box_exact, e.frame->size), *e.view->box_visible);
}

// How much of the projected box and of where the other frames' surfaces put it is both.
double PoseIou(const ViewEvidence& e, const SeenObject& seen) {
  if (!e.by_surfaces) return 1;
  return Iou(InPixels(seen.box_exact, e.frame->size),
             InPixels(e.by_surfaces->box_exact, e.frame->size));
}

// What a box needs: the least that is not hidden, the most that is cut off, the least tightness,
// the least that is common with where the other frames put it.
struct BoxNeeds {
  double unhidden, truncated, tightness, pose;
};
constexpr BoxNeeds kMarkNeeds{
    limits::kBoxUnhidden, limits::kBoxTruncated, limits::kBoxTightness, limits::kPoseBoxIou};
constexpr BoxNeeds kMatchNeeds{limits::kMatchUnhidden,
                               limits::kMatchTruncated,
                               limits::kMatchTightness,
                               limits::kPoseMatchIou};

Refusal JudgeBox(const ViewEvidence& e, const SeenObject& seen, const BoxNeeds& needs) {
  if (!e.projects) return Refusal::kTruncated;
  const double width = (seen.box_exact[2] - seen.box_exact[0]) / 1000;
  const double height = (seen.box_exact[3] - seen.box_exact[1]) / 1000;
  if (width < limits::kMinBoxSide || height < limits::kMinBoxSide) return Refusal::kTooSmall;
  if (width * height > limits::kMaxBoxArea) return Refusal::kFillsPicture;
  if (PoseIou(e, seen) < needs.pose) return Refusal::kPoseOff;
  if (e.view->truncated_fraction > needs.truncated) return Refusal::kTruncated;
  if (e.view->visible_fraction < needs.unhidden * (1 - e.view->truncated_fraction))
    return Refusal::kMostlyHidden;
  return Tightness(e, seen) < needs.tightness ? Refusal::kLooseBox : Refusal::kNone;
}

}  // namespace

void JudgeView(const ViewEvidence& e, SeenObject& seen) {
  const Refusal common = JudgeCommon(e, seen);
  const auto judge = [&](Refusal& use, Refusal own) {
    if (use == Refusal::kNone) use = common != Refusal::kNone ? common : own;
  };
  seen.visible_fraction = std::min(seen.visible_fraction, e.view->visible_fraction);
  seen.truncated_fraction = std::max(seen.truncated_fraction, e.view->truncated_fraction);
  judge(seen.as_point, JudgePoint(e, seen));
  const Refusal box = JudgeBox(e, seen, kMarkNeeds);
  judge(seen.as_box, box);
  // A boxed object's relation is that of its centre, which must then be in view as well.
  judge(seen.as_centered_box,
        box != Refusal::kNone     ? box
        : !e.view->center_in_view ? Refusal::kCenterHidden
                                  : Refusal::kNone);
  judge(seen.as_match, JudgeBox(e, seen, kMatchNeeds));
}

}  // namespace spatium
