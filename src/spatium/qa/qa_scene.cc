#include "spatium/qa/qa_scene.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "spatium/base/json.h"
#include "spatium/base/parallel.h"
#include "spatium/base/text.h"
#include "spatium/geometry/projection.h"
#include "spatium/qa/categories.h"
#include "spatium/qa/limits.h"
#include "spatium/qa/view_rules.h"
#include "spatium/qa/wording/language.h"
#include "spatium/qa/wording/phrase.h"
#include "spatium/relations/measure.h"

namespace spatium {
namespace {

constexpr int kLengthDecimals = 6;
constexpr int kRotationDecimals = 9;

double Rounded(double value, int decimals) {
  double scale = 1;
  for (int i = 0; i < decimals; ++i) scale *= 10;
  return std::round(value * scale) / scale;
}

template <class Values>
std::string NumbersJson(const Values& values, int decimals) {
  std::string out = "[";
  for (const double value : values) {
    if (out.size() > 1) out += ',';
    AppendNumber(out, value, decimals);
  }
  return out + "]";
}

std::string Quoted(std::string_view text) { return Json(text).Dump(); }

QaObject MakeObject(const Object& source) {
  QaObject object;
  object.id = source.id;
  object.name = CleanLabel(source.label);
  object.plural = IsPlural(object.name);
  object.structure = IsStructureLabel(object.name) || IsStructureLabel(CleanLabel(source.category));
  for (int i = 0; i < 3; ++i) {
    object.box.min[i] = Rounded(source.box.min[i], kLengthDecimals);
    object.box.max[i] = Rounded(source.box.max[i], kLengthDecimals);
    object.center.v[i] = Rounded((object.box.min[i] + object.box.max[i]) / 2, kLengthDecimals);
  }
  const auto& [lo, hi] = std::tie(object.box.min, object.box.max);
  object.json = StrCat(
      "\"id\":",
      object.id.value,
      ",\"label\":",
      Quoted(object.name),
      ",\"center_world\":",
      NumbersJson(object.center.v, kLengthDecimals),
      ",\"aabb_world\":",
      NumbersJson(std::array{lo.x(), lo.y(), lo.z(), hi.x(), hi.y(), hi.z()}, kLengthDecimals));
  return object;
}

QaFrame MakeFrame(const std::string& scene_id, const Frame& source, int32_t index) {
  QaFrame frame;
  frame.name = source.name;
  frame.source = index;
  frame.size = source.color.size;
  frame.camera = source.color;
  std::array<double, 16> pose{};
  pose[15] = 1;
  for (int row = 0; row < 3; ++row) {
    for (int col = 0; col < 3; ++col) {
      double& r = frame.cam_from_world.R(row, col);
      r = Rounded(source.cam_from_world.R(row, col), kRotationDecimals);
      pose[static_cast<size_t>(row * 4 + col)] = r;
    }
    double& t = frame.cam_from_world.t[row];
    t = Rounded(source.cam_from_world.t[row], kLengthDecimals);
    pose[static_cast<size_t>(row * 4 + 3)] = t;
  }
  const Pinhole& k = source.color;
  frame.name_json = Quoted(source.name);
  frame.color_json = Quoted(StrCat(scene_id, "/", ColorFileName(source)));
  if (!source.depth_path.empty())
    frame.depth_json = Quoted(StrCat(scene_id, "/", DepthFileName(source)));
  frame.size_json = StrCat("[", k.size.width, ",", k.size.height, "]");
  frame.k_json = NumbersJson(std::array{k.fx, k.fy, k.cx, k.cy}, kLengthDecimals);
  frame.pose_json = NumbersJson(pose, kRotationDecimals);
  return frame;
}

// The bounds of the projected box, cut at the near plane and at the picture's border, 0..1000.
// Nothing if none of it is in front of the camera.
std::optional<std::array<double, 4>> MeasureBox(
    const Pinhole& camera,
    const Rigid<frame::Cam<>, frame::World>& cam_from_world,
    const QaObject& object) {
  const auto bounds = BoundsOf(ProjectBox(camera, cam_from_world, object.box));
  if (!bounds) return std::nullopt;
  const auto scale = [](double value, int size) {
    return std::clamp(value / size, 0.0, 1.0) * 1000;
  };
  return std::array{scale(bounds->x0, camera.size.width),
                    scale(bounds->y0, camera.size.height),
                    scale(bounds->x1, camera.size.width),
                    scale(bounds->y1, camera.size.height)};
}

// The numbers of one view. False if the centre does not project.
bool MeasureView(const Frame& source,
                 const QaFrame& frame,
                 const QaObject& object,
                 SeenObject& seen,
                 bool& projects) {
  const auto px = source.color.Project(frame.cam_from_world * object.center);
  if (!px) return false;
  seen.center_px = *px;
  seen.depth_m = DepthFrom(frame.cam_from_world, object.center);
  seen.distance_m = DistanceFrom(frame.cam_from_world, object.center);
  const auto to_1000 = [](double value, int size) {
    return static_cast<int>(std::lround(std::clamp(value / size, -1.0, 2.0) * 1000));
  };
  seen.marker = {to_1000(px->u, frame.size.width), to_1000(px->v, frame.size.height)};
  const auto box = MeasureBox(source.color, frame.cam_from_world, object);
  projects = box.has_value();
  if (box) {
    seen.box_exact = *box;
    for (size_t i = 0; i < 4; ++i) seen.box[i] = static_cast<int>(std::lround((*box)[i]));
  }
  return true;
}

// The pose by the other frames' surfaces, rounded as poses are.
void JudgePose(const Frame& source,
               const MetricDepth& depth,
               const std::vector<SurfacePoints>& surfaces,
               size_t self,
               QaFrame& frame) {
  frame.seen_from_world = PoseBySurfaces(depth, source.depth, frame.cam_from_world, surfaces, self);
  if (!frame.seen_from_world) return;
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j)
      frame.seen_from_world->R(i, j) = Rounded(frame.seen_from_world->R(i, j), kRotationDecimals);
    frame.seen_from_world->t[i] = Rounded(frame.seen_from_world->t[i], kLengthDecimals);
  }
  const PoseShift shift =
      ShiftBetween(frame.cam_from_world, *frame.seen_from_world, source.color, surfaces[self]);
  frame.pose_off = Rounded(shift.share_of_width, 4) >= limits::kPoseFrame;
}

