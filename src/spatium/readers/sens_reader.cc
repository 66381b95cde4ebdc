#include <cerrno>
#include <cstring>

#include "spatium/base/text.h"
#include "spatium/image/codec.h"
#include "spatium/readers/sens.h"

namespace spatium {
namespace {

constexpr uint32_t kVersion = 4;
constexpr uint64_t kMaxName = 1 << 16;
// A frame's pose, two times and two lengths.
constexpr uint64_t kFrameHead = 16 * sizeof(float) + 4 * sizeof(uint64_t);

Eigen::Matrix4f FromRows(const float* m) {
  return Eigen::Map<const Eigen::Matrix<float, 4, 4, Eigen::RowMajor>>(m);
}

}  // namespace

Result<void> SensReader::Need(uint64_t bytes, const std::string& what) const {
  if (bytes <= size_ - at_) return {};
  return Error{ErrorCode::kParse,
               StrCat(path_.string(), ": byte ", at_),
               StrCat(bytes, " bytes of ", what),
               StrCat(size_ - at_, " bytes to the end of the file")};
}

Result<void> SensReader::Read(void* to, uint64_t bytes, const std::string& what) {
  SPATIUM_TRY_DO(Need(bytes, what));
  if (std::fread(to, 1, bytes, file_.get()) != bytes)
    return Error{ErrorCode::kIo, path_.string(), "a readable file", std::strerror(errno)};
  at_ += bytes;
  return {};
}

Result<SensReader> SensReader::Open(const Path& path) {
  SensReader reader;
  reader.path_ = path;
  if (std::filesystem::is_directory(path))
    return Error{ErrorCode::kIo, path.string(), "a .sens file", "a folder"};
  reader.file_.reset(std::fopen(path.c_str(), "rbe"));
  if (!reader.file_)
    return Error{errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo,
                 path.string(),
                 "a readable file",
                 std::strerror(errno)};
  std::error_code error;
  reader.size_ = std::filesystem::file_size(path, error);
  if (error) return Error{ErrorCode::kIo, path.string(), "a file", error.message()};
  SPATIUM_TRY_DO(reader.ReadHeader());
  return reader;
}

Result<void> SensReader::ReadHeader() {
  uint32_t version = 0;
  SPATIUM_TRY_DO(Read(&version, sizeof version, "the version"));
  if (version != kVersion)
    return Error{ErrorCode::kUnsupported,
                 path_.string(),
                 StrCat(".sens version ", kVersion),
                 StrCat("version ", version)};
  uint64_t name_length = 0;
  SPATIUM_TRY_DO(Read(&name_length, sizeof name_length, "the sensor name's length"));
  if (name_length > kMaxName)
    return Error{ErrorCode::kParse,
                 StrCat(path_.string(), ": byte ", at_),
                 StrCat("a sensor name of at most ", kMaxName, " bytes"),
                 StrCat(name_length)};
  SPATIUM_TRY_DO(Need(name_length, "the sensor name"));
  header_.sensor_name.resize(name_length);
  SPATIUM_TRY_DO(Read(header_.sensor_name.data(), name_length, "the sensor name"));
  for (Eigen::Matrix4f* matrix : {&header_.color_intrinsic,
                                  &header_.color_extrinsic,
                                  &header_.depth_intrinsic,
                                  &header_.depth_extrinsic}) {
    float m[16];
    SPATIUM_TRY_DO(Read(m, sizeof m, "the cameras"));
    *matrix = FromRows(m);
  }
  int32_t compression[2];
  SPATIUM_TRY_DO(Read(compression, sizeof compression, "the compressions"));
  if (compression[0] < 0 || compression[0] > 2 || compression[1] < 0 || compression[1] > 1)
    return Error{ErrorCode::kUnsupported,
                 path_.string(),
                 "colour compression 0 raw, 1 PNG or 2 JPEG; depth compression 0 raw or 1 zlib",
                 StrCat(compression[0], " and ", compression[1])};
  header_.color_compression = static_cast<SensColor>(compression[0]);
  header_.depth_compression = static_cast<SensDepth>(compression[1]);
  for (ImageSize* size : {&header_.color_size, &header_.depth_size}) {
    uint32_t side[2];
    SPATIUM_TRY_DO(Read(side, sizeof side, "the image sizes"));
    if (side[0] == 0 || side[1] == 0 || side[0] > 1u << 20 || side[1] > 1u << 20 ||
        uint64_t{side[0]} * side[1] > static_cast<uint64_t>(kMaxPixels))
      return Error{ErrorCode::kParse,
                   StrCat(path_.string(), ": byte ", at_ - sizeof side),
                   StrCat("images of 1 to ", kMaxPixels, " pixels"),
                   StrCat(side[0], "x", side[1])};
    *size = {static_cast<int>(side[0]), static_cast<int>(side[1])};
  }
  SPATIUM_TRY_DO(Read(&header_.depth_shift, sizeof header_.depth_shift, "the depth shift"));
  if (!(header_.depth_shift > 0 && header_.depth_shift <= 1e9f))
    return Error{ErrorCode::kBadValue,
                 path_.string(),
                 "a depth shift above 0 (steps per metre)",
                 StrCat(static_cast<double>(header_.depth_shift))};
  SPATIUM_TRY_DO(Read(&header_.num_frames, sizeof header_.num_frames, "the number of frames"));
  if (header_.num_frames > (size_ - at_) / kFrameHead)
    return Error{ErrorCode::kParse,
                 StrCat(path_.string(), ": byte ", at_),
                 StrCat(header_.num_frames, " frames of at least ", kFrameHead, " bytes"),
                 StrCat(size_ - at_, " bytes to the end of the file")};
  return {};
}

Result<std::optional<SensFrame>> SensReader::Next(bool with_images) {
  if (next_frame_ == header_.num_frames) return std::optional<SensFrame>();
  const std::string what = StrCat("frame ", next_frame_, " of ", header_.num_frames);
  std::optional<SensFrame> frame(std::in_place);
  float pose[16];
  SPATIUM_TRY_DO(Read(pose, sizeof pose, what));
  frame->world_from_cam = FromRows(pose);
  SPATIUM_TRY_DO(Read(&frame->color_time_us, sizeof(uint64_t), what));
  SPATIUM_TRY_DO(Read(&frame->depth_time_us, sizeof(uint64_t), what));
  uint64_t color_bytes = 0, depth_bytes = 0;
  SPATIUM_TRY_DO(Read(&color_bytes, sizeof color_bytes, what));
  SPATIUM_TRY_DO(Read(&depth_bytes, sizeof depth_bytes, what));
  for (const auto& [bytes, blob] :
       {std::pair{color_bytes, &frame->color}, std::pair{depth_bytes, &frame->depth}}) {
    SPATIUM_TRY_DO(Need(bytes, what));
    if (with_images) {
      blob->resize(bytes);
      SPATIUM_TRY_DO(Read(blob->data(), bytes, what));
    } else {
      if (::fseeko(file_.get(), static_cast<off_t>(bytes), SEEK_CUR) != 0)
        return Error{ErrorCode::kIo, path_.string(), "a file to seek in", std::strerror(errno)};
      at_ += bytes;
    }
  }
  ++next_frame_;
  return frame;
}

}  // namespace spatium
