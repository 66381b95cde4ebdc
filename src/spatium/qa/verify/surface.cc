#include "spatium/qa/verify/surface.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "spatium/base/text.h"
#include "spatium/qa/verify/fractions.h"

namespace spatium::verify {
namespace {

// Ids are drawn at most this wide: finer than a marker's step of 1/1000 is of no use.
constexpr int kRenderWidth = 640;
// A marker's number is rounded to 1/1000 of the picture and outlines are jagged by a pixel: a
// point may lie this far (1/1000 of the picture's width) from the object's nearest visible pixel.
constexpr double kPointSlack = 6;
// A box marker is the box of the projected 3D box, up to rounding, ...
constexpr double kOutlineSlack = 1.5;
// ... or, where the mesh shows it exactly, that of the visible part: each side off by at most this
// plus this part of its size.
constexpr double kBoxSlack = 6, kBoxSlackPerSize = 0.02;
// Of either, the visible part has to fill this much (intersection over union of the boxes).
constexpr double kVisibleOverlap = 0.2;
// How far a depth sensor and a hand-drawn box may be off: metres, and per metre of depth.
constexpr double kDepthSlack_m = 0.05, kDepthSlackPerMeter = 0.02;

std::string Describe(const MarkBox& box) {
  return StrCat("[",
                FormatFixed(box.x0, 0),
                ", ",
                FormatFixed(box.y0, 0),
                ", ",
                FormatFixed(box.x1, 0),
                ", ",
                FormatFixed(box.y1, 0),
                "]");
}

bool SidesAgree(const MarkBox& a, const MarkBox& b, double slack, double slack_per_size) {
  const double x = slack + slack_per_size * std::max(a.x1 - a.x0, b.x1 - b.x0);
  const double y = slack + slack_per_size * std::max(a.y1 - a.y0, b.y1 - b.y0);
  return std::abs(a.x0 - b.x0) <= x && std::abs(a.x1 - b.x1) <= x && std::abs(a.y0 - b.y0) <= y &&
         std::abs(a.y1 - b.y1) <= y;
}

std::optional<MarkBox> Outline(const SourceScene& source, const PixelClaim& claim) {
  return ProjectedBox(source.view(claim.frame_idx), source.scene().objects[claim.object_idx].box);
}

// What is wrong with a box marker of an object whose visible part has the box `visible`; `exact`
// if that is known pixel by pixel.
std::string CompareBoxes(const SourceScene& source,
                         const PixelClaim& claim,
                         const MarkBox& visible,
                         bool exact) {
  const auto outline = Outline(source, claim);
  if (!outline) return "the object is not in the picture";
  const bool agrees = SidesAgree(claim.mark, *outline, kOutlineSlack, 0) ||
                      (exact && SidesAgree(claim.mark, visible, kBoxSlack, kBoxSlackPerSize));
  if (agrees && Overlap(claim.mark, visible) >= kVisibleOverlap) return "";
  return StrCat("its box covers ", Describe(*outline), ", its visible part ", Describe(visible));
}

// Pixels of a picture that belong to one object, as the checks below need them.
class Pixels {
 public:
  Pixels(int width, int height) : width_(width), height_(height) {}
  void Add(int x, int y) {
    const MarkBox pixel{x * 1000.0 / width_,
                        y * 1000.0 / height_,
                        (x + 1) * 1000.0 / width_,
                        (y + 1) * 1000.0 / height_};
    box_ = count_ == 0 ? pixel
                       : MarkBox{std::min(box_.x0, pixel.x0),
                                 std::min(box_.y0, pixel.y0),
                                 std::max(box_.x1, pixel.x1),
                                 std::max(box_.y1, pixel.y1)};
    ++count_;
  }
  const MarkBox& box() const { return box_; }
  int64_t count() const { return count_; }

