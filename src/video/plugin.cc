// Decodes the frames of videos by FFmpeg's libraries.
#include <exception>
#include <memory>
#include <optional>

#include "spatium/base/text.h"
#include "spatium/image/codec.h"
#include "spatium/image/video.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>
}

namespace spatium {
namespace {

struct Free {
  void operator()(AVFormatContext* p) const { avformat_close_input(&p); }
  void operator()(AVCodecContext* p) const { avcodec_free_context(&p); }
  void operator()(AVPacket* p) const { av_packet_free(&p); }
  void operator()(AVFrame* p) const { av_frame_free(&p); }
  void operator()(SwsContext* p) const { sws_freeContext(p); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

struct Input {
  Owned<AVFormatContext> format;
  int stream = -1;
};

// Containers that videos of data sets come in. Others (play lists, network descriptions) may name
// files and servers of their own, which a data set must not make us read.
constexpr const char* kContainers =
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegts,mpegvideo,flv,ogg,gif,asf";

Result<Input> OpenInput(const Path& file) {
  av_log_set_level(AV_LOG_QUIET);
  if (!std::filesystem::is_regular_file(file))
    return Error{ErrorCode::kNotFound, file.string(), "a video", "no such file"};
  AVFormatContext* raw = nullptr;
  AVDictionary* options = nullptr;
  av_dict_set(&options, "format_whitelist", kContainers, 0);
  av_dict_set(&options, "protocol_whitelist", "file", 0);
  // "file:", so that no part of a name is taken for a protocol.
  const int opened =
      avformat_open_input(&raw, ("file:" + file.string()).c_str(), nullptr, &options);
  av_dict_free(&options);
  if (opened < 0) return Error{ErrorCode::kParse, file.string(), "a video", "no known container"};
  Input input{.format = Owned<AVFormatContext>(raw)};
  if (avformat_find_stream_info(raw, nullptr) >= 0)
    input.stream = av_find_best_stream(raw, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  if (input.stream < 0) return Error{ErrorCode::kParse, file.string(), "a video stream", "none"};
  return input;
}

// Nothing for a frame whose pixels have no known form.
std::optional<RgbImage> ToRgb(const AVFrame& frame, Owned<SwsContext>& scaler) {
  if (frame.width <= 0 || frame.height <= 0 || int64_t{frame.width} * frame.height > kMaxPixels)
    return std::nullopt;
  scaler.reset(sws_getCachedContext(scaler.release(),
                                    frame.width,
                                    frame.height,
                                    static_cast<AVPixelFormat>(frame.format),
                                    frame.width,
                                    frame.height,
                                    AV_PIX_FMT_RGB24,
                                    SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT,
                                    nullptr,
                                    nullptr,
                                    nullptr));
  if (!scaler) return std::nullopt;
  RgbImage image(frame.width, frame.height);
  uint8_t* rows[] = {image.data().data()};
  const int strides[] = {3 * frame.width};
  sws_scale(scaler.get(), frame.data, frame.linesize, 0, frame.height, rows, strides);
  return image;
}

Result<int> CountFrames(const Path& file) {
  SPATIUM_TRY(const Input input, OpenInput(file));
  const Owned<AVPacket> packet(av_packet_alloc());
  int n = 0;
  while (av_read_frame(input.format.get(), packet.get()) >= 0) {
    if (packet->stream_index == input.stream) ++n;
    av_packet_unref(packet.get());
  }
  return n;
}

Result<std::vector<RgbImage>> DecodeFrames(const Path& file, const std::vector<int>& numbers) {
  SPATIUM_TRY(const Input input, OpenInput(file));
  const AVCodecParameters* parameters = input.format->streams[input.stream]->codecpar;
  const AVCodec* codec = avcodec_find_decoder(parameters->codec_id);
  const Owned<AVCodecContext> decoder(codec != nullptr ? avcodec_alloc_context3(codec) : nullptr);
  // A stream may change the size of its frames on the way.
  if (decoder) decoder->max_pixels = kMaxPixels;
  if (!decoder || avcodec_parameters_to_context(decoder.get(), parameters) < 0 ||
      int64_t{parameters->width} * parameters->height > kMaxPixels ||
      avcodec_open2(decoder.get(), codec, nullptr) < 0)
    return Error{ErrorCode::kUnsupported,
                 file.string(),
                 "a codec that FFmpeg decodes",
                 avcodec_get_name(parameters->codec_id)};
  const Owned<AVPacket> packet(av_packet_alloc());
  const Owned<AVFrame> frame(av_frame_alloc());
  Owned<SwsContext> scaler;
  std::vector<RgbImage> images;
  int number = 0;
  for (bool ended = false; images.size() < numbers.size();) {
    const int received = avcodec_receive_frame(decoder.get(), frame.get());
    if (received == 0) {
      while (images.size() < numbers.size() && numbers[images.size()] == number) {
        auto image = ToRgb(*frame, scaler);
        if (!image)
          return Error{ErrorCode::kUnsupported,
                       file.string(),
                       "frames that can be converted to RGB",
                       StrCat("frame ", number, " of another form")};
        images.push_back(*std::move(image));
      }
      ++number;
      av_frame_unref(frame.get());
      continue;
    }
    if (received != AVERROR(EAGAIN) || ended) break;
    const int read = av_read_frame(input.format.get(), packet.get());
    ended = read < 0;
    if (ended || packet->stream_index == input.stream)
      avcodec_send_packet(decoder.get(), ended ? nullptr : packet.get());
    av_packet_unref(packet.get());
  }
  if (images.size() < numbers.size())
    return Error{ErrorCode::kBadValue,
                 file.string(),
                 StrCat("frame ", numbers[images.size()]),
                 StrCat(number, " frames")};
  return images;
}

// No exception leaves the plug-in.
template <class Fn>
auto Caught(const Path& file, const Fn& fn) -> decltype(fn()) {
  try {
    return fn();
  } catch (const std::exception& e) {
    return Error{ErrorCode::kParse, file.string(), "a video", e.what()};
  }
}

}  // namespace
}  // namespace spatium

extern "C" __attribute__((visibility("default"))) const void* spatium_video_plugin() {
  static constexpr spatium::VideoPlugin kTable{
      .version = spatium::kVideoPluginVersion,
      .count_frames =
          [](const spatium::Path& file) {
            return spatium::Caught(file, [&] { return spatium::CountFrames(file); });
          },
      .decode_frames =
          [](const spatium::Path& file, const std::vector<int>& numbers) {
            return spatium::Caught(file, [&] { return spatium::DecodeFrames(file, numbers); });
          }};
  return &kTable;
}
