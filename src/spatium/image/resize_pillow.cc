#include <cmath>
#include <numbers>

#include "spatium/base/check.h"
#include "spatium/geometry/trig.h"
#include "spatium/image/resize.h"
#include "spatium/image/resize_nearest.h"

namespace spatium {
namespace {

// Coefficients have 22 bits after the point: 32 less 8 of the pixel and 2 for sums beyond 0..1.
constexpr int kPrecisionBits = 32 - 8 - 2;

double Sinc(double x) {
  if (x == 0) return 1;
  x *= std::numbers::pi;
  return Sin(x) / x;
}

struct Kernel {
  double support;
  double (*weight)(double x);
};

Kernel KernelOf(PillowFilter filter) {
  switch (filter) {
    case PillowFilter::kBox:
      return {0.5, [](double x) { return x > -0.5 && x <= 0.5 ? 1.0 : 0.0; }};
    case PillowFilter::kBilinear:
      return {1, [](double x) { return std::max(0.0, 1 - std::abs(x)); }};
    case PillowFilter::kHamming:
      return {1, [](double x) {
                x = std::abs(x);
                if (x == 0) return 1.0;
                if (x >= 1) return 0.0;
                x *= std::numbers::pi;
                // The two constants are single precision in the source.
                return Sin(x) / x * (double{0.54F} + double{0.46F} * Cos(x));
              }};
    case PillowFilter::kBicubic:
      return {2, [](double x) {
                constexpr double a = -0.5;
                x = std::abs(x);
                if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
                if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
                return 0.0;
              }};
    default:
      return {3, [](double x) { return x >= -3 && x < 3 ? Sinc(x) * Sinc(x / 3) : 0.0; }};
  }
}

// For each new position: the first source position and the coefficients from there.
struct Taps {
  struct Range {
    int first, count;
  };
  std::vector<Range> ranges;
  std::vector<int32_t> coefficients;  // `stride` per new position
  size_t stride = 0;
};

Taps MakeTaps(int in_size, int out_size, const Kernel& kernel) {
  const double scale = static_cast<double>(in_size) / out_size;
  const double filter_scale = std::max(scale, 1.0);
  const double support = kernel.support * filter_scale;
  const double inverse = 1.0 / filter_scale;
  Taps taps;
  taps.stride = static_cast<size_t>(std::ceil(support)) * 2 + 1;
  taps.coefficients.resize(taps.stride * static_cast<size_t>(out_size));
  std::vector<double> weights(taps.stride);
  for (int i = 0; i < out_size; ++i) {
    const double center = (i + 0.5) * scale;
    const int first = std::max(0, static_cast<int>(center - support + 0.5));
    const int count = std::min(in_size, static_cast<int>(center + support + 0.5)) - first;
    double sum = 0;
    for (int k = 0; k < count; ++k) {
      const double w = kernel.weight((k + first - center + 0.5) * inverse);
      weights[static_cast<size_t>(k)] = w;
      sum += w;
    }
    int32_t* out = taps.coefficients.data() + taps.stride * static_cast<size_t>(i);
    for (int k = 0; k < count; ++k) {
      const double w = weights[static_cast<size_t>(k)];
      const double scaled = (sum != 0 ? w / sum : w) * (1 << kPrecisionBits);
      out[k] = static_cast<int32_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }
    taps.ranges.push_back({first, count});
  }
  return taps;
}

uint8_t Clip(int32_t sum) {
  return static_cast<uint8_t>(std::clamp(sum >> kPrecisionBits, 0, 255));
}

// A coefficient times a pixel may pass 31 bits only together with others; Pillow's sum wraps as
// unsigned arithmetic does.
int32_t AddProduct(int32_t sum, uint8_t pixel, int32_t coefficient) {
  return static_cast<int32_t>(static_cast<uint32_t>(sum) +
                              static_cast<uint32_t>(int32_t{pixel} * coefficient));
}

template <int Channels>
ImageOf<uint8_t, Channels> ResizeWidth(const ImageOf<uint8_t, Channels>& image,
                                       int width,
                                       const Kernel& kernel) {
  const Taps taps = MakeTaps(image.width(), width, kernel);
  ImageOf<uint8_t, Channels> out(width, image.height());
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < width; ++x) {
      const auto [first, count] = taps.ranges[static_cast<size_t>(x)];
      const int32_t* k = taps.coefficients.data() + taps.stride * static_cast<size_t>(x);
      const uint8_t* in = image.at(first, y);
      int32_t sums[Channels];
      std::fill_n(sums, Channels, 1 << (kPrecisionBits - 1));
      for (int i = 0; i < count; ++i)
        for (int c = 0; c < Channels; ++c) sums[c] = AddProduct(sums[c], *in++, k[i]);
      for (int c = 0; c < Channels; ++c) out.at(x, y)[c] = Clip(sums[c]);
    }
  return out;
}

template <int Channels>
ImageOf<uint8_t, Channels> ResizeHeight(const ImageOf<uint8_t, Channels>& image,
                                        int height,
                                        const Kernel& kernel) {
  const Taps taps = MakeTaps(image.height(), height, kernel);
  ImageOf<uint8_t, Channels> out(image.width(), height);
  const size_t row_bytes = static_cast<size_t>(image.width()) * Channels;
  std::vector<int32_t> sums(row_bytes);
  for (int y = 0; y < height; ++y) {
    const auto [first, count] = taps.ranges[static_cast<size_t>(y)];
    const int32_t* k = taps.coefficients.data() + taps.stride * static_cast<size_t>(y);
    std::ranges::fill(sums, 1 << (kPrecisionBits - 1));
    for (int i = 0; i < count; ++i) {
      const uint8_t* in = image.at(0, first + i);
      for (size_t b = 0; b < row_bytes; ++b) sums[b] = AddProduct(sums[b], in[b], k[i]);
    }
    std::ranges::transform(sums, out.at(0, y), Clip);
  }
  return out;
}

// Source positions of the nearest filter: a sum of steps, as the source forms it, not a product.
std::vector<int> NearestPositions(int in_size, int out_size) {
  const double step = static_cast<double>(in_size) / out_size;
  double at = step * 0.5;
  std::vector<int> positions;
  for (int i = 0; i < out_size; ++i, at += step)
    positions.push_back(std::min(static_cast<int>(at), in_size - 1));
  return positions;
}

template <int Channels>
ImageOf<uint8_t, Channels> Resize(const ImageOf<uint8_t, Channels>& image,
                                  ImageSize size,
                                  PillowFilter filter) {
  SPATIUM_CHECK(!image.empty() && size.width > 0 && size.height > 0)
      << size.width << " x " << size.height;
  if (size == image.size()) return image;
  if (filter == PillowFilter::kNearest)
    return internal::PickPixels(image,
                                NearestPositions(image.width(), size.width),
                                NearestPositions(image.height(), size.height));
  const Kernel kernel = KernelOf(filter);
  ImageOf<uint8_t, Channels> wide;
  if (size.width != image.width()) wide = ResizeWidth(image, size.width, kernel);
  const auto& source = size.width != image.width() ? wide : image;
  if (size.height == image.height()) return source;
  return ResizeHeight(source, size.height, kernel);
}

}  // namespace

RgbImage ResizeAsPillow(const RgbImage& image, ImageSize size, PillowFilter filter) {
  return Resize(image, size, filter);
}

GrayImage ResizeAsPillow(const GrayImage& image, ImageSize size, PillowFilter filter) {
  return Resize(image, size, filter);
}

ImageSize FitInside(ImageSize size, int max_side_px) {
  const int longest = std::max(size.width, size.height);
  if (longest <= max_side_px) return size;
  const auto shrink = [&](int side) {
    return std::max(1, static_cast<int>((int64_t{side} * max_side_px + longest / 2) / longest));
  };
  return {shrink(size.width), shrink(size.height)};
}

}  // namespace spatium
