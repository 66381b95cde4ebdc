#pragma once
#include <memory>
#include <string_view>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/image/draw.h"

namespace spatium {

// A font at one size. Not hinted, so the same pixels with the same versions of FreeType and font.
// Copies share the font; one font is used by one thread at a time.
class Font {
 public:
  enum class Weight { kRegular, kBold };
  // DejaVu Sans from the system's font folders. Errors: kNotFound, saying which package has it.
  static Result<Font> Default(double size_px, Weight weight = Weight::kRegular);
  // A TrueType or OpenType file. Errors: kNotFound, kParse.
  static Result<Font> Open(const Path& file, double size_px);

  // How far the pen moves over `text`, in pixels.
  double Width(std::string_view text) const;
  // From the baseline up to the highest and down to the lowest letters, both positive.
  double ascent() const;
  double descent() const;
  double line_height() const { return ascent() + descent(); }

  // Writes one line of UTF-8 with the pen starting at `baseline`. Unknown letters show as boxes.
  void Draw(RgbImage& image, Pixel baseline, std::string_view text, const Paint& paint) const;

 private:
  struct Face;
  explicit Font(std::shared_ptr<Face> face) : face_(std::move(face)) {}
  std::shared_ptr<Face> face_;
};

struct LabelStyle {
  Paint plate{.color = {255, 255, 255}, .alpha = 0.9};
  Paint text{.color = {17, 17, 17}};
  double padding_px = 4;
};
// One line of text on a plate whose upper left corner is at `corner`; moved so that it is inside
// the picture where it fits. Returns the plate's box.
PixelBox DrawLabel(RgbImage& image,
                   Pixel corner,
                   std::string_view text,
                   const Font& font,
                   const LabelStyle& style = {});

}  // namespace spatium
