#include "spatium/grounding/crops.h"

#include <algorithm>
#include <cmath>

#include "spatium/base/text.h"
#include "spatium/image/codec.h"
#include "spatium/image/draw.h"
#include "spatium/image/resize.h"
#include "spatium/image/text.h"

namespace spatium {
namespace {

constexpr Rgb kRed{200, 16, 32};
constexpr int kJpegQuality = 90;

RgbImage Scaled(const RgbImage& image, int max_side_px) {
  const int side = std::max(image.width(), image.height());
  if (side <= max_side_px) return image;
  const double scale = static_cast<double>(max_side_px) / side;
  return ResizeAsPillow(image,
                        {std::max(1, static_cast<int>(image.width() * scale + 0.5)),
                         std::max(1, static_cast<int>(image.height() * scale + 0.5))},
                        PillowFilter::kBilinear);
}

RgbImage Crop(const RgbImage& image, const PixelBox& box) {
  const int x0 = std::clamp(static_cast<int>(box.x0), 0, image.width() - 1),
            y0 = std::clamp(static_cast<int>(box.y0), 0, image.height() - 1);
  const int x1 = std::clamp(static_cast<int>(std::ceil(box.x1)), x0 + 1, image.width()),
            y1 = std::clamp(static_cast<int>(std::ceil(box.y1)), y0 + 1, image.height());
  RgbImage out(x1 - x0, y1 - y0);
  for (int y = y0; y < y1; ++y) std::copy_n(image.at(x0, y), 3 * (x1 - x0), out.at(0, y - y0));
  return out;
}

}  // namespace

namespace {

// A box and the object's number at it.
Result<void> MarkBox(RgbImage& image, const PixelBox& box, ObjectId object) {
  const double font_px = std::max(16.0, image.width() / 32.0);
  StrokeBoxOutside(image, box, 3, {.color = kRed});
  SPATIUM_TRY(const Font font, Font::Default(font_px, Font::Weight::kBold));
  LabelStyle style;
  style.text.color = kRed;
  DrawLabel(
      image, {box.x0, box.y0 - font.line_height() - 10}, std::to_string(object.value), font, style);
  return {};
}

}  // namespace

Result<std::optional<ImagePart>> CloseUp(const SceneStore& store,
                                         const ChosenFrame& chosen,
                                         ObjectId object,
                                         int side_px) {
  // An object that fills less of the frame than this gains by being cut out.
  constexpr double kSmallShare = 0.06, kMargin = 0.6, kLeastPx = 24;
  const Frame& frame = store.scene().frames[static_cast<size_t>(chosen.frame_idx)];
  const PixelBox& box = chosen.box;
  const ImageSize size = frame.color.size;
  if (box.area() > kSmallShare * size.width * size.height) return std::optional<ImagePart>();
  SPATIUM_TRY(const RgbImage full, store.ReadColor(frame));
  const double margin = kMargin * std::max({box.width(), box.height(), kLeastPx});
  const double x0 = std::max(0.0, std::floor(box.x0 - margin)),
               y0 = std::max(0.0, std::floor(box.y0 - margin));
  const RgbImage cut = Crop(full, {x0, y0, box.x1 + margin, box.y1 + margin});
  const double scale = static_cast<double>(side_px) / std::max(cut.width(), cut.height());
  RgbImage image = ResizeAsPillow(cut,
                                  {std::max(1, static_cast<int>(cut.width() * scale + 0.5)),
                                   std::max(1, static_cast<int>(cut.height() * scale + 0.5))},
                                  PillowFilter::kBilinear);
  SPATIUM_TRY_DO(MarkBox(
      image,
      {(box.x0 - x0) * scale, (box.y0 - y0) * scale, (box.x1 - x0) * scale, (box.y1 - y0) * scale},
      object));
  return std::optional<ImagePart>(
      ImagePart{EncodeJpeg(image, kJpegQuality),
                "image/jpeg",
                image.size(),
                StrCat("close-up in frame ", frame.name, ", object ", object.value),
                {}});
}

Result<ImagePart> MarkedFrame(const SceneStore& store,
                              const ChosenFrame& chosen,
                              ObjectId object,
                              int max_side_px) {
  const Frame& frame = store.scene().frames[static_cast<size_t>(chosen.frame_idx)];
  SPATIUM_TRY(const RgbImage full, store.ReadColor(frame));
  RgbImage image = Scaled(full, max_side_px);
  const double scale = static_cast<double>(image.width()) / full.width();
  const PixelBox box{
      chosen.box.x0 * scale, chosen.box.y0 * scale, chosen.box.x1 * scale, chosen.box.y1 * scale};
  SPATIUM_TRY_DO(MarkBox(image, box, object));
  return ImagePart{EncodeJpeg(image, kJpegQuality),
                   "image/jpeg",
                   image.size(),
                   StrCat("frame ", frame.name, ", object ", object.value),
                   {}};
}

Result<std::optional<ImagePart>> CropGrid(const SceneStore& store,
                                          const Visibility& visibility,
                                          std::span<const ObjectId> objects) {
  constexpr int kCell = 192, kLabel = 26, kColumns = 6;
  constexpr double kMargin = 0.15;
  std::vector<std::pair<ObjectId, RgbImage>> crops;
  for (const ObjectId id : objects) {
    const auto frames = ChooseFrames(store.scene(), visibility, id, 1);
    if (frames.empty()) continue;
    SPATIUM_TRY(const RgbImage image,
                store.ReadColor(store.scene().frames[static_cast<size_t>(frames[0].frame_idx)]));
    PixelBox box = frames[0].box;
    const double dx = kMargin * box.width(), dy = kMargin * box.height();
    crops.emplace_back(
        id, Scaled(Crop(image, {box.x0 - dx, box.y0 - dy, box.x1 + dx, box.y1 + dy}), kCell - 8));
  }
  if (crops.empty()) return std::optional<ImagePart>();
  const int rows = (static_cast<int>(crops.size()) + kColumns - 1) / kColumns;
  RgbImage grid(kCell * std::min<int>(kColumns, static_cast<int>(crops.size())),
                rows * (kCell + kLabel),
                255);
  SPATIUM_TRY(const Font font, Font::Default(18, Font::Weight::kBold));
  for (size_t i = 0; i < crops.size(); ++i) {
    const int x = static_cast<int>(i) % kColumns * kCell,
              y = static_cast<int>(i) / kColumns * (kCell + kLabel);
    const RgbImage& crop = crops[i].second;
    for (int row = 0; row < crop.height(); ++row)
      std::copy_n(crop.at(0, row), 3 * crop.width(), grid.at(x + 4, y + kLabel + row));
    font.Draw(grid, {x + 6.0, y + 19.0}, std::to_string(crops[i].first.value), {.color = kRed});
  }
  return std::optional<ImagePart>(
      ImagePart{EncodeJpeg(grid, kJpegQuality), "image/jpeg", grid.size(), "crops of objects", {}});
}

}  // namespace spatium