 private:
  int width_, height_;
  MarkBox box_;
  int64_t count_ = 0;
};

// Visits the pixels of a width x height picture within kPointSlack of a mark.
template <class Fn>
bool AnyPixelNear(int width, int height, const MarkBox& mark, const Fn& fn) {
  const double u = mark.x0 / 1000 * width, v = mark.y0 / 1000 * height;
  const double slack = kPointSlack / 1000 * width + 0.5;
  for (int y = std::max(0, static_cast<int>(v - slack)); y <= v + slack && y < height; ++y)
    for (int x = std::max(0, static_cast<int>(u - slack)); x <= u + slack && x < width; ++x)
      if (std::hypot(x + 0.5 - u, y + 0.5 - v) <= slack && fn(x, y)) return true;
  return false;
}

class ByMesh {
 public:
  ByMesh(const SourceScene& source, const IdImage& ids) : source_(source), ids_(ids) {
    for (int y = 0; y < ids_.height(); ++y)
      for (int x = 0; x < ids_.width(); ++x)
        visible_.try_emplace(*ids_.at(x, y), ids_.width(), ids_.height()).first->second.Add(x, y);
  }

  std::string Check(const PixelClaim& claim) const {
    const int32_t id = source_.scene().objects[claim.object_idx].id.value;
    if (claim.kind == PixelClaim::Kind::kPoint) {
      const bool seen = AnyPixelNear(ids_.width(), ids_.height(), claim.mark, [&](int x, int y) {
        return *ids_.at(x, y) == id;
      });
      return seen ? "" : StrCat("the closest surface there is object ", IdAt(claim.mark));
    }
    const auto visible = visible_.find(id);
    if (visible == visible_.end()) return "no pixel of the object is visible";
    return CompareBoxes(source_, claim, visible->second.box(), true);
  }

 private:
  int32_t IdAt(const MarkBox& mark) const {
    const int x = static_cast<int>(mark.x0 / 1000 * ids_.width());
    const int y = static_cast<int>(mark.y0 / 1000 * ids_.height());
    return *ids_.at(std::min(x, ids_.width() - 1), std::min(y, ids_.height() - 1));
  }

  const SourceScene& source_;
  const IdImage& ids_;
  std::map<int32_t, Pixels> visible_;  // by object id
};

class ByDepth {
 public:
  ByDepth(const SourceScene& source, size_t frame_idx, const MetricDepth& depth)
      : source_(source),
        color_(source.view(frame_idx)),
        camera_(DepthView(source.scene().frames[frame_idx])),
        depth_(depth) {
    points_.reserve(depth.data().size());
    for (int y = 0; y < depth_.height(); ++y)
      for (int x = 0; x < depth_.width(); ++x) points_.push_back(PointAt(x, y));
  }

  std::string Check(const PixelClaim& claim) {
    const Object& object = source_.scene().objects[claim.object_idx];
    if (claim.kind == PixelClaim::Kind::kPoint) {
      const bool seen = AnyPixelNear(
          depth_.width(), depth_.height(), InDepthPicture(claim.mark), [&](int x, int y) {
            return IsIn(object, x, y, true);
          });
      return seen ? "" : "the surface there is not in the object's box";
    }
    const Pixels& visible = VisiblePart(claim.object_idx);
    if (visible.count() == 0) return "no surface is seen in the object's box";
    return CompareBoxes(source_, claim, InColorPicture(visible.box()), false);
  }

 private:
  // Both cameras stand at one place and look one way: a ray has the same slope in both.
  static Mark Transfer(const View& from, const View& to, Mark mark) {
    const double right = (mark.x / 1000 * from.width - from.cx) / from.fx;
    const double down = (mark.y / 1000 * from.height - from.cy) / from.fy;
    return {(to.cx + to.fx * right) / to.width * 1000, (to.cy + to.fy * down) / to.height * 1000};
  }
  static MarkBox Transfer(const View& from, const View& to, const MarkBox& box) {
    const Mark a = Transfer(from, to, Mark{box.x0, box.y0});
    const Mark b = Transfer(from, to, Mark{box.x1, box.y1});
    return {a.x, a.y, b.x, b.y};
  }
  MarkBox InDepthPicture(const MarkBox& mark) const { return Transfer(color_, camera_, mark); }
  MarkBox InColorPicture(const MarkBox& mark) const { return Transfer(camera_, color_, mark); }

