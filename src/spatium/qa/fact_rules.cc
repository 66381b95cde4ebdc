#include "spatium/qa/fact_rules.h"

#include <algorithm>
#include <cmath>

#include "spatium/base/check.h"
#include "spatium/base/hash.h"
#include "spatium/qa/limits.h"
#include "spatium/relations/measure.h"

namespace spatium {
namespace {

constexpr std::array<std::string_view, 3> kPointFields{"red_point", "blue_point", "green_point"};
constexpr std::array<std::string_view, 3> kBoxFields{"red_bbox", "blue_bbox", "green_bbox"};

// The share of what `from` shows that lies in the field of view of `in`.
double ShareIn(const QaFrame& from, const QaFrame& in) {
  int inside = 0;
  for (const Point<frame::World>& p : from.surface) {
    const auto px = in.camera.Project(in.cam_from_world * p);
    inside += px && in.camera.Contains(*px);
  }
  return static_cast<double>(inside) / static_cast<double>(from.surface.size());
}

}  // namespace

uint64_t FactKey(const QaScene& scene,
                 std::string_view task,
                 std::initializer_list<int32_t> frames,
                 std::initializer_list<int32_t> objects,
                 std::string_view extra) {
  std::string text;
  text.reserve(128);
  text += scene.id;
  text += '|';
  text += task;
  for (const int32_t frame : frames) {
    text += '|';
    text += scene.frames[static_cast<size_t>(frame)].name;
  }
  for (const int32_t object : objects) {
    text += '#';
    AppendInt(text, scene.objects[static_cast<size_t>(object)].id.value);
  }
  text += '|';
  text += extra;
  return Hash64(text);
}

RandomStream FactStream(const QaScene& scene, uint64_t seed, std::string_view task, uint64_t key) {
  return RandomStream(seed, {"qa", scene.id, task, "fact", Hex(key)});
}

void UsableViews(const QaFrame& frame,
                 ViewUse use,
                 FactList& out,
                 std::vector<const SeenObject*>& usable) {
  usable.clear();
  for (const SeenObject& seen : frame.seen) {
    const Refusal refusal = use == ViewUse::kPoint ? seen.as_point : seen.as_centered_box;
    if (refusal == Refusal::kNone) {
      usable.push_back(&seen);
    } else {
      out.Refuse(refusal);
    }
  }
}

Refusal CheckMarkerPair(const QaScene& scene,
                        const QaFrame& frame,
                        const SeenObject& a,
                        const SeenObject& b) {
  if (scene.SameThing(a.object, b.object)) return Refusal::kObjectsOverlap;
  const double du = a.center_px.u - b.center_px.u, dv = a.center_px.v - b.center_px.v;
  const double gap = limits::kMinMarkerGap * frame.size.width;
  return du * du + dv * dv < gap * gap ? Refusal::kMarkersTooClose : Refusal::kNone;
}

Refusal CheckBoxPair(const QaScene& scene, const SeenObject& a, const SeenObject& b) {
  if (scene.SameThing(a.object, b.object) || scene.Inside(a.object, b.object))
    return Refusal::kObjectsOverlap;
  return BoxIou(a.box, b.box) > limits::kMaxBoxIou ? Refusal::kMarkersTooClose : Refusal::kNone;
}

double BoxIou(const std::array<int, 4>& a, const std::array<int, 4>& b) {
  const auto area = [](const std::array<int, 4>& box) {
    return double(box[2] - box[0]) * (box[3] - box[1]);
  };
  const double width = std::min(a[2], b[2]) - std::max(a[0], b[0]);
  const double height = std::min(a[3], b[3]) - std::max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  return width * height / (area(a) + area(b) - width * height);
}

Refusal CheckMotion(const QaFrame& first, const QaFrame& second) {
  const Motion motion = MotionBetween(first.cam_from_world, second.cam_from_world);
  const double moved = std::sqrt(motion.moved.right_m * motion.moved.right_m +
                                 motion.moved.up_m * motion.moved.up_m +
                                 motion.moved.forward_m * motion.moved.forward_m);
  const double turned = std::max(std::abs(motion.yaw_right_deg), std::abs(motion.pitch_up_deg));
  if (moved > limits::kMaxMove || turned > limits::kMaxTurnDeg) return Refusal::kTooMuchMotion;
  if (moved < limits::kMinMove && turned < limits::kMinTurnDeg) return Refusal::kTooLittleMotion;
  return Refusal::kNone;
}

bool Overlap(const QaFrame& a, const QaFrame& b) {
  if (!a.surface.empty() && !b.surface.empty())
    return ShareIn(a, b) >= limits::kMinOverlap && ShareIn(b, a) >= limits::kMinOverlap;
  int shared = 0;
  for (const SeenObject& seen : a.seen) shared += b.Find(seen.object) != nullptr;
  return shared >= limits::kMinSharedObjects;
}

bool NearRounding(double value, double step, double margin) {
  return RoundingMargin(value, step) < margin;
}

MarkedNames::MarkedNames(const QaScene& scene, const Fact& fact, std::string_view kind) {
  for (uint8_t i = 0; i < fact.num_objects; ++i) {
    const FactObject& part = fact.object[i];
    const auto role = static_cast<size_t>(part.role);
    if (role >= text_.size()) continue;
    const QaObject& object = scene.objects[static_cast<size_t>(part.object)];
    std::string& text = text_[role];
    text.append(object.name).append(" (").append(Name(part.role)).append(" ").append(kind) += ')';
    Add({Name(part.role), text, object.plural});
  }
}

const SeenObject& ViewOf(const QaScene& scene, const Fact& fact, const FactObject& object) {
  const int32_t frame = fact.frame[object.frame];
  const SeenObject* seen = scene.frames[static_cast<size_t>(frame)].Find(object.object);
  SPATIUM_CHECK(seen != nullptr) << "fact about an object that is not seen";
  return *seen;
}

void AddPointMarkers(const QaScene& scene, const Fact& fact, Question& out) {
  for (uint8_t i = 0; i < fact.num_objects; ++i) {
    const FactObject& part = fact.object[i];
    const SeenObject& seen = ViewOf(scene, fact, part);
    out.markers.push_back({.field = kPointFields[static_cast<size_t>(part.role)],
                           .size = 2,
                           .values = {seen.marker[0], seen.marker[1], 0, 0}});
    out.objects.push_back(part);
  }
}

void AddBoxMarkers(const QaScene& scene, const Fact& fact, Question& out) {
  for (uint8_t i = 0; i < fact.num_objects; ++i) {
    const FactObject& part = fact.object[i];
    const SeenObject& seen = ViewOf(scene, fact, part);
    if (part.role != ObjectRole::kTarget)
      out.markers.push_back(
          {.field = kBoxFields[static_cast<size_t>(part.role)], .size = 4, .values = seen.box});
    out.objects.push_back(part);
  }
}

}  // namespace spatium
