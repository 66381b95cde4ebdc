#pragma once
#include <Eigen/Core>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/image/image.h"

namespace spatium {

// ScanNet's .sens container, version 4: a header, then one record per frame, little-endian.
// Source: github.com/ScanNet/ScanNet, SensReader/c++/sensorData.h.
enum class SensColor { kRaw = 0, kPng = 1, kJpeg = 2 };
enum class SensDepth { kRaw = 0, kZlib = 1, kOcci = 2 };

struct SensHeader {
  std::string sensor_name;
  Eigen::Matrix4f color_intrinsic = Eigen::Matrix4f::Identity();
  Eigen::Matrix4f color_extrinsic = Eigen::Matrix4f::Identity();
  Eigen::Matrix4f depth_intrinsic = Eigen::Matrix4f::Identity();
  Eigen::Matrix4f depth_extrinsic = Eigen::Matrix4f::Identity();
  SensColor color_compression = SensColor::kJpeg;
  SensDepth depth_compression = SensDepth::kZlib;
  ImageSize color_size, depth_size;
  float depth_shift = 1000;  // steps per metre
  uint64_t num_frames = 0;
};

struct SensFrame {
  Eigen::Matrix4f world_from_cam = Eigen::Matrix4f::Identity();  // -inf where tracking was lost
  uint64_t color_time_us = 0, depth_time_us = 0;
  std::string color, depth;  // as the header's compressions say
};

// Reads a .sens frame by frame; the file is never in memory as a whole. Every length is checked
// against the file's before anything is allocated.
class SensReader {
 public:
  // Errors: kNotFound, kIo; kParse with the byte offset for a header that is cut off or absurd;
  // kUnsupported for another version.
  static Result<SensReader> Open(const Path& path);

  const SensHeader& header() const { return header_; }
  // The next frame; nothing after the last. With `with_images` false the blobs stay empty.
  // Errors: kParse with the frame's index and byte offset where the file is cut off.
  Result<std::optional<SensFrame>> Next(bool with_images = true);

 private:
  struct Closer {
    void operator()(std::FILE* f) const { std::fclose(f); }
  };
  SensReader() = default;
  Result<void> Need(uint64_t bytes, const std::string& what) const;
  Result<void> Read(void* to, uint64_t bytes, const std::string& what);
  Result<void> ReadHeader();

  Path path_;
  std::unique_ptr<std::FILE, Closer> file_;
  uint64_t size_ = 0, at_ = 0, next_frame_ = 0;
  SensHeader header_;
};

// Writes a .sens; the number of frames in the header is set by Finish. There is no section of
// inertial measurements after the frames, which readers take as none.
class SensWriter {
 public:
  static Result<SensWriter> Create(const Path& path, const SensHeader& header);
  Result<void> Add(const SensFrame& frame);
  Result<void> Finish();

 private:
  struct Closer {
    void operator()(std::FILE* f) const { std::fclose(f); }
  };
  SensWriter() = default;
  Result<void> Write(const void* from, size_t bytes);
  Path path_;
  std::unique_ptr<std::FILE, Closer> file_;
  uint64_t num_frames_ = 0, count_offset_ = 0;
};

// A depth blob of the header's compression. Errors: kParse for bytes that do not decompress,
// kBadValue for a depth of another size than declared, kUnsupported for OCCI.
Result<DepthImage> DecodeSensDepth(const std::string& blob,
                                   const SensHeader& header,
                                   std::string_view where);
// A zlib blob; the same bytes for the same picture and zlib version.
std::string EncodeSensDepth(const DepthImage& depth);

}  // namespace spatium
