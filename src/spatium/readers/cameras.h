#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/geometry/camera.h"

namespace spatium {

// A pinhole camera's numbers as data sets write them: the centre of the first pixel at (0, 0).
// (ScanNet, TUM, Redwood and OpenCV all do; 319.5, 239.5 is the middle of 640x480.)
struct CameraNumbers {
  double fx = 0, fy = 0, cx = 0, cy = 0;
  std::optional<ImageSize> size;  // of the images that the numbers are for, where it is known
};

// An intrinsic matrix, 3x3 or 4x4, row by row.
// Errors: kParse; kBadValue if there are neither 9 nor 16 numbers, fx or fy is not above 0, or the
// matrix has skew.
Result<CameraNumbers> ParseIntrinsicMatrix(std::string_view text, std::string_view where);
Result<CameraNumbers> ReadIntrinsicMatrix(const Path& path);

// "fx,fy,cx,cy" or "fx,fy,cx,cy,w,h". Errors: kUsage naming `flag`.
Result<CameraNumbers> ParseCameraFlag(std::string_view text, std::string_view flag);

// The camera in the house convention (+0.5) for images of `size`; numbers for another size are
// scaled per axis.
Pinhole HousePinhole(const CameraNumbers& numbers, ImageSize size);
// The other way, for writers: numbers of a file.
CameraNumbers FileNumbers(const Pinhole& camera);
// A 4x4 intrinsic matrix as ScanNet's exporter writes it, every digit kept.
std::string IntrinsicMatrixText(const CameraNumbers& numbers);

// What Kinect-like sensors ship with: 525, 525, 319.5, 239.5 at 640x480. Only where a data set says
// nothing, and announced.
inline constexpr CameraNumbers kPrimeSense{525, 525, 319.5, 239.5, ImageSize{640, 480}};

}  // namespace spatium
