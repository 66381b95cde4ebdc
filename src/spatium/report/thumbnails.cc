#include "spatium/report/thumbnails.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "spatium/base/hash.h"
#include "spatium/base/parallel.h"
#include "spatium/base/progress.h"
#include "spatium/base/text.h"
#include "spatium/benchmarks/media.h"
#include "spatium/image/codec.h"
#include "spatium/image/resize.h"

namespace spatium {
namespace {

constexpr int kQuality = 72;
constexpr int kSheetColumns = 3, kSheetFrames = 6;
// Measured on indoor photographs at this quality and these sizes.
constexpr double kBytesPerPixel = 0.22;
constexpr int kLeastSide = 120, kMostSide = 480;

// Two items that show the same medium with the same marks share a picture.
std::string NameOf(const MediaRef& media) {
  std::string name =
      StrCat(static_cast<int>(media.kind),
             "\n",
             media.cell.row >= 0   ? StrCat(media.cell.file.string(),
                                          "\n",
                                          media.cell.row,
                                          "\n",
                                          media.cell.column,
                                          "\n",
                                          media.cell.index)
             : media.bytes.empty() ? StrCat(media.file.string(), "\n", media.member)
                                   : Hex(Hash64(media.bytes)) + Hex(Hash64(media.bytes, 1)));
  for (const Marker& marker : media.markers) {
    name +=
        StrCat("\n", static_cast<int>(marker.shape), " ", Name(marker.color), " ", marker.label);
    for (const double at : marker.at) name += StrCat(" ", at);
  }
  return name;
}

int SideFor(size_t num_media, size_t budget_bytes) {
  const double pixels = static_cast<double>(budget_bytes) /
                        static_cast<double>(std::max<size_t>(1, num_media)) / kBytesPerPixel;
  return std::clamp(static_cast<int>(std::sqrt(pixels * 4 / 3)), kLeastSide, kMostSide);
}

RgbImage Shrink(const RgbImage& image, int side_px) {
  return ResizeAsPillow(image, FitInside(image.size(), side_px), PillowFilter::kBox);
}

RgbImage DepthPicture(const DepthImage& depth) {
  uint16_t far = 1;
  for (const uint16_t d : depth.data()) far = std::max(far, d);
  RgbImage image(depth.width(), depth.height());
  for (size_t i = 0; i < depth.data().size(); ++i)
    if (depth.data()[i] > 0)
      for (size_t c = 0; c < 3; ++c)
        image.data()[3 * i + c] = static_cast<uint8_t>(255 - 225 * depth.data()[i] / far);
  return image;
}

// Frames side by side, three in a row.
RgbImage Sheet(const std::vector<RgbImage>& frames) {
  const int width = frames[0].width(), height = frames[0].height();
  const int columns = std::min<int>(kSheetColumns, static_cast<int>(frames.size()));
  const int rows = (static_cast<int>(frames.size()) + columns - 1) / columns;
  RgbImage sheet(columns * width, rows * height, 255);
  for (size_t k = 0; k < frames.size(); ++k) {
    if (frames[k].size() != frames[0].size()) continue;
    const int x = static_cast<int>(k) % columns * width, y = static_cast<int>(k) / columns * height;
    for (int row = 0; row < height; ++row)
      std::copy_n(frames[k].at(0, row), 3 * width, sheet.at(x, y + row));
  }
  return sheet;
}

Result<std::string> MakeOne(MediaLoader& loader, const Item& item, int media_idx, int side_px) {
  Prompt prompt;
  prompt.user.push_back({.text = "", .media_idx = media_idx});
  prompt.num_video_frames = kSheetFrames;
  SPATIUM_TRY(const ChatRequest request, loader.BuildRequest(item, prompt));
  const auto& parts = request.messages.back().parts;
  const int part_side = parts.size() > 1 ? side_px / 2 : side_px;
  std::vector<RgbImage> pictures;
  for (const ContentPart& part : parts) {
    if (const auto* image = std::get_if<ImagePart>(&part)) {
      SPATIUM_TRY(const RgbImage rgb, DecodeRgbReduced(image->bytes, image->source, part_side));
      pictures.push_back(Shrink(rgb, part_side));
    } else if (const auto* depth = std::get_if<DepthPart>(&part)) {
      SPATIUM_TRY(const DepthImage raw, DecodeDepth(depth->png, depth->source));
      pictures.push_back(Shrink(DepthPicture(raw), part_side));
    }
  }
  if (pictures.empty()) return Error{ErrorCode::kBadValue, item.id, "a picture", "none"};
  return EncodeJpeg(pictures.size() > 1 ? Sheet(pictures) : pictures[0], kQuality);
}

}  // namespace

Thumbnails MakeThumbnails(std::span<const Item> items, const ThumbnailOptions& options) {
  struct Medium {
    size_t item_idx;
    int media_idx;
    std::optional<std::string> jpeg;
  };
  Thumbnails thumbnails;
  std::vector<Medium> media;
  std::unordered_map<std::string, int> known;
  for (size_t i = 0; i < items.size(); ++i) {
    std::vector<int>& indices = thumbnails.of_item.emplace_back();
    for (size_t k = 0; k < items[i].media.size() && k < options.max_per_item; ++k) {
      const auto [it, added] =
          known.emplace(NameOf(items[i].media[k]), static_cast<int>(media.size()));
      if (added) media.push_back({.item_idx = i, .media_idx = static_cast<int>(k), .jpeg = {}});
      indices.push_back(it->second);
    }
  }
  thumbnails.side_px = SideFor(media.size(), options.budget_bytes);
  // No more than could fit at all is read.
  const size_t most = std::min(options.max_pictures, options.budget_bytes / 1024);
  MediaLoader loader;
  {
    Progress progress("pictures of the report", std::min(media.size(), most));
    ParallelFor(std::min(media.size(), most), options.threads, [&](size_t m) {
      auto jpeg = MakeOne(loader, items[media[m].item_idx], media[m].media_idx, thumbnails.side_px);
      if (jpeg) media[m].jpeg = *std::move(jpeg);
      progress.Add();
    });
  }
  size_t total = 0;
  std::vector<int> index_of(media.size(), -1);
  for (size_t m = 0; m < media.size(); ++m) {
    const bool read = m < most;
    if (read && !media[m].jpeg) {
      ++thumbnails.missing;
    } else if (!read || total + media[m].jpeg->size() > options.budget_bytes) {
      ++thumbnails.left_out;
    } else {
      total += media[m].jpeg->size();
      index_of[m] = static_cast<int>(thumbnails.jpegs.size());
      thumbnails.jpegs.push_back(*std::move(media[m].jpeg));
    }
  }
  for (std::vector<int>& indices : thumbnails.of_item)
    for (int& index : indices) index = index_of[static_cast<size_t>(index)];
  return thumbnails;
}

}  // namespace spatium
