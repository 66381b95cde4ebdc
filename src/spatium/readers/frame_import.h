#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "spatium/base/result.h"
#include "spatium/readers/matrix_text.h"
#include "spatium/readers/reader.h"

namespace spatium {

// One frame of a source before its images are looked at. An image that is not there has no reader.
struct RawFrame {
  std::string name;
  std::optional<double> time_s;
  FilePose world_from_cam = Error{ErrorCode::kNotFound, "", "a pose", "none"};
  std::string lacks;  // why the frame cannot be used, where the reader knows already
  // The bytes of an image file (JPEG, PNG, PNM).
  std::function<Result<std::string>()> color;
  // Either the bytes of a depth image file or the decoded depth.
  std::function<Result<std::string>()> depth_file;
  std::function<Result<DepthImage>()> depth;
};

// Takes frames in batches, checks and writes their images on all cores, and keeps the order.
// A frame whose pose is not finite or no rotation, or whose image cannot be decoded, is left out
// with its reason. An image of another size than its camera's is an error.
class FrameImport {
 public:
  // The cameras' sizes are the declared ones. world_from_source is the axis alignment.
  FrameImport(const SceneWriter& out,
              Pinhole color,
              Pinhole depth,
              Rigid<frame::World, frame::World> world_from_source,
              unsigned threads);

  // Errors: kBadValue for a size; kDiskFull, kIo of writing; kCancelled.
  Result<void> Add(std::vector<RawFrame> batch);

  std::vector<Frame> TakeFrames() { return std::move(frames_); }
  std::vector<SkippedFrame> TakeSkipped() { return std::move(skipped_); }

  static constexpr size_t kBatch = 32;  // frames whose images are in memory at a time

 private:
  struct Outcome;
  Outcome Process(const RawFrame& raw) const;

  const SceneWriter& out_;
  Pinhole color_, depth_;
  Rigid<frame::World, frame::World> world_from_source_;
  unsigned threads_;
  std::vector<Frame> frames_;
  std::vector<SkippedFrame> skipped_;
};

// The error of an import that kept no frame although there were some; else success.
Result<void> CheckSomeFrameKept(const Path& source,
                                size_t num_kept,
                                const std::vector<SkippedFrame>& skipped);

}  // namespace spatium
