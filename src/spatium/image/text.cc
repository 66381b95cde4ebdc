// Text by FreeType, without hinting and with grey levels.
#include "spatium/image/text.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "spatium/base/check.h"
#include "spatium/base/text.h"

namespace spatium {

struct Font::Face {
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  Face() = default;
  Face(const Face&) = delete;
  Face& operator=(const Face&) = delete;
  ~Face() {
    if (face) FT_Done_Face(face);
    if (library) FT_Done_FreeType(library);
  }
};

namespace {

constexpr double kSubpixels = 64;  // FreeType's 26.6 fixed point

// The folders of Debian, Fedora, Arch, a user and macOS.
std::vector<Path> FontFolders() {
  std::vector<Path> folders = {"/usr/share/fonts/truetype/dejavu",
                               "/usr/share/fonts/dejavu-sans-fonts",
                               "/usr/share/fonts/dejavu",
                               "/usr/share/fonts/TTF",
                               "/usr/local/share/fonts",
                               "/Library/Fonts"};
  if (const char* home = std::getenv("HOME")) {
    folders.push_back(Path(home) / ".local/share/fonts");
    folders.push_back(Path(home) / ".fonts");
  }
  return folders;
}

// The next code point of UTF-8; a wrong byte is U+FFFD, one byte long.
char32_t NextCodePoint(std::string_view text, size_t& pos) {
  constexpr char32_t kReplacement = 0xfffd;
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t first = byte(pos);
  const size_t length = first < 0x80       ? 1
                        : first >> 5 == 6  ? 2
                        : first >> 4 == 14 ? 3
                        : first >> 3 == 30 ? 4
                                           : 0;
  if (length == 0 || pos + length > text.size()) return ++pos, kReplacement;
  if (length == 1) return text[pos++] & 0x7f;
  char32_t code = first & (0x7f >> length);
  for (size_t i = 1; i < length; ++i) {
    if (byte(pos + i) >> 6 != 2) return ++pos, kReplacement;
    code = code << 6 | (byte(pos + i) & 0x3f);
  }
  pos += length;
  return code;
}

// Calls fn(glyph slot, pen x in 1/64 pixel) for each letter; returns where the pen ends.
template <class Fn>
FT_Pos ForEachGlyph(FT_Face face, std::string_view text, FT_Int32 flags, const Fn& fn) {
  FT_Pos pen = 0;
  FT_UInt previous = 0;
  for (size_t pos = 0; pos < text.size();) {
    const FT_UInt index = FT_Get_Char_Index(face, NextCodePoint(text, pos));
    if (previous && index) {
      FT_Vector kerning{};
      FT_Get_Kerning(face, previous, index, FT_KERNING_UNFITTED, &kerning);
      pen += kerning.x;
    }
    previous = index;
    if (FT_Load_Glyph(face, index, flags) != 0) continue;
    fn(face->glyph, pen);
    pen += face->glyph->advance.x;
  }
  return pen;
}

}  // namespace

Result<Font> Font::Open(const Path& file, double size_px) {
  SPATIUM_CHECK(size_px >= 1 && size_px <= 2000) << "size_px=" << size_px;
  if (!std::filesystem::exists(file))
    return Error{ErrorCode::kNotFound, file.string(), "a font", ""};
  auto face = std::make_shared<Face>();
  SPATIUM_CHECK(FT_Init_FreeType(&face->library) == 0) << "FreeType did not start";
  if (FT_New_Face(face->library, file.c_str(), 0, &face->face) != 0 ||
      FT_Set_Char_Size(
          face->face, 0, static_cast<FT_F26Dot6>(size_px * kSubpixels + 0.5), 72, 72) != 0)
    return Error{ErrorCode::kParse, file.string(), "a scalable font", "something else"};
  return Font(std::move(face));
}

Result<Font> Font::Default(double size_px, Weight weight) {
  const char* name = weight == Weight::kBold ? "DejaVuSans-Bold.ttf" : "DejaVuSans.ttf";
  for (const Path& folder : FontFolders())
    if (std::filesystem::exists(folder / name)) return Open(folder / name, size_px);
  return Error{ErrorCode::kNotFound,
               name,
               "the font DejaVu Sans (package fonts-dejavu-core) in a font folder",
               "none"};
}

double Font::Width(std::string_view text) const {
  const FT_Pos end =
      ForEachGlyph(face_->face, text, FT_LOAD_NO_HINTING, [](FT_GlyphSlot, FT_Pos) {});
  return static_cast<double>(end) / kSubpixels;
}

double Font::ascent() const {
  return static_cast<double>(face_->face->size->metrics.ascender) / kSubpixels;
}

double Font::descent() const {
  return -static_cast<double>(face_->face->size->metrics.descender) / kSubpixels;
}

void Font::Draw(RgbImage& image, Pixel baseline, std::string_view text, const Paint& paint) const {
  // Far outside of any picture nothing shows, and pen positions stay small enough for FreeType.
  constexpr double kFar = 1e6;
  if (!(std::abs(baseline.u) < kFar && std::abs(baseline.v) < kFar)) return;
  FT_Face face = face_->face;
  ForEachGlyph(face, text, FT_LOAD_NO_HINTING, [&](FT_GlyphSlot slot, FT_Pos pen) {
    if (slot->format != FT_GLYPH_FORMAT_OUTLINE) return;
    const double x = baseline.u + static_cast<double>(pen) / kSubpixels;
    const double left = std::floor(x), top = std::floor(baseline.v);
    // The outline is moved by the pen's fraction of a pixel; its y axis points up.
    FT_Outline_Translate(&slot->outline,
                         static_cast<FT_Pos>((x - left) * kSubpixels),
                         -static_cast<FT_Pos>((baseline.v - top) * kSubpixels));
    if (FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL) != 0) return;
    const FT_Bitmap& bitmap = slot->bitmap;
    for (int row = 0; row < static_cast<int>(bitmap.rows); ++row)
      for (int column = 0; column < static_cast<int>(bitmap.width); ++column) {
        const uint8_t grey = bitmap.buffer[row * bitmap.pitch + column];
        BlendPixel(image,
                   static_cast<int>(left) + slot->bitmap_left + column,
                   static_cast<int>(top) - slot->bitmap_top + row,
                   paint,
                   grey / 255.0);
      }
  });
}

PixelBox DrawLabel(RgbImage& image,
                   Pixel corner,
                   std::string_view text,
                   const Font& font,
                   const LabelStyle& style) {
  const double width = std::ceil(font.Width(text)) + 2 * style.padding_px;
  const double height = std::ceil(font.line_height()) + style.padding_px;
  const double x = std::max(0.0, std::min(corner.u, image.width() - width));
  const double y = std::max(0.0, std::min(corner.v, image.height() - height));
  const PixelBox plate{x, y, x + width, y + height};
  FillRoundedBox(image, plate, style.padding_px, style.plate);
  font.Draw(
      image, {x + style.padding_px, y + style.padding_px / 2 + font.ascent()}, text, style.text);
  return plate;
}

}  // namespace spatium
