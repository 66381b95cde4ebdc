#include "spatium/metrics/frames.h"

#include <algorithm>

#include "spatium/metrics/python.h"

namespace spatium {
namespace {

constexpr int64_t kMaxFrames = 1'000'000;

std::vector<int64_t> Uniform(int64_t count, int64_t num_frames) {
  std::vector<int64_t> out;
  for (const double x :
       py::Linspace(0, static_cast<double>(num_frames - 1), static_cast<int>(count))) {
    out.push_back(static_cast<int64_t>(x));
  }
  return out;
}

}  // namespace

std::vector<int64_t> SampleFrames(FrameRule rule, int64_t count, int64_t num_frames) {
  if (count <= 0 || num_frames <= 0 || count > kMaxFrames) return {};
  switch (rule) {
    case FrameRule::kUniform:
      return Uniform(count, num_frames);
    case FrameRule::kUniformMin:
      return Uniform(std::min(count, num_frames), num_frames);
    case FrameRule::kUniformTail: {
      auto out = Uniform(count, num_frames);
      if (out.back() != num_frames - 1) out.push_back(num_frames - 1);
      return out;
    }
    case FrameRule::kChunkCenter:
      break;
  }
  std::vector<int64_t> out;
  const double size = static_cast<double>(num_frames) / static_cast<double>(count);
  for (int64_t i = 0; i < count; ++i) {
    const double middle = size / 2 + py::RoundHalfEven(size * static_cast<double>(i));
    out.push_back(std::clamp<int64_t>(static_cast<int64_t>(middle), 0, num_frames - 1));
  }
  return out;
}

std::vector<int64_t> SampleFramesByRate(double fps, int64_t num_frames, double video_fps) {
  if (!(fps > 0) || !(video_fps > 0) || num_frames <= 0) return {};
  const double wanted = static_cast<double>(num_frames) / video_fps * fps;
  if (!(wanted < static_cast<double>(kMaxFrames))) return {};
  const double step = video_fps / fps;
  std::vector<int64_t> out;
  for (int64_t i = 0; i < static_cast<int64_t>(wanted); ++i) {
    out.push_back(static_cast<int64_t>(static_cast<double>(i) * step));
  }
  return out;
}

}  // namespace spatium
