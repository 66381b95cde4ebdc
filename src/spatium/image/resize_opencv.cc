#include <cmath>

#include "spatium/base/check.h"
#include "spatium/image/resize.h"
#include "spatium/image/resize_nearest.h"

namespace spatium {
namespace {

template <int Channels>
using Bytes = ImageOf<uint8_t, Channels>;

// Source pixels per new pixel. The source divides twice, and its truncations depend on it.
struct Scale {
  double inverse, scale;
  Scale(int in_size, int out_size)
      : inverse(static_cast<double>(out_size) / in_size), scale(1.0 / inverse) {}
};

int RoundHalfEven(double v) { return static_cast<int>(std::nearbyint(v)); }

uint8_t ToByte(float v) { return static_cast<uint8_t>(std::clamp(RoundHalfEven(v), 0, 255)); }

std::vector<int> NearestPositions(int in_size, int out_size) {
  const double scale = Scale(in_size, out_size).scale;
  std::vector<int> positions;
  for (int i = 0; i < out_size; ++i)
    positions.push_back(std::min(static_cast<int>(std::floor(i * scale)), in_size - 1));
  return positions;
}

template <class T, int Channels>
ImageOf<T, Channels> Nearest(const ImageOf<T, Channels>& image, ImageSize size) {
  SPATIUM_CHECK(!image.empty() && size.width > 0 && size.height > 0)
      << size.width << " x " << size.height;
  return internal::PickPixels(image,
                              NearestPositions(image.width(), size.width),
                              NearestPositions(image.height(), size.height));
}

// Two neighbours and their weights in 1/2048.
struct LinearTap {
  int first;
  int16_t weight[2];
};
constexpr int kWeightOne = 2048;

// `area`: the weights that the area filter takes when it enlarges.
std::vector<LinearTap> LinearTaps(int in_size, int out_size, bool area, bool clip_weights) {
  const Scale scale(in_size, out_size);
  std::vector<LinearTap> taps;
  for (int i = 0; i < out_size; ++i) {
    int first = 0;
    float fraction = 0;
    if (area) {
      first = static_cast<int>(std::floor(i * scale.scale));
      fraction = static_cast<float>((i + 1) - (first + 1) * scale.inverse);
      fraction = fraction <= 0 ? 0.0F : fraction - std::floor(fraction);
    } else {
      fraction = static_cast<float>((i + 0.5) * scale.scale - 0.5);
      first = static_cast<int>(std::floor(fraction));
      fraction -= static_cast<float>(first);
    }
    // Columns at the edge take one pixel alone; rows keep their weights over a row taken twice.
    if (clip_weights && first < 0) first = 0, fraction = 0;
    if (clip_weights && first >= in_size - 1) first = in_size - 1, fraction = 0;
    taps.push_back({first,
                    {static_cast<int16_t>(RoundHalfEven((1.0F - fraction) * kWeightOne)),
                     static_cast<int16_t>(RoundHalfEven(fraction * kWeightOne))}});
  }
  return taps;
}

template <int Channels>
Bytes<Channels> Linear(const Bytes<Channels>& image, ImageSize size, bool area) {
  const auto columns = LinearTaps(image.width(), size.width, area, true);
  const auto rows = LinearTaps(image.height(), size.height, area, false);
  const size_t row_values = static_cast<size_t>(size.width) * Channels;
  // One source row at the new width, in 1/2048.
  const auto widen = [&](int y, std::vector<int>& out) {
    y = std::clamp(y, 0, image.height() - 1);
    out.resize(row_values);
    int* to = out.data();
    for (const LinearTap& tap : columns) {
      const uint8_t* a = image.at(tap.first, y);
      const uint8_t* b = image.at(std::min(tap.first + 1, image.width() - 1), y);
      for (int c = 0; c < Channels; ++c) *to++ = a[c] * tap.weight[0] + b[c] * tap.weight[1];
    }
  };
  Bytes<Channels> result(size.width, size.height);
  std::vector<int> above, below;
  for (int y = 0; y < size.height; ++y) {
    const LinearTap& tap = rows[static_cast<size_t>(y)];
    widen(tap.first, above);
    widen(tap.first + 1, below);
    uint8_t* out = result.at(0, y);
    // The source's fixed-point cast: each product loses its low bits before the sum.
    for (size_t i = 0; i < row_values; ++i)
      out[i] = static_cast<uint8_t>((((tap.weight[0] * (above[i] >> 4)) >> 16) +
                                     ((tap.weight[1] * (below[i] >> 4)) >> 16) + 2) >>
                                    2);
  }
  return result;
}

// Shrinking by whole numbers: the mean of blocks.
template <int Channels>
Bytes<Channels> AreaBlocks(const Bytes<Channels>& image, ImageSize size, int sx, int sy) {
  Bytes<Channels> out(size.width, size.height);
  const float scale = 1.0F / static_cast<float>(sx * sy);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x)
      for (int c = 0; c < Channels; ++c) {
        int sum = 0;
        for (int j = 0; j < sy; ++j)
          for (int i = 0; i < sx; ++i) sum += image.at(x * sx + i, y * sy + j)[c];
        out.at(x, y)[c] = sx == 2 && sy == 2 ? static_cast<uint8_t>((sum + 2) >> 2)
                                             : ToByte(static_cast<float>(sum) * scale);
      }
  return out;
}

// One source position's share of a new position.
struct AreaTap {
  int to, from;
  float share;
};

std::vector<AreaTap> AreaTaps(int in_size, int out_size) {
  // Shares below this are left out, as the source does.
  constexpr double kLeast = 1e-3;
  const double scale = Scale(in_size, out_size).scale;
  std::vector<AreaTap> taps;
  for (int i = 0; i < out_size; ++i) {
    const double begin = i * scale, end = begin + scale;
    const double cell = std::min(scale, in_size - begin);
    const int last = std::min(static_cast<int>(std::floor(end)), in_size - 1);
    const int first = std::min(static_cast<int>(std::ceil(begin)), last);
    if (first - begin > kLeast)
      taps.push_back({i, first - 1, static_cast<float>((first - begin) / cell)});
    for (int k = first; k < last; ++k) taps.push_back({i, k, static_cast<float>(1.0 / cell)});
    if (end - last > kLeast)
      taps.push_back(
          {i, last, static_cast<float>(std::min(std::min(end - last, 1.0), cell) / cell)});
  }
  return taps;
}

template <int Channels>
Bytes<Channels> AreaShares(const Bytes<Channels>& image, ImageSize size) {
  const auto columns = AreaTaps(image.width(), size.width);
  const auto rows = AreaTaps(image.height(), size.height);
  Bytes<Channels> out(size.width, size.height);
  const size_t row_values = static_cast<size_t>(size.width) * Channels;
  std::vector<float> row(row_values), sum(row_values);
  for (size_t k = 0; k < rows.size(); ++k) {
    std::ranges::fill(row, 0.0F);
    for (const AreaTap& tap : columns)
      for (int c = 0; c < Channels; ++c)
        row[static_cast<size_t>(tap.to * Channels + c)] +=
            static_cast<float>(image.at(tap.from, rows[k].from)[c]) * tap.share;
    const bool starts = k == 0 || rows[k - 1].to != rows[k].to;
    for (size_t i = 0; i < row_values; ++i)
      sum[i] = starts ? rows[k].share * row[i] : sum[i] + rows[k].share * row[i];
    const bool ends = k + 1 == rows.size() || rows[k + 1].to != rows[k].to;
    if (ends) std::ranges::transform(sum, out.at(0, rows[k].to), ToByte);
  }
  return out;
}

template <int Channels>
Bytes<Channels> Resize(const Bytes<Channels>& image, ImageSize size, OpenCvFilter filter) {
  SPATIUM_CHECK(!image.empty() && size.width > 0 && size.height > 0)
      << size.width << " x " << size.height;
  if (size == image.size()) return image;
  if (filter == OpenCvFilter::kNearest) return Nearest(image, size);
  const double sx = Scale(image.width(), size.width).scale;
  const double sy = Scale(image.height(), size.height).scale;
  const int whole_x = RoundHalfEven(sx), whole_y = RoundHalfEven(sy);
  constexpr double kEpsilon = 2.220446049250313e-16;
  const bool blocks = std::abs(sx - whole_x) < kEpsilon && std::abs(sy - whole_y) < kEpsilon;
  // Linear by exactly one half is area, in the source as well.
  const bool area = filter == OpenCvFilter::kArea || (blocks && whole_x == 2 && whole_y == 2);
  if (area && sx >= 1 && sy >= 1)
    return blocks ? AreaBlocks(image, size, whole_x, whole_y) : AreaShares(image, size);
  return Linear(image, size, area);
}

}  // namespace

RgbImage ResizeAsOpenCv(const RgbImage& image, ImageSize size, OpenCvFilter filter) {
  return Resize(image, size, filter);
}

GrayImage ResizeAsOpenCv(const GrayImage& image, ImageSize size, OpenCvFilter filter) {
  return Resize(image, size, filter);
}

DepthImage ResizeNearest(const DepthImage& image, ImageSize size) { return Nearest(image, size); }

IdImage ResizeNearest(const IdImage& image, ImageSize size) { return Nearest(image, size); }

}  // namespace spatium