  // The surface that a depth pixel measured, in World.
  Vec PointAt(int x, int y) const {
    const Vec ray = RayThrough(
        camera_, {(x + 0.5) / depth_.width() * 1000, (y + 0.5) / depth_.height() * 1000});
    return camera_.center + static_cast<double>(*depth_.at(x, y)) * ray;
  }

  // Whether it lies in the object's box.
  bool IsIn(const Object& object, int x, int y, bool with_slack) const {
    const double z = *depth_.at(x, y);
    if (!(z > 0)) return false;
    const Vec& p = points_[static_cast<size_t>(y) * static_cast<size_t>(depth_.width()) +
                           static_cast<size_t>(x)];
    const double slack = with_slack ? kDepthSlack_m + kDepthSlackPerMeter * z : 0.02;
    return object.box.Contains({{p.x, p.y, p.z}}, slack);
  }

  // Worked out once per object: many questions mark the same ones.
  const Pixels& VisiblePart(size_t object_idx) {
    const auto [it, fresh] = visible_.try_emplace(object_idx, depth_.width(), depth_.height());
    if (!fresh) return it->second;
    const Object& object = source_.scene().objects[object_idx];
    for (int y = 0; y < depth_.height(); ++y)
      for (int x = 0; x < depth_.width(); ++x)
        if (IsIn(object, x, y, false)) it->second.Add(x, y);
    return it->second;
  }

  const SourceScene& source_;
  const View& color_;
  View camera_;
  const MetricDepth& depth_;
  std::vector<Vec> points_;           // of each depth pixel
  std::map<size_t, Pixels> visible_;  // by object index
};

// Without any surface: a point lies in the projected box, a box agrees with it.
std::string CheckByBox(const SourceScene& source, const PixelClaim& claim) {
  const auto outline = Outline(source, claim);
  if (!outline) return "the object is not in the picture";
  if (claim.kind == PixelClaim::Kind::kBox) return CompareBoxes(source, claim, *outline, false);
  const bool inside = claim.mark.x0 >= outline->x0 && claim.mark.x0 <= outline->x1 &&
                      claim.mark.y0 >= outline->y0 && claim.mark.y0 <= outline->y1;
  return inside ? "" : StrCat("its box covers ", Describe(*outline));
}

}  // namespace

Result<std::vector<std::string>> CheckClaims(const SourceScene& source,
                                             size_t frame_idx,
                                             const std::vector<PixelClaim>& claims,
                                             const Shapes* shapes) {
  const Scene& scene = source.scene();
  const Frame& frame = scene.frames[frame_idx];
  const View& view = source.view(frame_idx);
  std::optional<IdImage> ids;
  std::optional<MetricDepth> depth;
  if (scene.mesh && !scene.mesh->vertex_object.empty())
    ids = RenderIds(*scene.mesh, view, std::min(kRenderWidth, static_cast<int>(view.width)));
  if (!frame.depth_path.empty() && (!ids || shapes != nullptr)) {
    SPATIUM_TRY(depth, source.store().ReadMetricDepth(frame));
  }
  std::optional<ByMesh> by_mesh;
  std::optional<ByDepth> by_depth;
  if (ids)
    by_mesh.emplace(source, *ids);
  else if (depth)
    by_depth.emplace(source, frame_idx, *depth);
  FractionCheck fractions(
      source, frame_idx, ids ? &*ids : nullptr, depth ? &*depth : nullptr, shapes);
  std::vector<std::string> wrong;
  for (const PixelClaim& claim : claims) {
    if (claim.kind == PixelClaim::Kind::kVisibleFraction)
      wrong.push_back(fractions.Check(claim.object_idx, claim.visible_fraction));
    else if (by_mesh)
      wrong.push_back(by_mesh->Check(claim));
    else if (by_depth)
      wrong.push_back(by_depth->Check(claim));
    else
      wrong.push_back(CheckByBox(source, claim));
  }
  return wrong;
}

}  // namespace spatium::verify