ViewEvidence::BySurfaces ViewUnder(const Rigid<frame::Cam<>, frame::World>& cam_from_world,
                                   const Frame& source,
                                   const QaObject& object) {
  return {.depth_m = DepthFrom(cam_from_world, object.center),
          .box_exact =
              MeasureBox(source.color, cam_from_world, object).value_or(std::array<double, 4>{})};
}

Result<void> FillFrame(const Scene& scene,
                       std::span<const Visibility> visibility,
                       const DepthSource& depth_source,
                       const std::vector<SurfacePoints>& surfaces,
                       const QaScene& qa,
                       size_t index,
                       QaFrame& frame) {
  const Frame& source = scene.frames[static_cast<size_t>(frame.source)];
  SPATIUM_TRY(const MetricDepth depth, depth_source(source));
  JudgePose(source, depth, surfaces, index, frame);
  for (const ObjectView& view : visibility.front().InFrame(frame.source)) {
    const auto it = std::ranges::lower_bound(qa.objects, view.object, {}, &QaObject::id);
    if (it == qa.objects.end() || it->id != view.object) continue;
    SeenObject seen;
    seen.object = static_cast<int32_t>(it - qa.objects.begin());
    ViewEvidence evidence{.frame = &frame, .object = &*it};
    if (!MeasureView(source, frame, *it, seen, evidence.projects)) continue;
    if (view.center_in_view) evidence.surface = ProbeMarker(source, frame, qa.objects, seen, depth);
    if (frame.seen_from_world)
      evidence.by_surfaces = ViewUnder(*frame.seen_from_world, source, *it);
    for (const Visibility& witness : visibility) {
      static constexpr ObjectView kNotSeen;
      const ObjectView* found = witness.Find(frame.source, view.object);
      evidence.view = found != nullptr ? found : &kNotSeen;
      JudgeView(evidence, seen);
    }
    frame.seen.push_back(seen);
  }
  std::ranges::sort(frame.seen, {}, &SeenObject::object);
  return {};
}

void CompareObjects(QaScene& qa) {
  const size_t n = qa.objects.size();
  qa.same_thing.assign(n * n, 0);
  qa.inside.assign(n * n, 0);
  for (size_t a = 0; a < n; ++a) {
    for (size_t b = 0; b < n; ++b) {
      if (a == b) continue;
      const auto &box_a = qa.objects[a].box, &box_b = qa.objects[b].box;
      const Eigen::Vector3d lo = box_a.min.cwiseMax(box_b.min), hi = box_a.max.cwiseMin(box_b.max);
      const double shared = (hi - lo).cwiseMax(0.0).prod();
      const double all = box_a.volume() + box_b.volume() - shared;
      qa.same_thing[a * n + b] = all > 0 && shared / all > limits::kMaxIou;
      qa.inside[a * n + b] =
          box_a.Contains(qa.objects[b].center) || box_b.Contains(qa.objects[a].center);
    }
  }
}

