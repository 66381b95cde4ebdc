// Visibility from a surface: counts in the id buffer against each object drawn alone.
#include <algorithm>
#include <cmath>
#include <limits>

#include "spatium/base/interrupt.h"
#include "spatium/base/parallel.h"
#include "spatium/base/progress.h"
#include "spatium/base/text.h"
#include "spatium/render/id_buffer.h"
#include "spatium/render/raster.h"
#include "spatium/render/raycast.h"
#include "spatium/visibility/project.h"
#include "spatium/visibility/visibility.h"

namespace spatium {
namespace {

// Larger pictures are sampled at every 2nd, 3rd ... pixel, each sample standing for its square.
constexpr int64_t kMaxSamples = 4'000'000;
// Beyond the image's border the silhouette is sampled at every 4th pixel each way: it only enters
// fractions, for objects of 30 x 30 pixels outside to about 2 % (measured on boxes).
constexpr int kOutsideStep = 4;

// Samples of a grid in integer columns and rows: begin <= i < end.
struct Cells {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  bool empty() const { return x0 >= x1 || y0 >= y1; }
  bool Contains(int x, int y) const { return x >= x0 && y >= y0 && x < x1 && y < y1; }
  void Add(int x, int y) {
    if (empty()) *this = {x, y, x + 1, y + 1};
    x0 = std::min(x0, x), y0 = std::min(y0, y);
    x1 = std::max(x1, x + 1), y1 = std::max(y1, y + 1);
  }
  PixelBox Pixels(int step, ImageSize image) const {
    return {static_cast<double>(x0 * step),
            static_cast<double>(y0 * step),
            static_cast<double>(std::min(x1 * step, image.width)),
            static_cast<double>(std::min(y1 * step, image.height))};
  }
};

struct Silhouette {
  int64_t inside = 0;  // samples of the image's grid
  double outside = 0;  // the same unit
  Cells box;           // of the part inside
};

class MeshVisibility {
 public:
  MeshVisibility(const Scene& scene, const RayScene& rays) : scene_(scene), rays_(rays) {
    const auto& faces = rays.surface().faces();
    faces_.resize(scene.objects.size());
    bounds_.resize(scene.objects.size());
    for (uint32_t i = 0; i < faces.size(); ++i)
      if (const auto o = IndexOf(faces[i].object)) {
        auto& box = bounds_[*o];
        for (const uint32_t v : faces[i].vertex) {
          const Eigen::Vector3d& p = rays.surface().vertices()[v];
          const bool first = faces_[*o].empty() && v == faces[i].vertex[0];
          box.min = first ? p : Eigen::Vector3d(box.min.cwiseMin(p));
          box.max = first ? p : Eigen::Vector3d(box.max.cwiseMax(p));
        }
        faces_[*o].push_back(i);
      }
  }

  std::vector<ObjectView> Views(int frame_idx) const;

 private:
  std::optional<size_t> IndexOf(int32_t object) const {
    const Object* o = object < 0 ? nullptr : scene_.FindObject(ObjectId{object});
    return o ? std::optional(static_cast<size_t>(o - scene_.objects.data())) : std::nullopt;
  }
  Silhouette SilhouetteOf(size_t object_idx,
                          const Pinhole& camera,
                          const CamFromWorld& cam_from_world) const;

