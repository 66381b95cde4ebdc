// Netpbm's PGM and PPM: P2, P3 (text), P5, P6 (binary), maximum 1..65535, one picture per file.
// Format: https://netpbm.sourceforge.net/doc/pnm.html
#include <optional>

#include "spatium/base/text.h"
#include "spatium/image/codec_formats.h"

namespace spatium::internal {
namespace {

constexpr uint32_t kMaxSample = 65535;

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

class PnmParser {
 public:
  PnmParser(std::string_view bytes, std::string_view where) : bytes_(bytes), where_(where) {}

  Result<void> ReadHeader() {
    text_ = bytes_[1] == '2' || bytes_[1] == '3';
    channels_ = bytes_[1] == '3' || bytes_[1] == '6' ? 3 : 1;
    pos_ = 2;
    SPATIUM_TRY(const uint32_t width, ReadNumber("a width"));
    SPATIUM_TRY(const uint32_t height, ReadNumber("a height"));
    SPATIUM_TRY(max_, ReadNumber("a maximum"));
    if (max_ == 0 || max_ > kMaxSample) return Expected("a maximum of 1 to 65535", StrCat(max_));
    SPATIUM_TRY_DO(CheckPixelCount(width, height, where_));
    if (pos_ >= bytes_.size() || !IsSpace(bytes_[pos_]))
      return Expected("white space after the maximum", Quote(bytes_.substr(pos_, 1)));
    if (!text_) ++pos_;
    size_ = {static_cast<int>(width), static_cast<int>(height)};
    // A text sample takes two bytes at least: " 0".
    const uint64_t bytes_per_sample = text_ || max_ > 255 ? 2 : 1;
    const uint64_t num_samples = uint64_t{width} * height * static_cast<uint64_t>(channels_);
    const uint64_t left = bytes_.size() - pos_;
    if (left < num_samples * bytes_per_sample)
      return Expected(StrCat("at least ", num_samples * bytes_per_sample, " bytes of pixels"),
                      StrCat(left));
    return {};
  }

  // Every sample in file order through put(sample), then only white space.
  template <class Put>
  Result<void> ReadSamples(const Put& put) {
    const uint64_t num_samples = static_cast<uint64_t>(size_.width) *
                                 static_cast<uint64_t>(size_.height) *
                                 static_cast<uint64_t>(channels_);
    for (uint64_t i = 0; i < num_samples; ++i) {
      uint32_t sample = 0;
      if (text_) {
        SPATIUM_TRY(sample, ReadNumber("a sample"));
      } else {
        sample = NextByte();
        if (max_ > 255) sample = sample << 8 | NextByte();
      }
      if (sample > max_) return Expected(StrCat("a sample of at most ", max_), StrCat(sample));
      put(i, sample);
    }
    while (pos_ < bytes_.size() && IsSpace(bytes_[pos_])) ++pos_;
    if (pos_ < bytes_.size())
      return Expected("the end of the file", StrCat(bytes_.size() - pos_, " more bytes"));
    return {};
  }

  ImageSize size() const { return size_; }
  int channels() const { return channels_; }
  uint32_t max() const { return max_; }

 private:
  Error Expected(std::string expected, std::string found) const {
    return {
        ErrorCode::kParse, StrCat(where_, ": byte ", pos_), std::move(expected), std::move(found)};
  }
  uint32_t NextByte() { return static_cast<uint8_t>(bytes_[pos_++]); }

  void SkipSpaceAndComments() {
    bool comment = false;
    for (; pos_ < bytes_.size(); ++pos_) {
      const char c = bytes_[pos_];
      if (comment) {
        comment = c != '\n' && c != '\r';
      } else if (c == '#') {
        comment = true;
      } else if (!IsSpace(c)) {
        return;
      }
    }
  }

  Result<uint32_t> ReadNumber(std::string_view what) {
    const size_t before = pos_;
    SkipSpaceAndComments();
    const size_t start = pos_;
    uint32_t value = 0;
    for (; pos_ < bytes_.size() && bytes_[pos_] >= '0' && bytes_[pos_] <= '9'; ++pos_) {
      if (pos_ - start == 9) return Expected(StrCat(what, " of at most 9 digits"), "more");
      value = value * 10 + static_cast<uint32_t>(bytes_[pos_] - '0');
    }
    if (pos_ == start || start == before)
      return Expected(
          std::string(what),
          start == bytes_.size() ? "the end of the file" : Quote(bytes_.substr(start, 8)));
    return value;
  }

  std::string_view bytes_, where_;
  size_t pos_ = 0;
  bool text_ = false;
  int channels_ = 1;
  uint32_t max_ = 0;
  ImageSize size_;
};

}  // namespace

Result<ImageSize> ReadPnmSize(std::string_view bytes, std::string_view where) {
  PnmParser parser(bytes, where);
  SPATIUM_TRY_DO(parser.ReadHeader());
  return parser.size();
}

Result<RgbImage> DecodePnmRgb(std::string_view bytes, std::string_view where) {
  PnmParser parser(bytes, where);
  SPATIUM_TRY_DO(parser.ReadHeader());
  RgbImage image(parser.size().width, parser.size().height);
  uint8_t* out = image.data().data();
  const uint32_t max = parser.max();
  const bool grey = parser.channels() == 1;
  SPATIUM_TRY_DO(parser.ReadSamples([&](uint64_t i, uint32_t sample) {
    const auto value = static_cast<uint8_t>((sample * 255 + max / 2) / max);
    if (grey) {
      std::fill_n(out + 3 * i, 3, value);
    } else {
      out[i] = value;
    }
  }));
  return image;
}

Result<DepthImage> DecodePnmDepth(std::string_view bytes, std::string_view where) {
  PnmParser parser(bytes, where);
  SPATIUM_TRY_DO(parser.ReadHeader());
  if (parser.channels() != 1)
    return Error{
        ErrorCode::kUnsupported, std::string(where), "a depth map as grey PGM", "a colour PPM"};
  DepthImage depth(parser.size().width, parser.size().height);
  uint16_t* out = depth.data().data();
  SPATIUM_TRY_DO(parser.ReadSamples(
      [&](uint64_t i, uint32_t sample) { out[i] = static_cast<uint16_t>(sample); }));
  return depth;
}

}  // namespace spatium::internal
