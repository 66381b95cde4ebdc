#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "spatium/geometry/camera.h"

namespace spatium {

// Rows of interleaved channels, top row first, no padding.
template <class T, int Channels>
class ImageOf {
 public:
  ImageOf() = default;
  ImageOf(int width, int height, T fill = T{})
      : size_{width, height},
        data_(static_cast<size_t>(width) * static_cast<size_t>(height) * Channels, fill) {}

  int width() const { return size_.width; }
  int height() const { return size_.height; }
  ImageSize size() const { return size_; }
  bool empty() const { return data_.empty(); }
  // The Channels values of pixel column x, row y.
  T* at(int x, int y) { return data_.data() + Offset(x, y); }
  const T* at(int x, int y) const { return data_.data() + Offset(x, y); }
  std::span<T> data() { return data_; }
  std::span<const T> data() const { return data_; }
  friend bool operator==(const ImageOf&, const ImageOf&) = default;

 private:
  size_t Offset(int x, int y) const {
    return (static_cast<size_t>(y) * static_cast<size_t>(size_.width) + static_cast<size_t>(x)) *
           Channels;
  }
  ImageSize size_;
  std::vector<T> data_;
};

using RgbImage = ImageOf<uint8_t, 3>;  // sRGB
using GrayImage = ImageOf<uint8_t, 1>;
using DepthImage = ImageOf<uint16_t, 1>;  // raw units of the file; 0: no measurement
using MetricDepth = ImageOf<float, 1>;    // metres along z; 0: no measurement
using IdImage = ImageOf<int32_t, 1>;      // ObjectId::value; -1: background

struct Rgb {
  uint8_t r = 0, g = 0, b = 0;
  friend bool operator==(Rgb, Rgb) = default;
};

}  // namespace spatium
