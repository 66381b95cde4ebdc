#include "spatium/grounding/frame_choice.h"

#include <algorithm>
#include <cmath>

namespace spatium {
namespace {

constexpr double kEnoughArea = 0.04;  // of the picture: more tells no more about the object
constexpr double kBorderShare = 0.03;

double ScoreOf(const ObjectView& view, ImageSize size, double sharpness) {
  const double pixels = static_cast<double>(size.width) * size.height;
  const double area = std::min(1.0, static_cast<double>(view.visible_px) / pixels / kEnoughArea);
  double score = std::sqrt(area) * (0.25 + 0.75 * view.visible_fraction);
  if (view.box_visible) {
    const double border = std::min({view.box_visible->x0,
                                    view.box_visible->y0,
                                    size.width - view.box_visible->x1,
                                    size.height - view.box_visible->y1});
    if (border < kBorderShare * size.width) score *= 0.85;
  }
  return score * (0.6 + 0.4 * sharpness);
}

// Nearly the same picture: within half a metre and 25 degrees.
bool SameView(const Frame& a, const Frame& b) {
  constexpr double kNearM = 0.5, kCosine = 0.9;
  const auto a_from_world = Inverse(a.cam_from_world), b_from_world = Inverse(b.cam_from_world);
  return (a_from_world.t - b_from_world.t).norm() < kNearM &&
         a_from_world.R.col(2).dot(b_from_world.R.col(2)) > kCosine;
}

}  // namespace

std::vector<ChosenFrame> ChooseFrames(const Scene& scene,
                                      const Visibility& visibility,
                                      ObjectId object,
                                      size_t n,
                                      const std::vector<double>& sharpness) {
  std::vector<ChosenFrame> all;
  for (const ObjectView& view : visibility.views) {
    if (view.object != object || view.visible_px == 0 || !view.box_visible) continue;
    const auto f = static_cast<size_t>(view.frame_idx);
    const double sharp = f < sharpness.size() ? sharpness[f] : 1;
    all.push_back({.frame_idx = view.frame_idx,
                   .score = ScoreOf(view, scene.frames[f].color.size, sharp),
                   .visible_px = view.visible_px,
                   .box = *view.box_visible});
  }
  std::sort(all.begin(), all.end(), [](const ChosenFrame& a, const ChosenFrame& b) {
    return a.score != b.score ? a.score > b.score : a.frame_idx < b.frame_idx;
  });
  std::vector<ChosenFrame> chosen, passed_over;
  for (const ChosenFrame& frame : all) {
    const bool repeats = std::any_of(chosen.begin(), chosen.end(), [&](const ChosenFrame& c) {
      return SameView(scene.frames[static_cast<size_t>(c.frame_idx)],
                      scene.frames[static_cast<size_t>(frame.frame_idx)]);
    });
    (repeats ? passed_over : chosen).push_back(frame);
    if (chosen.size() == n) return chosen;
  }
  for (const ChosenFrame& frame : passed_over)
    if (chosen.size() < n) chosen.push_back(frame);
  return chosen;
}

Result<std::vector<ChosenFrame>> ChooseSharpFrames(const SceneStore& store,
                                                   const Visibility& visibility,
                                                   ObjectId object,
                                                   size_t n) {
  constexpr size_t kJudged = 12;
  const Scene& scene = store.scene();
  std::vector<double> sharpness(scene.frames.size(), 0);
  double sharpest = 0;
  for (const ChosenFrame& frame : ChooseFrames(scene, visibility, object, std::max(n, kJudged))) {
    const auto f = static_cast<size_t>(frame.frame_idx);
    SPATIUM_TRY(const RgbImage picture, store.ReadColor(scene.frames[f]));
    sharpness[f] = Sharpness(picture);
    sharpest = std::max(sharpest, sharpness[f]);
  }
  if (sharpest > 0)
    for (double& s : sharpness) s /= sharpest;
  return ChooseFrames(scene, visibility, object, n, sharpness);
}

double Sharpness(const RgbImage& image) {
  constexpr int kStep = 4;
  const auto luminance = [&](int x, int y) {
    const uint8_t* p = image.at(x, y);
    return 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2];
  };
  double n = 0, sum = 0, squares = 0, edges = 0;
  for (int y = 1; y + 1 < image.height(); y += kStep)
    for (int x = 1; x + 1 < image.width(); x += kStep) {
      const double c = luminance(x, y);
      const double laplacian = luminance(x - 1, y) + luminance(x + 1, y) + luminance(x, y - 1) +
                               luminance(x, y + 1) - 4 * c;
      ++n;
      sum += c;
      squares += c * c;
      edges += laplacian * laplacian;
    }
  const double variance = n > 0 ? squares / n - sum / n * sum / n : 0;
  return variance > 1e-9 ? edges / n / variance : 0;
}

}  // namespace spatium
