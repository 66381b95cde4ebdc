#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/result.h"
#include "spatium/geometry/distortion.h"

namespace spatium {

// A camera as COLMAP's cameras.txt lists it: the model's name, the size, the parameters in
// COLMAP's order (focal lengths, principal point, coefficients). Models: SIMPLE_PINHOLE, PINHOLE,
// SIMPLE_RADIAL, RADIAL, OPENCV, OPENCV_FISHEYE, FULL_OPENCV, FOV, SIMPLE_RADIAL_FISHEYE,
// RADIAL_FISHEYE, THIN_PRISM_FISHEYE. COLMAP puts the first pixel's centre at (0.5, 0.5), as we do.
// Errors at `where`: kUnsupported for another model; kBadValue if the number of parameters is not
// the model's, one is not finite, a focal length or the size is not positive.
// Source: https://colmap.github.io/cameras.html and src/colmap/sensor/models.h.
struct ColmapCamera {
  std::string model;
  ImageSize size;
  std::vector<double> params;
};
Result<LensCamera> FromColmap(const ColmapCamera& camera, std::string_view where);

// The simplest COLMAP model that holds the camera exactly.
// Errors: kUnsupported if no model does (OpenCV's prism terms s1 .. s4).
Result<ColmapCamera> ToColmap(const LensCamera& camera);

// A camera as OpenCV's calibration writes it. OpenCV puts the first pixel's centre at (0, 0): half
// a pixel is added to the principal point here.
struct OpenCvCamera {
  ImageSize size;
  double fx = 0, fy = 0, cx = 0, cy = 0;
  // 0, 4, 5, 8 or 12 numbers: k1 k2 p1 p2 [k3 [k4 k5 k6 [s1 s2 s3 s4]]]; fisheye: 0 or 4, k1 .. k4
  std::vector<double> distortion;
  bool fisheye = false;
};
// Errors at `where`: as above; kUnsupported for the 14 numbers of a tilted sensor unless the tilt
// is 0.
Result<LensCamera> FromOpenCv(const OpenCvCamera& camera, std::string_view where);

}  // namespace spatium
