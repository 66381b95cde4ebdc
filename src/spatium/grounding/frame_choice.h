#pragma once
#include <vector>

#include "spatium/scene/store.h"
#include "spatium/visibility/visibility.h"

namespace spatium {

struct ChosenFrame {
  int frame_idx = 0;
  double score = 0;
  int64_t visible_px = 0;
  PixelBox box;  // of the visible part
};

// The n best camera frames of an object, best first, by how much of the picture its visible part
// fills, how much of it is visible, how far it is from the border, and (where `sharpness` has a
// value for a frame) how sharp the picture is. Frames that look the same way from nearly the same
// place as a better one are passed over while others are left. Ties go to the earlier frame.
std::vector<ChosenFrame> ChooseFrames(const Scene& scene,
                                      const Visibility& visibility,
                                      ObjectId object,
                                      size_t n,
                                      const std::vector<double>& sharpness = {});

// The same with the sharpness of the most promising frames looked at, relative to the sharpest of
// them. Errors: those of pictures that cannot be read.
Result<std::vector<ChosenFrame>> ChooseSharpFrames(const SceneStore& store,
                                                   const Visibility& visibility,
                                                   ObjectId object,
                                                   size_t n);

// Variance of the Laplacian of the picture's luminance at a quarter of its size, over the variance
// of the luminance: larger is sharper.
double Sharpness(const RgbImage& image);

}  // namespace spatium
