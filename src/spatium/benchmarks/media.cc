#include "spatium/benchmarks/media.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "spatium/base/text.h"
#include "spatium/image/codec.h"
#include "spatium/image/resize.h"
#include "spatium/image/video.h"

namespace spatium {
namespace {

RgbImage Within(RgbImage image, int max_side_px) {
  if (max_side_px <= 0 || std::max(image.width(), image.height()) <= max_side_px) return image;
  return ResizeAsPillow(image, FitInside(image.size(), max_side_px), PillowFilter::kLanczos);
}

Result<ImagePart> ToImagePart(std::string bytes, const std::string& source, const Prompt& prompt) {
  SPATIUM_TRY(const ImageFormat format, DetectImageFormat(bytes, source));
  SPATIUM_TRY(const ImageSize size, ReadImageSize(bytes, source));
  const bool too_large =
      prompt.max_side_px > 0 && std::max(size.width, size.height) > prompt.max_side_px;
  if (!too_large && format != ImageFormat::kPnm)
    return ImagePart{std::move(bytes),
                     format == ImageFormat::kPng ? "image/png" : "image/jpeg",
                     size,
                     source,
                     {}};
  SPATIUM_TRY(RgbImage image, DecodeRgb(bytes, source));
  image = Within(std::move(image), prompt.max_side_px);
  constexpr int kResizedJpegQuality = 95;
  if (format == ImageFormat::kJpeg)
    return ImagePart{
        EncodeJpeg(image, kResizedJpegQuality), "image/jpeg", image.size(), source, {}};
  return ImagePart{EncodePng(image), "image/png", image.size(), source, {}};
}

Result<std::vector<ContentPart>> SampleVideo(const Path& file,
                                             const std::string& source,
                                             const Prompt& prompt) {
  constexpr int kVideoJpegQuality = 92;
  SPATIUM_TRY(const int n, CountVideoFrames(file));
  const std::vector<int> numbers = UniformFrames(n, prompt.num_video_frames);
  SPATIUM_TRY(auto frames, DecodeVideoFrames(file, numbers));
  std::vector<ContentPart> parts;
  for (size_t i = 0; i < frames.size(); ++i) {
    const RgbImage frame = Within(std::move(frames[i]), prompt.max_side_px);
    parts.push_back(ImagePart{
        EncodeJpeg(frame, kVideoJpegQuality), "image/jpeg", frame.size(), source, numbers[i]});
  }
  return parts;
}

// FFmpeg wants a file: a member of an archive is put into one for as long as it is read.
class TemporaryFile {
 public:
  static Result<TemporaryFile> Write(std::string_view bytes, std::string_view suffix) {
    std::string name = (std::filesystem::temp_directory_path() / "spatium-video-XXXXXX").string() +
                       std::string(suffix);
    const int fd = ::mkstemps(name.data(), static_cast<int>(suffix.size()));
    if (fd < 0) return Error{ErrorCode::kIo, name, "a temporary file", "none"};
    ::close(fd);
    TemporaryFile file{Path(name)};
    SPATIUM_TRY_DO(WriteFileDirect(file.path_, bytes));
    return file;
  }
  TemporaryFile(TemporaryFile&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  TemporaryFile& operator=(TemporaryFile&&) = delete;
  ~TemporaryFile() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove(path_, ignored);
  }
  const Path& path() const { return path_; }

 private:
  explicit TemporaryFile(Path path) : path_(std::move(path)) {}
  Path path_;
};

}  // namespace

std::vector<int> UniformFrames(int n, int k) {
  k = std::min(n, k);
  std::vector<int> numbers;
  if (k <= 0) return numbers;
  const double step = k > 1 ? static_cast<double>(n - 1) / (k - 1) : 0;
  for (int i = 0; i < k; ++i) numbers.push_back(static_cast<int>(i * step));
  if (k > 1) numbers.back() = n - 1;  // linspace sets its last value exactly
  return numbers;
}

Result<std::string> MediaLoader::ReadBytes(const MediaRef& media) {
  if (!media.bytes.empty()) return media.bytes;
  if (media.cell.row >= 0) return cells_.Read(media.cell);
  if (media.member.empty()) return ReadFile(media.file);
  std::shared_ptr<Archive> archive;
  {
    const std::scoped_lock lock(mutex_);
    auto& slot = archives_[media.file];
    if (!slot) {
      SPATIUM_TRY(slot, Archive::Open(media.file));
    }
    archive = slot;
  }
  return archive->Read(media.member);
}

Result<std::vector<ContentPart>> MediaLoader::LoadVideo(const MediaRef& media,
                                                        const Prompt& prompt) {
  const auto decode = [&]() -> Result<std::vector<ContentPart>> {
    const bool is_file = media.bytes.empty() && media.cell.row < 0 && media.member.empty();
    if (is_file) return SampleVideo(media.file, media.source, prompt);
    SPATIUM_TRY(const std::string bytes, ReadBytes(media));
    SPATIUM_TRY(const TemporaryFile file, TemporaryFile::Write(bytes, ".mp4"));
    return SampleVideo(file.path(), media.source, prompt);
  };
  // What lies in the table has no name that another item could share.
  if (!media.bytes.empty() || media.cell.row >= 0) return decode();
  const std::string key = StrCat(media.file.string(),
                                 "\n",
                                 media.member,
                                 "\n",
                                 media.source,
                                 "\n",
                                 prompt.num_video_frames,
                                 "\n",
                                 prompt.max_side_px);
  SPATIUM_TRY(const auto frames, videos_.Get(key, decode));
  return *frames;
}

Result<std::vector<ContentPart>> MediaLoader::Load(const MediaRef& media, const Prompt& prompt) {
  if (media.kind == MediaRef::Kind::kVideo) return LoadVideo(media, prompt);
  SPATIUM_TRY(std::string bytes, ReadBytes(media));
  if (media.kind == MediaRef::Kind::kDepth)
    return std::vector<ContentPart>{DepthPart{.png = std::move(bytes), .source = media.source}};
  if (!media.markers.empty()) {
    SPATIUM_TRY(RgbImage image, DecodeRgb(bytes, media.source));
    SPATIUM_TRY_DO(DrawMarkers(image, media.markers, 0, media.marker_style));
    bytes = EncodePng(image);
  }
  SPATIUM_TRY(ImagePart image, ToImagePart(std::move(bytes), media.source, prompt));
  return std::vector<ContentPart>{std::move(image)};
}

Result<ChatRequest> MediaLoader::BuildRequest(const Item& item, const Prompt& prompt) {
  ChatRequest request;
  request.sampling = prompt.sampling;
  if (!prompt.system.empty())
    request.messages.push_back(TextMessage(prompt.system_role, prompt.system));
  Message user{.role = Role::kUser, .parts = {}};
  for (const PromptPart& part : prompt.user) {
    if (part.media_idx < 0) {
      user.parts.push_back(TextPart{part.text});
      continue;
    }
    SPATIUM_TRY(auto loaded, Load(item.media[static_cast<size_t>(part.media_idx)], prompt));
    for (ContentPart& media : loaded) user.parts.push_back(std::move(media));
  }
  request.messages.push_back(std::move(user));
  return request;
}

}  // namespace spatium
