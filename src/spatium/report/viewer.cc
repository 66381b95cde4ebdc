#include "spatium/report/viewer.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "spatium/base/base64.h"
#include "spatium/base/parallel.h"
#include "spatium/base/progress.h"
#include "spatium/base/text.h"
#include "spatium/geometry/gravity.h"
#include "spatium/image/codec.h"
#include "spatium/image/resize.h"
#include "spatium/report/html.h"
#include "spatium/report/page.h"

namespace spatium {
namespace {

constexpr int kThumbnailSide_px = 320;
constexpr int kThumbnailQuality = 75;
constexpr int kDecimals = 4;  // 0.1 mm, and the same for rotations: for looking at only
constexpr double kQuantum = 65535;

Json Rounded(double v) { return *ParseDouble(FormatFixed(v, kDecimals)); }

template <class Vector>
Json Numbers(const Vector& v) {
  Json out = Json::MakeArray();
  for (Eigen::Index i = 0; i < v.size(); ++i) out.Push(Rounded(static_cast<double>(v[i])));
  return out;
}

template <class T>
std::string_view RawBytes(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

struct Bounds {
  Eigen::Vector3d min = Eigen::Vector3d::Constant(HUGE_VAL);
  Eigen::Vector3d max = Eigen::Vector3d::Constant(-HUGE_VAL);
  void Add(const Eigen::Vector3d& p) {
    min = min.cwiseMin(p);
    max = max.cwiseMax(p);
  }
  bool empty() const { return !(min.x() <= max.x()); }
};

Json ObjectJson(const Object& object) {
  Json corners = Json::MakeArray();
  const auto box = object.obb ? object.obb->corners() : object.box.corners();
  for (const auto& corner : box) corners.Push(Numbers(corner.v));
  return Json::MakeObject({{"id", object.id.value},
                           {"label", object.label},
                           {"category", object.category},
                           {"size", Numbers(object.box.size())},
                           {"corners", std::move(corners)}});
}

Json FrameJson(const Frame& frame) {
  const auto world_from_cam = Inverse(frame.cam_from_world);
  // The half-width and half-height of the view at one metre.
  const double right = frame.color.fx > 0 ? frame.color.size.width / 2.0 / frame.color.fx : 0.5;
  const double down = frame.color.fy > 0 ? frame.color.size.height / 2.0 / frame.color.fy : 0.4;
  const Eigen::Matrix3d& R = world_from_cam.R;
  return Json::MakeObject({{"name", frame.name},
                           {"eye", Numbers(world_from_cam.t)},
                           {"right", Numbers(Eigen::Vector3d(R.col(0)))},
                           {"down", Numbers(Eigen::Vector3d(R.col(1)))},
                           {"forward", Numbers(Eigen::Vector3d(R.col(2)))},
                           {"half", Json(Json::Array{Rounded(right), Rounded(down)})}});
}

std::string Thumbnail(const SceneStore& store, const Frame& frame) {
  if (frame.color_path.empty()) return "";
  const auto image = store.ReadColor(frame);
  if (!image) return "";
  const RgbImage small =
      ResizeAsPillow(*image, FitInside(image->size(), kThumbnailSide_px), PillowFilter::kBox);
  return DataUri("image/jpeg", EncodeJpeg(small, kThumbnailQuality));
}

// {"FRAME INDEX": data URI} of at most `max_pictures` frames.
Json Thumbnails(const SceneStore& store, const ViewerOptions& options) {
  const auto& frames = store.scene().frames;
  const size_t n = std::min(frames.size(), options.max_pictures);
  std::vector<std::string> uris(n);
  Progress progress("pictures", n);
  ParallelFor(n, options.threads, [&](size_t i) {
    uris[i] = Thumbnail(store, frames[i * frames.size() / n]);
    progress.Add();
  });
  Json out = Json::MakeObject({});
  for (size_t i = 0; i < n; ++i)
    if (!uris[i].empty()) out.Set(StrCat(i * frames.size() / n), uris[i]);
  return out;
}

// Positions as 3 x 16 bits of the extent, colours as 3 x 8 bits, faces as 3 x 32 bits; Base64 of
// little-endian arrays.
void AddSurface(const ViewSurface& surface, const Bounds& bounds, Page& page) {
  std::vector<uint16_t> positions;
  positions.reserve(surface.points.size() * 3);
  const Eigen::Vector3d extent = (bounds.max - bounds.min).cwiseMax(1e-9);
  for (const auto& p : surface.points)
    for (int axis = 0; axis < 3; ++axis) {
      const double share = (static_cast<double>(p[axis]) - bounds.min[axis]) / extent[axis];
      positions.push_back(
          static_cast<uint16_t>(std::floor(std::clamp(share, 0.0, 1.0) * kQuantum + 0.5)));
    }
  page.data.emplace_back("positions", Base64(RawBytes(positions)));
  page.data.emplace_back("colors", Base64(RawBytes(surface.colors)));
  page.data.emplace_back("faces", Base64(RawBytes(surface.faces)));
}

// Which way is up in World: z where the scene is aligned, else the floor's normal, else as the
// cameras were held.
Eigen::Vector3d UpOf(const Scene& scene, const ViewSurface& surface) {
  constexpr size_t kFloorPoints = 20000;
  if (scene.aligned) return Eigen::Vector3d::UnitZ();
  std::vector<Rigid<frame::Cam<>, frame::World>> cameras;
  for (const Frame& frame : scene.frames) cameras.push_back(frame.cam_from_world);
  const auto up = UpFromCameras<frame::World>(cameras);
  std::vector<Point<frame::World>> points;
  const size_t step = 1 + surface.points.size() / kFloorPoints;
  for (size_t i = 0; i < surface.points.size(); i += step)
    points.push_back({surface.points[i].cast<double>()});
  // People hold cameras about upright: a plane far from that is a table's edge or a wall.
  constexpr double kLeastCosine = 0.95;
  if (const auto floor = FindFloor<frame::World>(points, up, RandomStream(0, {"viewer floor"}));
      floor && (!up || floor->plane.normal.dot(up->v) > kLeastCosine))
    return floor->plane.normal;
  return up ? up->v : Eigen::Vector3d(0, 0, 1);
}

constexpr std::string_view kBody = R"html(<div id="app">
<aside>
<h1 id="name"></h1>
<p id="facts" class="subtitle"></p>
<section class="toggles">
<label><input type="checkbox" id="t-surface" checked> Surface</label>
<label><input type="checkbox" id="t-boxes" checked> Boxes</label>
<label><input type="checkbox" id="t-labels" checked> Labels</label>
<label><input type="checkbox" id="t-cameras" checked> Cameras</label>
<label><input type="checkbox" id="t-walls" checked> See through walls</label>
<label><input type="checkbox" id="t-grid" checked> Floor grid</label>
</section>
<section class="sliders">
<label>Cut above <output id="cut-value"></output><input type="range" id="cut" min="0" max="1000" value="1000"></label>
<label id="point-row">Point size<input type="range" id="points" min="5" max="40" value="14"></label>
</section>
<section class="buttons"><button id="b-home">Overview</button><button id="b-top">From above</button></section>
<input type="search" id="find" placeholder="Find an object" aria-label="find an object">
<ul id="objects"></ul>
</aside>
<div id="stage"><canvas id="view" tabindex="0"></canvas><div id="labels"></div>
<div id="picture" hidden><button id="close-picture" aria-label="close">&times;</button><img alt=""><p></p></div>
<p id="hint">Drag to turn &middot; right drag or Shift to move &middot; wheel to zoom &middot; double click to centre</p>
<div id="strip"></div>
<p id="problem" hidden></p></div>
</div>
)html";

}  // namespace

Result<std::string> ViewerPage(const SceneStore& store, const ViewerOptions& options) {
  const Scene& scene = store.scene();
  SPATIUM_TRY(const ViewSurface surface, SurfaceOf(store, options.max_points, options.threads));
  Bounds surface_bounds, bounds;
  for (const auto& p : surface.points) surface_bounds.Add(p.cast<double>());
  if (surface_bounds.empty()) surface_bounds = {Eigen::Vector3d::Zero(), Eigen::Vector3d::Ones()};
  Json objects = Json::MakeArray(), frames = Json::MakeArray(), outline = Json::MakeArray();
  for (const Object& object : scene.objects) {
    objects.Push(ObjectJson(object));
    bounds.Add(object.box.min);
    bounds.Add(object.box.max);
  }
  for (const Frame& frame : scene.frames) {
    frames.Push(FrameJson(frame));
    bounds.Add(Inverse(frame.cam_from_world).t);
  }
  for (const auto& corner : scene.outline) outline.Push(Numbers(corner));
  if (!surface.points.empty()) {
    bounds.Add(surface_bounds.min);
    bounds.Add(surface_bounds.max);
  }
  if (bounds.empty()) bounds = surface_bounds;

  Page page{.title = scene.id + " \xc2\xb7 Spatium",
            .subtitle = "",
            .body = std::string(kBody),
            .styles = {"viewer.css"},
            .scripts = {"viewer_math.js", "viewer_gl.js", "viewer.js"},
            .data = {},
            .full_screen = true};
  page.data.emplace_back(
      "scene",
      JsonForScript(Json::MakeObject({{"id", scene.id},
                                      {"dataset", scene.dataset},
                                      {"kind", surface.kind},
                                      {"spacing", Rounded(surface.spacing_m)},
                                      {"aligned", scene.aligned},
                                      {"up", Numbers(UpOf(scene, surface))},
                                      {"surfaceMin", Numbers(surface_bounds.min)},
                                      {"surfaceMax", Numbers(surface_bounds.max)},
                                      {"min", Numbers(bounds.min)},
                                      {"max", Numbers(bounds.max)},
                                      {"objects", std::move(objects)},
                                      {"frames", std::move(frames)},
                                      {"outline", std::move(outline)},
                                      {"pictures", Thumbnails(store, options)}})));
  AddSurface(surface, surface_bounds, page);
  return RenderPage(page);
}

}  // namespace spatium
