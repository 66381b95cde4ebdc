#include <zlib.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "spatium/base/check.h"
#include "spatium/base/text.h"
#include "spatium/readers/sens.h"

namespace spatium {
namespace {

constexpr int kZlibLevel = 6;

std::array<float, 16> Rows(const Eigen::Matrix4f& matrix) {
  std::array<float, 16> m;
  Eigen::Map<Eigen::Matrix<float, 4, 4, Eigen::RowMajor>>(m.data()) = matrix;
  return m;
}

}  // namespace

Result<SensWriter> SensWriter::Create(const Path& path, const SensHeader& header) {
  SensWriter writer;
  writer.path_ = path;
  writer.file_.reset(std::fopen(path.c_str(), "wbe"));
  if (!writer.file_)
    return Error{ErrorCode::kIo, path.string(), "a writable place", std::strerror(errno)};
  std::string bytes;
  const auto put = [&](const auto& value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  };
  put(uint32_t{4});
  put(uint64_t{header.sensor_name.size()});
  bytes += header.sensor_name;
  for (const Eigen::Matrix4f* matrix : {&header.color_intrinsic,
                                        &header.color_extrinsic,
                                        &header.depth_intrinsic,
                                        &header.depth_extrinsic})
    put(Rows(*matrix));
  put(static_cast<int32_t>(header.color_compression));
  put(static_cast<int32_t>(header.depth_compression));
  for (const ImageSize size : {header.color_size, header.depth_size}) {
    put(static_cast<uint32_t>(size.width));
    put(static_cast<uint32_t>(size.height));
  }
  put(header.depth_shift);
  writer.count_offset_ = bytes.size();
  put(uint64_t{0});
  SPATIUM_TRY_DO(writer.Write(bytes.data(), bytes.size()));
  return writer;
}

Result<void> SensWriter::Write(const void* from, size_t bytes) {
  if (std::fwrite(from, 1, bytes, file_.get()) == bytes) return {};
  const int error = errno;
  return Error{
      error == ENOSPC || error == EFBIG || error == EDQUOT ? ErrorCode::kDiskFull : ErrorCode::kIo,
      path_.string(),
      StrCat("room for ", bytes, " bytes"),
      std::strerror(error)};
}

Result<void> SensWriter::Add(const SensFrame& frame) {
  const auto pose = Rows(frame.world_from_cam);
  const uint64_t head[] = {
      frame.color_time_us, frame.depth_time_us, frame.color.size(), frame.depth.size()};
  SPATIUM_TRY_DO(Write(pose.data(), sizeof pose));
  SPATIUM_TRY_DO(Write(head, sizeof head));
  SPATIUM_TRY_DO(Write(frame.color.data(), frame.color.size()));
  SPATIUM_TRY_DO(Write(frame.depth.data(), frame.depth.size()));
  ++num_frames_;
  return {};
}

Result<void> SensWriter::Finish() {
  if (::fseeko(file_.get(), static_cast<off_t>(count_offset_), SEEK_SET) != 0)
    return Error{ErrorCode::kIo, path_.string(), "a file to seek in", std::strerror(errno)};
  SPATIUM_TRY_DO(Write(&num_frames_, sizeof num_frames_));
  std::FILE* file = file_.release();
  if (std::fclose(file) == 0) return {};
  const int error = errno;
  return Error{
      error == ENOSPC || error == EFBIG || error == EDQUOT ? ErrorCode::kDiskFull : ErrorCode::kIo,
      path_.string(),
      "room for the file",
      std::strerror(error)};
}

Result<DepthImage> DecodeSensDepth(const std::string& blob,
                                   const SensHeader& header,
                                   std::string_view where) {
  // No memory is taken for a depth that the blob cannot hold: deflate never packs 1040 to 1.
  constexpr size_t kMaxRatio = 1040;
  const size_t want = sizeof(uint16_t) * static_cast<size_t>(header.depth_size.width) *
                      static_cast<size_t>(header.depth_size.height);
  const auto wrong_size = [&](std::string found) {
    return Error{ErrorCode::kBadValue,
                 std::string(where),
                 StrCat(want,
                        " bytes of depth, ",
                        header.depth_size.width,
                        "x",
                        header.depth_size.height,
                        " as declared"),
                 std::move(found)};
  };
  if (want > kMaxRatio * (blob.size() + 1))
    return wrong_size(StrCat("a blob of ", blob.size(), " bytes"));
  DepthImage depth(header.depth_size.width, header.depth_size.height);
  if (header.depth_compression == SensDepth::kRaw) {
    if (blob.size() != want) return wrong_size(StrCat(blob.size(), " bytes"));
    std::memcpy(depth.data().data(), blob.data(), want);
    return depth;
  }
  if (header.depth_compression != SensDepth::kZlib)
    return Error{ErrorCode::kUnsupported, std::string(where), "zlib or raw depth", "OCCI"};
  z_stream stream{};
  SPATIUM_CHECK(inflateInit(&stream) == Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(blob.data()));
  stream.avail_in = static_cast<uInt>(blob.size());
  stream.next_out = reinterpret_cast<Bytef*>(depth.data().data());
  stream.avail_out = static_cast<uInt>(want);
  int state = inflate(&stream, Z_FINISH);
  bool longer = false;
  if (state == Z_BUF_ERROR && stream.avail_out == 0) {  // the output is full: is there more?
    Bytef extra;
    stream.next_out = &extra;
    stream.avail_out = 1;
    state = inflate(&stream, Z_FINISH);
    longer = stream.avail_out == 0;
  }
  const size_t got = stream.total_out;
  inflateEnd(&stream);
  if (longer) return wrong_size("more");
  if (state != Z_STREAM_END)
    return Error{ErrorCode::kParse, std::string(where), "a zlib stream", "broken or cut off bytes"};
  if (got != want) return wrong_size(StrCat(got, " bytes"));
  return depth;
}

std::string EncodeSensDepth(const DepthImage& depth) {
  const auto bytes = depth.data().size_bytes();
  uLongf length = compressBound(static_cast<uLong>(bytes));
  std::string blob(length, '\0');
  SPATIUM_CHECK(compress2(reinterpret_cast<Bytef*>(blob.data()),
                          &length,
                          reinterpret_cast<const Bytef*>(depth.data().data()),
                          static_cast<uLong>(bytes),
                          kZlibLevel) == Z_OK);
  blob.resize(length);
  return blob;
}

}  // namespace spatium
