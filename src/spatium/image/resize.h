#pragma once
#include "spatium/image/image.h"

namespace spatium {

// Resizing with the bits of the libraries that models and benchmarks were made with: a picture
// resized here equals theirs in every byte (resize_test.cc compares where Python has them).
// The new size must be at least 1 x 1 and the picture not empty.

// PIL.Image.resize(size, filter): when shrinking, every source pixel counts (antialias).
// Source: Pillow's Resample.c (8 bits per channel, 22-bit coefficients) and Geometry.c.
enum class PillowFilter { kNearest, kBox, kBilinear, kHamming, kBicubic, kLanczos };
RgbImage ResizeAsPillow(const RgbImage& image, ImageSize size, PillowFilter filter);
GrayImage ResizeAsPillow(const GrayImage& image, ImageSize size, PillowFilter filter);

// cv2.resize(image, size, interpolation=INTER_...): linear takes the two nearest pixels at any
// scale; area averages when shrinking. Source: OpenCV 4's imgproc/resize.cpp, without IPP.
enum class OpenCvFilter { kNearest, kLinear, kArea };
RgbImage ResizeAsOpenCv(const RgbImage& image, ImageSize size, OpenCvFilter filter);
GrayImage ResizeAsOpenCv(const GrayImage& image, ImageSize size, OpenCvFilter filter);

// The nearest pixel in OpenCV's sense: for depth and ids, whose values must not be mixed.
DepthImage ResizeNearest(const DepthImage& image, ImageSize size);
IdImage ResizeNearest(const IdImage& image, ImageSize size);

// The largest size of the same shape with both sides at most `max_side_px`; never larger than
// `size`.
ImageSize FitInside(ImageSize size, int max_side_px);

}  // namespace spatium
