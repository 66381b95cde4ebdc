// Codecs, resizing and markers on a picture of a camera's size. Peers for the same work, one
// thread: scripts/image_peers.py (Pillow, OpenCV).
//   build/bench/bench/image_bench
#include <benchmark/benchmark.h>

#include <array>
#include <cstdlib>

#include "spatium/base/random.h"
#include "spatium/image/codec.h"
#include "spatium/image/marker.h"
#include "spatium/image/resize.h"

namespace {

using namespace spatium;
constexpr ImageSize kSize{1296, 968};

// Smooth ground with edges and a little noise, so that codecs work about as on a photograph.
RgbImage Picture() {
  RandomStream rng(1, {"image_bench"});
  RgbImage image(kSize.width, kSize.height);
  for (int y = 0; y < kSize.height; ++y)
    for (int x = 0; x < kSize.width; ++x)
      for (int c = 0; c < 3; ++c) {
        const int64_t base = (x * (c + 1) / 8 + y / 6 + (x / 160 + y / 120) % 2 * 60) % 240;
        image.at(x, y)[c] = static_cast<uint8_t>(base + rng.Int(0, 8));
      }
  return image;
}

DepthImage Depth() {
  RandomStream rng(2, {"image_bench"});
  DepthImage depth(640, 480);
  for (int y = 0; y < 480; ++y)
    for (int x = 0; x < 640; ++x)
      *depth.at(x, y) = static_cast<uint16_t>(1500 + 2 * x + y + rng.Int(0, 6));
  return depth;
}

void Check(bool ok) {
  if (!ok) std::abort();
}

void BM_DecodeJpeg(benchmark::State& state) {
  const std::string bytes = EncodeJpeg(Picture());
  Check(DecodeRgb(bytes, "")->size() == kSize);
  for (auto _ : state) benchmark::DoNotOptimize(DecodeRgb(bytes, ""));
}
BENCHMARK(BM_DecodeJpeg)->Unit(benchmark::kMillisecond);

void BM_EncodeJpeg(benchmark::State& state) {
  const RgbImage image = Picture();
  for (auto _ : state) benchmark::DoNotOptimize(EncodeJpeg(image));
}
BENCHMARK(BM_EncodeJpeg)->Unit(benchmark::kMillisecond);

void BM_DecodeDepthPng(benchmark::State& state) {
  const DepthImage depth = Depth();
  const std::string bytes = EncodePng(depth);
  Check(*DecodeDepth(bytes, "") == depth);
  for (auto _ : state) benchmark::DoNotOptimize(DecodeDepth(bytes, ""));
}
BENCHMARK(BM_DecodeDepthPng)->Unit(benchmark::kMillisecond);

void BM_ResizePillowBicubic(benchmark::State& state) {
  const RgbImage image = Picture();
  for (auto _ : state)
    benchmark::DoNotOptimize(ResizeAsPillow(image, {336, 252}, PillowFilter::kBicubic));
}
BENCHMARK(BM_ResizePillowBicubic)->Unit(benchmark::kMillisecond);

void BM_ResizeOpenCvLinear(benchmark::State& state) {
  const RgbImage image = Picture();
  for (auto _ : state)
    benchmark::DoNotOptimize(ResizeAsOpenCv(image, {640, 480}, OpenCvFilter::kLinear));
}
BENCHMARK(BM_ResizeOpenCvLinear)->Unit(benchmark::kMillisecond);

void BM_DrawMarkers(benchmark::State& state) {
  RgbImage image = Picture();
  const std::array markers = {Marker::Box(MarkerColor::kRed, {100, 100, 300, 300}),
                              Marker::Point(MarkerColor::kBlue, 500, 500)};
  const auto style = state.range(0) ? MarkerStyle::kSpar : MarkerStyle::kClear;
  for (auto _ : state) benchmark::DoNotOptimize(DrawMarkers(image, markers, 0, style));
}
BENCHMARK(BM_DrawMarkers)->ArgName("spar")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
