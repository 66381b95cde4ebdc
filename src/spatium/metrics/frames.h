#pragma once
#include <cstdint>
#include <vector>

namespace spatium {

// Which frames of a video a harness shows to a model.
enum class FrameRule {
  kUniform,      // linspace(0, n - 1, k) truncated; frames repeat if k > n (VLMEvalKit)
  kUniformMin,   // the same with k at most n (lmms-eval)
  kUniformTail,  // uniform, and the last frame if it is not there
  kChunkCenter   // the middles of k chunks
};
// Indices in [0, num_frames); none for no frames.
std::vector<int64_t> SampleFrames(FrameRule rule, int64_t count, int64_t num_frames);
// A frame every 1 / fps seconds (VLMEvalKit).
std::vector<int64_t> SampleFramesByRate(double fps, int64_t num_frames, double video_fps);

}  // namespace spatium
