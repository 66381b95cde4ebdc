#include "spatium/scene/scene_json.h"

#include <cmath>
#include <limits>

#include "spatium/base/text.h"

namespace spatium {
namespace {

constexpr std::string_view kFormat = "spatium-scene";
constexpr int kVersion = 1;
constexpr int64_t kMaxImageSide = 1 << 20;

Json Numbers(const double* values, size_t n) {
  return Json(std::vector<double>(values, values + n));
}

Json CameraJson(const Pinhole& camera) {
  const double values[] = {static_cast<double>(camera.size.width),
                           static_cast<double>(camera.size.height),
                           camera.fx,
                           camera.fy,
                           camera.cx,
                           camera.cy};
  return Numbers(values, 6);
}

Json PoseJson(const Rigid<frame::Cam<>, frame::World>& pose) {
  std::vector<double> m;
  for (int r = 0; r < 3; ++r) {
    for (int c = 0; c < 3; ++c) m.push_back(pose.R(r, c));
    m.push_back(pose.t[r]);
  }
  m.insert(m.end(), {0, 0, 0, 1});
  return Json(m);
}

Json BoxJson(const Aabb<frame::World>& box) {
  return Json(std::vector<double>{
      box.min.x(), box.min.y(), box.min.z(), box.max.x(), box.max.y(), box.max.z()});
}

// "axes": the box's x axis in World, then its y and z axes.
Json ObbJson(const std::optional<Obb<frame::World>>& obb) {
  if (!obb) return Json();
  return Json::MakeObject({{"center", Numbers(obb->f_from_object.t.data(), 3)},
                           {"half", Numbers(obb->half.data(), 3)},
                           {"axes", Numbers(obb->f_from_object.R.data(), 9)}});
}

Json ObjectJson(const Object& object) {
  return Json::MakeObject({{"id", object.id.value},
                           {"label", object.label},
                           {"category", object.category},
                           {"aabb", BoxJson(object.box)},
                           {"obb", ObbJson(object.obb)}});
}

Json OutlineJson(const Scene& scene) {
  if (scene.outline.empty()) return Json();
  Json outline = Json::MakeArray();
  for (const auto& p : scene.outline) outline.Push(Numbers(p.data(), 2));
  return outline;
}

Json FrameJson(const Frame& frame) {
  Json out = Json::MakeObject({{"name", frame.name},
                               {"color", frame.color_path},
                               {"depth", frame.depth_path},
                               {"color_camera", CameraJson(frame.color)},
                               {"depth_camera", CameraJson(frame.depth)},
                               {"cam_from_world", PoseJson(frame.cam_from_world)}});
  if (frame.time_s) out.Set("time_s", *frame.time_s);
  return out;
}

template <class T, class ToJson>
void AppendList(std::string& out, const std::vector<T>& items, const ToJson& to_json) {
  for (size_t i = 0; i < items.size(); ++i) {
    out += i == 0 ? "\n" : ",\n";
    to_json(items[i]).DumpTo(out);
  }
}

Result<Pinhole> ReadCamera(const JsonCursor& at) {
  SPATIUM_TRY(const auto v, at.Numbers(6));
  for (const int i : {0, 1})
    if (!(v[static_cast<size_t>(i)] >= 0 && v[static_cast<size_t>(i)] <= kMaxImageSide &&
          v[static_cast<size_t>(i)] == std::floor(v[static_cast<size_t>(i)])))
      return at.Expected("[width, height, fx, fy, cx, cy] with a whole size");
  return Pinhole{{static_cast<int>(v[0]), static_cast<int>(v[1])}, v[2], v[3], v[4], v[5]};
}

Result<Frame> ReadFrame(const JsonCursor& at) {
  Frame frame;
  SPATIUM_TRY(const auto name, at.At("name"));
  SPATIUM_TRY(frame.name, name.String());
  SPATIUM_TRY(const auto color, at.At("color"));
  SPATIUM_TRY(frame.color_path, color.String());
  SPATIUM_TRY(const auto depth, at.At("depth"));
  SPATIUM_TRY(frame.depth_path, depth.String());
  SPATIUM_TRY(const auto color_camera, at.At("color_camera"));
  SPATIUM_TRY(frame.color, ReadCamera(color_camera));
  SPATIUM_TRY(const auto depth_camera, at.At("depth_camera"));
  SPATIUM_TRY(frame.depth, ReadCamera(depth_camera));
  SPATIUM_TRY(const auto pose, at.At("cam_from_world"));
  SPATIUM_TRY(const auto m, pose.Numbers(16));
  for (int r = 0; r < 3; ++r) {
    for (int c = 0; c < 3; ++c) frame.cam_from_world.R(r, c) = m[static_cast<size_t>(4 * r + c)];
    frame.cam_from_world.t[r] = m[static_cast<size_t>(4 * r + 3)];
  }
  if (m[12] != 0 || m[13] != 0 || m[14] != 0 || m[15] != 1)
    return pose.Expected("a rigid transform whose last row is 0 0 0 1");
  if (at.Has("time_s")) {
    SPATIUM_TRY(const auto time, at.At("time_s"));
    SPATIUM_TRY(frame.time_s, time.Number());
  }
  return frame;
}

Result<Object> ReadObject(const JsonCursor& at) {
  Object object;
  SPATIUM_TRY(const auto id, at.At("id"));
  SPATIUM_TRY(const int64_t id_value, id.Int());
  if (id_value < 0 || id_value > std::numeric_limits<int32_t>::max())
    return id.Expected("an id from 0 to 2147483647");
  object.id.value = static_cast<int32_t>(id_value);
  SPATIUM_TRY(const auto label, at.At("label"));
  SPATIUM_TRY(object.label, label.String());
  SPATIUM_TRY(const auto category, at.At("category"));
  SPATIUM_TRY(object.category, category.String());
  SPATIUM_TRY(const auto aabb, at.At("aabb"));
  SPATIUM_TRY(const auto b, aabb.Numbers(6));
  object.box = {{b[0], b[1], b[2]}, {b[3], b[4], b[5]}};
  SPATIUM_TRY(const auto obb, at.At("obb"));
  if (obb.value().IsNull()) return object;
  SPATIUM_TRY(const auto center_at, obb.At("center"));
  SPATIUM_TRY(const auto center, center_at.Numbers(3));
  SPATIUM_TRY(const auto half_at, obb.At("half"));
  SPATIUM_TRY(const auto half, half_at.Numbers(3));
  SPATIUM_TRY(const auto axes_at, obb.At("axes"));
  SPATIUM_TRY(const auto axes, axes_at.Numbers(9));
  object.obb.emplace();
  object.obb->f_from_object.R = Eigen::Map<const Eigen::Matrix3d>(axes.data());
  object.obb->f_from_object.t = Eigen::Map<const Eigen::Vector3d>(center.data());
  object.obb->half = Eigen::Map<const Eigen::Vector3d>(half.data());
  return object;
}

}  // namespace

std::string SceneToJson(const Scene& scene, std::string_view images_key) {
  std::string out = "{";
  const auto field = [&](std::string_view name, const Json& value) {
    out += StrCat("\"", name, "\":");
    value.DumpTo(out);
    out += ",\n";
  };
  field("format", kFormat);
  field("version", kVersion);
  field("id", scene.id);
  field("dataset", scene.dataset);
  field("aligned", scene.aligned);
  field("depth_unit_m", scene.depth_unit_m);
  field("depth_unit_from", scene.depth_unit_from);
  field("images_key", images_key);
  field("outline", OutlineJson(scene));
  out += "\"frames\":[";
  AppendList(out, scene.frames, FrameJson);
  out += "],\n\"objects\":[";
  AppendList(out, scene.objects, ObjectJson);
  out += "]}\n";
  return out;
}

Result<Scene> SceneFromJson(std::string_view text, std::string_view where) {
  SPATIUM_TRY(const Json json, Json::Parse(text, where));
  const JsonCursor root(json, std::string(where));
  SPATIUM_TRY(const auto format_at, root.At("format"));
  SPATIUM_TRY(const std::string format, format_at.String());
  if (format != kFormat) return format_at.Expected(StrCat("\"", kFormat, "\""));
  SPATIUM_TRY(const auto version_at, root.At("version"));
  SPATIUM_TRY(const int64_t version, version_at.Int());
  if (version != kVersion)
    return Error{ErrorCode::kUnsupported,
                 version_at.path(),
                 StrCat("version ", kVersion),
                 StrCat("version ", version)};
  Scene scene;
  SPATIUM_TRY(const auto id, root.At("id"));
  SPATIUM_TRY(scene.id, id.String());
  SPATIUM_TRY(const auto dataset, root.At("dataset"));
  SPATIUM_TRY(scene.dataset, dataset.String());
  SPATIUM_TRY(const auto aligned, root.At("aligned"));
  SPATIUM_TRY(scene.aligned, aligned.Bool());
  SPATIUM_TRY(const auto unit, root.At("depth_unit_m"));
  SPATIUM_TRY(scene.depth_unit_m, unit.Number());
  SPATIUM_TRY(const auto unit_from, root.At("depth_unit_from"));
  SPATIUM_TRY(scene.depth_unit_from, unit_from.String());
  SPATIUM_TRY(const auto outline, root.At("outline"));
  if (!outline.value().IsNull()) {
    SPATIUM_TRY(const auto points, outline.Items());
    for (const auto& point : points) {
      SPATIUM_TRY(const auto p, point.Numbers(2));
      scene.outline.emplace_back(p[0], p[1]);
    }
  }
  SPATIUM_TRY(const auto frames_at, root.At("frames"));
  SPATIUM_TRY(const auto frames, frames_at.Items());
  for (const auto& at : frames) {
    SPATIUM_TRY(Frame frame, ReadFrame(at));
    scene.frames.push_back(std::move(frame));
  }
  SPATIUM_TRY(const auto objects_at, root.At("objects"));
  SPATIUM_TRY(const auto objects, objects_at.Items());
  for (const auto& at : objects) {
    SPATIUM_TRY(Object object, ReadObject(at));
    scene.objects.push_back(std::move(object));
  }
  return scene;
}

Json SceneInfo(const Scene& scene, bool full) {
  Json info = Json::MakeObject({{"scene", scene.id}});
  if (!full) {
    info.Set("dataset", scene.dataset);
    info.Set("frames", scene.frames.size());
    info.Set("objects", scene.objects.size());
    info.Set("aligned", scene.aligned);
    info.Set("depth_unit_m", scene.depth_unit_m);
    info.Set("mesh_vertices", scene.mesh ? scene.mesh->vertices.size() : 0);
    info.Set("mesh_faces", scene.mesh ? scene.mesh->faces.size() : 0);
    return info;
  }
  const auto size = [](const Pinhole& c) {
    return Json(std::vector<int>{c.size.width, c.size.height});
  };
  const auto k = [](const Pinhole& c) { return Json(std::vector<double>{c.fx, c.fy, c.cx, c.cy}); };
  Json frames = Json::MakeArray();
  for (const Frame& frame : scene.frames)
    frames.Push(Json::MakeObject({{"name", frame.name},
                                  {"size", size(frame.color)},
                                  {"K", k(frame.color)},
                                  {"depth_size", size(frame.depth)},
                                  {"depth_K", k(frame.depth)},
                                  {"cam_from_world", PoseJson(frame.cam_from_world)}}));
  Json objects = Json::MakeArray();
  for (const Object& object : scene.objects) objects.Push(ObjectJson(object));
  info.Set("frames", std::move(frames));
  info.Set("objects", std::move(objects));
  info.Set("outline", OutlineJson(scene));
  return info;
}

}  // namespace spatium
