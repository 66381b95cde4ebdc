#include "spatium/readers/frame_import.h"

#include "spatium/base/interrupt.h"
#include "spatium/base/parallel.h"
#include "spatium/base/text.h"
#include "spatium/image/codec.h"

namespace spatium {
namespace {

std::string SizeText(ImageSize size) { return StrCat(size.width, "x", size.height); }

// Failures of writing end an import; failures of reading one image cost its frame.
bool EndsImport(const Error& error) {
  return error.code == ErrorCode::kDiskFull || error.code == ErrorCode::kIo ||
         error.code == ErrorCode::kOutOfMemory || error.code == ErrorCode::kCancelled;
}

Result<void> CheckSize(ImageSize found, ImageSize declared, const std::string& where) {
  if (found == declared) return {};
  return Error{ErrorCode::kBadValue, where, SizeText(declared) + " as declared", SizeText(found)};
}

}  // namespace

struct FrameImport::Outcome {
  std::optional<Frame> frame;
  std::string skip_reason;
  std::optional<Error> fatal;
};

FrameImport::FrameImport(const SceneWriter& out,
                         Pinhole color,
                         Pinhole depth,
                         Rigid<frame::World, frame::World> world_from_source,
                         unsigned threads)
    : out_(out),
      color_(color),
      depth_(depth),
      world_from_source_(std::move(world_from_source)),
      threads_(threads) {}

FrameImport::Outcome FrameImport::Process(const RawFrame& raw) const {
  const auto skip = [](std::string reason) {
    Outcome outcome;
    outcome.skip_reason = std::move(reason);
    return outcome;
  };
  const auto fail = [](Error error) {
    Outcome outcome;
    outcome.fatal = std::move(error);
    return outcome;
  };
  const auto skip_or_fail = [&](std::string_view what, const Error& error) {
    return EndsImport(error) ? fail(error) : skip(StrCat(what, ": ", error.Message()));
  };
  if (!raw.lacks.empty()) return skip(raw.lacks);
  if (!raw.world_from_cam) return skip("pose: " + raw.world_from_cam.error().Message());

  Frame frame;
  frame.name = raw.name;
  frame.time_s = raw.time_s;
  frame.color = color_;
  frame.depth = depth_;
  frame.cam_from_world = Inverse(world_from_source_ * *raw.world_from_cam);
  const std::string where = StrCat("frame ", raw.name, ": ");
  // Both images are decoded before either is written, so that a frame left out leaves no file.
  std::string color_bytes;
  if (raw.color) {
    auto bytes = raw.color();
    if (!bytes) return skip_or_fail("colour", bytes.error());
    const auto image = DecodeRgb(*bytes, "image");
    if (!image) return skip_or_fail("colour", image.error());
    if (auto same = CheckSize(image->size(), color_.size, where + "colour image"); !same)
      return fail(same.error());
    color_bytes = *std::move(bytes);
  }
  std::optional<DepthImage> depth;
  std::string depth_bytes;
  if (raw.depth_file || raw.depth) {
    Result<DepthImage> image = Error{ErrorCode::kNotFound, "", "", ""};
    if (raw.depth_file) {
      auto bytes = raw.depth_file();
      if (!bytes) return skip_or_fail("depth", bytes.error());
      image = DecodeDepth(*bytes, "image");
      const auto format = DetectImageFormat(*bytes, "image");
      if (image && format && *format == ImageFormat::kPng) depth_bytes = *std::move(bytes);
    } else {
      image = raw.depth();
    }
    if (!image && image.error().code == ErrorCode::kBadValue)  // of another size than declared
      return fail(Error(image.error()).Within("frame " + raw.name));
    if (!image) return skip_or_fail("depth", image.error());
    if (auto same = CheckSize(image->size(), depth_.size, where + "depth image"); !same)
      return fail(same.error());
    depth = *std::move(image);
  }
  if (raw.color) {
    auto path = out_.WriteColor(raw.name, color_bytes);
    if (!path) return fail(path.error());
    frame.color_path = *std::move(path);
  }
  if (depth) {
    auto path = depth_bytes.empty() ? out_.WriteDepth(raw.name, *depth)
                                    : out_.WriteDepthPng(raw.name, depth_bytes);
    if (!path) return fail(path.error());
    frame.depth_path = *std::move(path);
  }
  Outcome outcome;
  outcome.frame = std::move(frame);
  return outcome;
}

Result<void> FrameImport::Add(std::vector<RawFrame> batch) {
  SPATIUM_TRY_DO(CheckStop("import"));
  std::vector<Outcome> outcomes(batch.size());
  ParallelFor(batch.size(), threads_, [&](size_t i) { outcomes[i] = Process(batch[i]); });
  for (size_t i = 0; i < batch.size(); ++i) {
    if (outcomes[i].fatal) return *std::move(outcomes[i].fatal);
    if (outcomes[i].frame)
      frames_.push_back(*std::move(outcomes[i].frame));
    else
      skipped_.push_back({batch[i].name, std::move(outcomes[i].skip_reason)});
  }
  return {};
}

Result<void> CheckSomeFrameKept(const Path& source,
                                size_t num_kept,
                                const std::vector<SkippedFrame>& skipped) {
  if (num_kept > 0 || skipped.empty()) return {};
  return Error{
      ErrorCode::kBadValue,
      source.string(),
      "at least one usable frame",
      StrCat(
          "none of ", skipped.size(), "; the first, ", skipped[0].frame, ": ", skipped[0].reason)};
}

}  // namespace spatium