  const Scene& scene_;
  const RayScene& rays_;
  std::vector<std::vector<uint32_t>> faces_;  // by index of the object
  std::vector<Aabb<frame::World>> bounds_;    // of those faces
};

// The camera whose pixels are blocks of step x step pixels.
Pinhole Coarser(const Pinhole& camera, int step) {
  const double s = step;
  return {{(camera.size.width + step - 1) / step, (camera.size.height + step - 1) / step},
          camera.fx / s,
          camera.fy / s,
          camera.cx / s,
          camera.cy / s};
}

Silhouette MeshVisibility::SilhouetteOf(size_t object_idx,
                                        const Pinhole& camera,
                                        const CamFromWorld& cam_from_world) const {
  Silhouette out;
  const auto extent = ProjectExtent(bounds_[object_idx], camera, cam_from_world);
  if (!extent) return out;
  const double w = camera.size.width, h = camera.size.height;
  const auto cells = [](const PixelBox& b, int step) {
    return Cells{static_cast<int>(std::floor(b.x0 / step)),
                 static_cast<int>(std::floor(b.y0 / step)),
                 static_cast<int>(std::ceil(b.x1 / step)),
                 static_cast<int>(std::ceil(b.y1 / step))};
  };
  const auto draw = [&](const Cells& c, int step, auto&& count) {
    const SampleGrid grid{c.x1 - c.x0,
                          c.y1 - c.y0,
                          (c.x0 + 0.5) * step,
                          (c.y0 + 0.5) * step,
                          static_cast<double>(step)};
    const auto covered =
        RenderCoverage(rays_.surface(), faces_[object_idx], camera, cam_from_world, grid);
    size_t i = 0;
    for (int y = c.y0; y < c.y1; ++y)
      for (int x = c.x0; x < c.x1; ++x)
        if (covered[i++]) count(x, y);
  };
  if (const auto inside = Intersect(*extent, {0, 0, w, h})) {
    const Cells c = cells(*inside, 1);
    draw({c.x0, c.y0, std::min(c.x1, camera.size.width), std::min(c.y1, camera.size.height)},
         1,
         [&](int x, int y) {
           ++out.inside;
           out.box.Add(x, y);
         });
  }
  if (extent->x0 < 0 || extent->y0 < 0 || extent->x1 > w || extent->y1 > h)
    if (const auto wide = Intersect(*extent, SilhouetteCanvas(camera.size)))
      draw(cells(*wide, kOutsideStep), kOutsideStep, [&](int x, int y) {
        const double u = (x + 0.5) * kOutsideStep, v = (y + 0.5) * kOutsideStep;
        if (!(u >= 0 && v >= 0 && u < w && v < h)) out.outside += kOutsideStep * kOutsideStep;
      });
  return out;
}

// Whether most of the 3 x 3 samples about a pixel show the object.
bool ShownAt(const IdBuffer& ids, int step, Pixel px, ObjectId object) {
  constexpr int kMost = 5;
  const int column = static_cast<int>(px.u / step), row = static_cast<int>(px.v / step);
  int own = 0;
  for (int y = row - 1; y <= row + 1; ++y)
    for (int x = column - 1; x <= column + 1; ++x)
      own += x >= 0 && y >= 0 && x < ids.objects.width() && y < ids.objects.height() &&
             *ids.objects.at(x, y) == object.value;
  return own >= kMost;
}

std::vector<ObjectView> MeshVisibility::Views(int frame_idx) const {
  const Frame& frame = scene_.frames[static_cast<size_t>(frame_idx)];
  const ImageSize image = ViewCamera(frame).size;
  int step = 1;
  while (int64_t{image.width} * image.height > kMaxSamples * step * step) ++step;
  const Pinhole camera = Coarser(ViewCamera(frame), step);
  const IdBuffer ids = RenderIds(rays_.surface(), camera, frame.cam_from_world);

  // Visible samples and their box, per object.
  std::vector<int64_t> visible(scene_.objects.size(), 0);
  std::vector<Cells> box(scene_.objects.size());
  int32_t last = -1;
  std::optional<size_t> object_idx;
  for (int y = 0; y < camera.size.height; ++y)
    for (int x = 0; x < camera.size.width; ++x) {
      const int32_t id = *ids.objects.at(x, y);
      if (id < 0) continue;
      if (id != last) object_idx = IndexOf(last = id);
      if (!object_idx) continue;
      ++visible[*object_idx];
      box[*object_idx].Add(x, y);
    }

  const Eigen::Vector3d eye = Inverse(frame.cam_from_world).t;
  std::vector<ObjectView> views;
  for (size_t i = 0; i < scene_.objects.size(); ++i) {
    const Object& object = scene_.objects[i];
    ObjectView view = CenterView(frame, frame_idx, object);
    if (visible[i] == 0 && !view.center_in_view) continue;
    if (view.center_in_view) {
      view.center_unoccluded = !rays_.Occluded(
          {.origin = eye, .dir = object.box.center().v - eye, .tfar = 1, .skip = object.id});
      view.center_on_object = ShownAt(ids, step, *view.center_px, object.id);
    }
    const Silhouette silhouette = SilhouetteOf(i, camera, frame.cam_from_world);
    const double whole = static_cast<double>(silhouette.inside) + silhouette.outside;
    view.visible_px = visible[i] * step * step;
    if (visible[i] > 0) view.box_visible = box[i].Pixels(step, image);
    if (silhouette.inside > 0) view.box_full = silhouette.box.Pixels(step, image);
    if (whole > 0) {
      view.visible_fraction = RoundTo(static_cast<double>(visible[i]) / whole, 4);
      view.truncated_fraction = RoundTo(silhouette.outside / whole, 4);
    }
    views.push_back(view);
  }
  return views;
}

}  // namespace

Result<Visibility> VisibilityFromMesh(const Scene& scene, unsigned threads) {
  if (!scene.mesh || scene.mesh->vertex_object.empty())
    return Error{ErrorCode::kBadValue,
                 StrCat("scene ", scene.id),
                 "a mesh whose vertices name their objects",
                 scene.mesh ? "a mesh without objects" : "no mesh"};
  SPATIUM_TRY(const RayScene rays, RayScene::Build(*scene.mesh));
  const MeshVisibility method(scene, rays);
  std::vector<std::vector<ObjectView>> per_frame(scene.frames.size());
  Progress progress("visibility", scene.frames.size());
  ParallelFor(scene.frames.size(), threads, [&](size_t f) {
    if (StopRequested()) return;
    per_frame[f] = method.Views(static_cast<int>(f));
    progress.Add();
  });
  SPATIUM_TRY_DO(CheckStop("visibility"));
  Visibility out{VisibilityMethod::kIds, {}};
  for (const auto& views : per_frame) out.views.insert(out.views.end(), views.begin(), views.end());
  return out;
}

}  // namespace spatium