// min(32, N) frames, evenly from the first to the last.
void ChooseVideo(const Scene& scene, QaScene& qa) {
  const int64_t total = static_cast<int64_t>(qa.frames.size());
  const int64_t n = std::min<int64_t>(limits::kVideoFrames, total);
  for (int64_t i = 0; i < n; ++i) {
    const int64_t index = n == 1 ? 0 : (2 * i * (total - 1) + (n - 1)) / (2 * (n - 1));
    const QaFrame& frame = qa.frames[static_cast<size_t>(index)];
    const Frame& source = scene.frames[static_cast<size_t>(frame.source)];
    const auto position = static_cast<size_t>(i);
    qa.video.push_back(static_cast<int32_t>(index));
    qa.video_color_json.push_back(Quoted(StrCat(qa.id, "/", VideoColorFileName(source, position))));
    if (!source.depth_path.empty())
      qa.video_depth_json.push_back(
          Quoted(StrCat(qa.id, "/", VideoDepthFileName(source, position))));
  }
}

std::string Extension(const std::string& path) {
  const std::string extension = Path(path).extension().string();
  return extension.empty() ? ".jpg" : extension;
}

}  // namespace

const SeenObject* QaFrame::Find(int32_t object) const {
  const auto it = std::ranges::lower_bound(seen, object, {}, &SeenObject::object);
  return it != seen.end() && it->object == object ? &*it : nullptr;
}

std::string ColorFileName(const Frame& frame) {
  return StrCat("image_color/", frame.name, Extension(frame.color_path));
}
std::string DepthFileName(const Frame& frame) {
  return StrCat("image_depth/", frame.name, Extension(frame.depth_path));
}
std::string VideoColorFileName(const Frame& frame, size_t position) {
  return StrCat("video_color/frame", position, "_", frame.name, Extension(frame.color_path));
}
std::string VideoDepthFileName(const Frame& frame, size_t position) {
  return StrCat("video_depth/frame", position, "_", frame.name, Extension(frame.depth_path));
}

Result<QaScene> BuildQaScene(const Scene& scene,
                             std::span<const Visibility> visibility,
                             const DepthSource& depth,
                             unsigned threads) {
  QaScene qa;
  qa.id = scene.id;
  qa.dataset = scene.dataset;
  qa.aligned = scene.aligned;
  for (const Object& object : scene.objects) qa.objects.push_back(MakeObject(object));
  for (size_t i = 0; i < scene.frames.size(); ++i)
    if (!scene.frames[i].color_path.empty())
      qa.frames.push_back(MakeFrame(scene.id, scene.frames[i], static_cast<int32_t>(i)));
  CompareObjects(qa);
  const auto for_each_frame = [&](const auto& fill) -> Result<void> {
    std::vector<std::optional<Error>> errors(qa.frames.size());
    ParallelFor(qa.frames.size(), threads, [&](size_t i) {
      if (auto filled = fill(i, qa.frames[i]); !filled) errors[i] = std::move(filled).error();
    });
    for (auto& error : errors)
      if (error) return std::move(*error);
    return {};
  };
  // All surfaces first: a frame's pose is judged by the others'.
  std::vector<SurfacePoints> surfaces(qa.frames.size());
  SPATIUM_TRY_DO(for_each_frame([&](size_t i, const QaFrame& frame) -> Result<void> {
    const Frame& source = scene.frames[static_cast<size_t>(frame.source)];
    SPATIUM_TRY(const MetricDepth map, depth(source));
    surfaces[i] = SampleSurface(map, source.depth, frame.cam_from_world);
    return {};
  }));
  SPATIUM_TRY_DO(for_each_frame([&](size_t i, QaFrame& frame) {
    return FillFrame(scene, visibility, depth, surfaces, qa, i, frame);
  }));
  for (size_t i = 0; i < surfaces.size(); ++i) qa.frames[i].surface = std::move(surfaces[i]);
  ChooseVideo(scene, qa);
  qa.categories = FindCategories(qa);
  for (const QaCategory& category : qa.categories)
    qa.categories_json.push_back(Quoted(category.name));
  return qa;
}

}  // namespace spatium
