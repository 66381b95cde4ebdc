#include "spatium/grounding/marks.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "spatium/geometry/trig.h"
#include "spatium/image/draw.h"
#include "spatium/image/text.h"
#include "spatium/render/id_buffer.h"

namespace spatium {
namespace {

// Per object the visible pixels of a view.
using PixelsByObject = std::map<ObjectId, std::vector<std::pair<int, int>>>;

PixelsByObject FromMesh(const Scene& scene, const HolisticView& view) {
  PixelsByObject pixels;
  const Mesh open = OpenedMesh(scene, view);
  const auto surface = Surface::FromMesh(open);
  if (!surface) return pixels;
  const IdBuffer ids = RenderIds(*surface, view.camera, view.cam_from_world, 0);
  for (int y = 0; y < ids.objects.height(); ++y)
    for (int x = 0; x < ids.objects.width(); ++x)
      if (const int32_t id = *ids.objects.at(x, y); id >= 0)
        pixels[ObjectId{id}].emplace_back(x, y);
  return pixels;
}

// A pixel of the cloud's picture is the smallest box's that its point lies in.
PixelsByObject FromCloud(const Scene& scene, const PointCloud& cloud, const HolisticView& view) {
  constexpr int kStep = 2;
  constexpr double kMarginM = 0.03;
  PixelsByObject pixels;
  const CloudRender render =
      RenderCloud(OpenedCloud(scene, cloud, view), view.camera, view.cam_from_world);
  std::vector<const Object*> by_volume;
  for (const Object& object : scene.objects) by_volume.push_back(&object);
  std::sort(by_volume.begin(), by_volume.end(), [](const Object* a, const Object* b) {
    return a->box.volume() != b->box.volume() ? a->box.volume() < b->box.volume() : a->id < b->id;
  });
  const auto world_from_cam = Inverse(view.cam_from_world);
  for (int y = 0; y < render.depth.height(); y += kStep)
    for (int x = 0; x < render.depth.width(); x += kStep) {
      const float depth = *render.depth.at(x, y);
      if (depth <= 0) continue;
      const auto p = world_from_cam * view.camera.Unproject({x + 0.5, y + 0.5}, Meters(depth));
      for (const Object* object : by_volume)
        if (object->box.Contains(p, kMarginM)) {
          pixels[object->id].emplace_back(x, y);
          break;
        }
    }
  return pixels;
}

// A few points of a wall that graze a box are not the object: its pixels fill this much at least of
// what its box could fill.
bool ShowsEnough(const Scene& scene, const HolisticView& view, ObjectId id, size_t sampled_pixels) {
  constexpr double kMinShare = 0.04, kPixelsPerSample = 4;
  const Object* object = scene.FindObject(id);
  if (object == nullptr) return false;
  PixelBox extent{1e9, 1e9, -1e9, -1e9};
  for (const auto& corner : object->box.corners())
    if (const auto p = view.camera.Project(view.cam_from_world * corner))
      extent = {std::min(extent.x0, p->u),
                std::min(extent.y0, p->v),
                std::max(extent.x1, p->u),
                std::max(extent.y1, p->v)};
  return kPixelsPerSample * static_cast<double>(sampled_pixels) >= kMinShare * extent.area();
}

// The pixel that is nearest to the mean of them all: inside the object for convex parts, on it
// always.
MarkAnchor AnchorOf(ObjectId id, const std::vector<std::pair<int, int>>& pixels) {
  double mean_x = 0, mean_y = 0;
  for (const auto& [x, y] : pixels) {
    mean_x += x;
    mean_y += y;
  }
  const auto n = static_cast<double>(pixels.size());
  mean_x /= n;
  mean_y /= n;
  const auto best =
      std::min_element(pixels.begin(), pixels.end(), [&](const auto& a, const auto& b) {
        const auto distance = [&](const auto& p) {
          return (p.first - mean_x) * (p.first - mean_x) +
                 (p.second - mean_y) * (p.second - mean_y);
        };
        return distance(a) < distance(b);
      });
  return {.id = id, .at = {best->first + 0.5, best->second + 0.5}, .extent_px = std::sqrt(n)};
}

bool Overlap(const PixelBox& a, const PixelBox& b) {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}
bool Holds(const PixelBox& box, Pixel p, double margin) {
  return p.u > box.x0 - margin && p.u < box.x1 + margin && p.v > box.y0 - margin &&
         p.v < box.y1 + margin;
}

constexpr double kDigitShare = 0.64;  // of the font's size: DejaVu's digits
constexpr double kPadShare = 0.22;

}  // namespace

std::vector<MarkAnchor> FindMarkAnchors(const Scene& scene,
                                        const PointCloud* cloud,
                                        const HolisticView& view,
                                        std::span<const ObjectId> objects) {
  PixelsByObject pixels;
  if (scene.mesh && !scene.mesh->vertex_object.empty())
    pixels = FromMesh(scene, view);
  else if (cloud != nullptr)
    pixels = FromCloud(scene, *cloud, view);
  std::vector<MarkAnchor> anchors;
  for (const ObjectId id : objects) {
    const auto it = pixels.find(id);
    if (it == pixels.end() || it->second.size() < kMinMarkPixels) continue;
    if (cloud != nullptr && !ShowsEnough(scene, view, id, it->second.size())) continue;
    anchors.push_back(AnchorOf(id, it->second));
  }
  return anchors;
}

MarkLayout LayOutMarks(std::span<const MarkAnchor> anchors, ImageSize size, double font_px) {
  constexpr int kDirections = 16, kRings = 7;
  constexpr double kPi = 3.14159265358979323846;
  MarkLayout layout;
  // The smallest first: a large object has room for its number elsewhere.
  std::vector<MarkAnchor> order(anchors.begin(), anchors.end());
  std::sort(order.begin(), order.end(), [](const MarkAnchor& a, const MarkAnchor& b) {
    return a.extent_px != b.extent_px ? a.extent_px < b.extent_px : a.id < b.id;
  });
  for (const MarkAnchor& anchor : order) {
    const double width =
        font_px *
        (kDigitShare * static_cast<double>(std::to_string(anchor.id.value).size()) + 2 * kPadShare);
    const double height = font_px * (0.75 + 2 * kPadShare);
    std::optional<PixelBox> found;
    for (int ring = 0; ring <= kRings && !found; ++ring) {
      for (int k = 0; k < (ring == 0 ? 1 : kDirections) && !found; ++k) {
        const double angle = 2 * kPi * k / kDirections;
        const double radius = ring * 0.55 * font_px;
        const Pixel center{anchor.at.u + radius * Cos(angle) * 1.4,
                           anchor.at.v + radius * Sin(angle)};
        const PixelBox box{center.u - width / 2,
                           center.v - height / 2,
                           center.u + width / 2,
                           center.v + height / 2};
        if (box.x0 < 1 || box.y0 < 1 || box.x1 > size.width - 1 || box.y1 > size.height - 1)
          continue;
        const bool covers_mark =
            std::any_of(layout.marks.begin(), layout.marks.end(), [&](const PlacedMark& m) {
              return Overlap(box, m.label) || Holds(box, m.at, 2);
            });
        // A large plate on a small thing hides it: such labels stand aside.
        const bool hides_itself = Holds(box, anchor.at, 0) && anchor.extent_px < 1.3 * width;
        const bool covers_anchor =
            std::any_of(anchors.begin(), anchors.end(), [&](const MarkAnchor& a) {
              return a.id != anchor.id && Holds(box, a.at, 2);
            });
        if (!covers_mark && !covers_anchor && !(hides_itself && ring == 0)) found = box;
      }
    }
    if (found)
      layout.marks.push_back({.id = anchor.id, .at = anchor.at, .label = *found});
    else
      layout.crowded_out.push_back(anchor);
  }
  std::sort(layout.marks.begin(), layout.marks.end(), [](const PlacedMark& a, const PlacedMark& b) {
    return a.id < b.id;
  });
  return layout;
}

Result<void> DrawMarks(std::span<const PlacedMark> marks, double font_px, RgbImage& image) {
  SPATIUM_TRY(const Font font, Font::Default(font_px, Font::Weight::kBold));
  const Paint red{.color = {200, 16, 32}}, white{.color = {255, 255, 255}};
  for (const PlacedMark& mark : marks) {
    if (Holds(mark.label, mark.at, 0)) continue;
    const Pixel center{(mark.label.x0 + mark.label.x1) / 2, (mark.label.y0 + mark.label.y1) / 2};
    DrawLine(image, mark.at, center, 4, white);
    DrawLine(image, mark.at, center, 2, red);
    FillDisc(image, mark.at, 4, white);
    FillDisc(image, mark.at, 3, red);
  }
  for (const PlacedMark& mark : marks) {
    FillRoundedBox(image, mark.label, 3, white);
    StrokeBoxOutside(image, mark.label, 1, {.color = {200, 16, 32}, .alpha = 0.7});
    const std::string text = std::to_string(mark.id.value);
    font.Draw(image,
              {(mark.label.x0 + mark.label.x1 - font.Width(text)) / 2,
               mark.label.y1 - kPadShare * font_px},
              text,
              red);
  }
  return {};
}

}  // namespace spatium
