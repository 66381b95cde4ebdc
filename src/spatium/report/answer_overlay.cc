#include "spatium/report/answer_overlay.h"

#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/benchmarks/mask_family.h"

namespace spatium {
namespace {

constexpr uint8_t kRight = 128;  // as most scorers round

// The right pixels as a grid of width x height cells; a cell with any of them belongs.
std::vector<bool> CellsOf(const Mask& mask, int width, int height) {
  std::vector<bool> cells(static_cast<size_t>(width) * static_cast<size_t>(height));
  for (int y = 0; y < mask.height; ++y)
    for (int x = 0; x < mask.width; ++x)
      if (mask.At(x, y) >= kRight) {
        const auto column = static_cast<size_t>(int64_t{x} * width / mask.width);
        const auto row = static_cast<size_t>(int64_t{y} * height / mask.height);
        cells[row * static_cast<size_t>(width) + column] = true;
      }
  return cells;
}

std::string PathOf(const std::vector<bool>& cells, int width) {
  std::string path;
  const auto columns = static_cast<size_t>(width);
  for (size_t begin = 0; begin < cells.size(); begin += columns)
    for (size_t x = 0; x < columns; ++x) {
      if (!cells[begin + x]) continue;
      size_t end = x;
      while (end < columns && cells[begin + end]) ++end;
      path += StrCat("M", x, " ", begin / columns, ".5h", end - x);
      x = end;
    }
  return path;
}

}  // namespace

Json AnswerOverlay(const Item& item, std::span<const ProfileResult> results, size_t item_idx) {
  const auto mask = MaskOf(item);
  if (!mask || mask->width < 1 || mask->height < 1) return {};
  std::string path;
  int width = 0, height = 0;
  for (const int most : {192, 96, 48}) {
    constexpr size_t kMostBytes = 6000;
    const int side = std::max(mask->width, mask->height);
    const int cells = std::min(most, side);
    width = std::max(1, static_cast<int>(int64_t{mask->width} * cells / side));
    height = std::max(1, static_cast<int>(int64_t{mask->height} * cells / side));
    path = PathOf(CellsOf(*mask, width, height), width);
    if (path.size() <= kMostBytes) break;
  }
  Json points = Json::MakeArray(), boxes = Json::MakeArray();
  for (const ProfileResult& result : results) {
    const Json& parsed = result.items[item_idx].parsed;
    const Json* at = parsed.IsObject() ? parsed.Find("at") : nullptr;
    if (at == nullptr || !at->IsArray() || at->AsArray().empty()) continue;
    for (const Json& place : at->AsArray())
      (place.AsArray().size() == 4 ? boxes : points).Push(place);
    break;
  }
  return Json::MakeObject({{"w", mask->width},
                           {"h", mask->height},
                           {"mask", std::move(path)},
                           {"cell",
                            Json::Array{static_cast<double>(mask->width) / width,
                                        static_cast<double>(mask->height) / height}},
                           {"points", std::move(points)},
                           {"boxes", std::move(boxes)}});
}

std::string MaskText(const Item& item) {
  const auto mask = MaskOf(item);
  if (!mask || mask->values.empty()) return "";
  const auto right = std::ranges::count_if(mask->values, [](uint8_t v) { return v >= kRight; });
  return StrCat(
      "a mask of ",
      mask->width,
      " × ",
      mask->height,
      " pixels, ",
      FormatFixed(100.0 * static_cast<double>(right) / static_cast<double>(mask->values.size()), 1),
      " % of them right");
}

}  // namespace spatium
