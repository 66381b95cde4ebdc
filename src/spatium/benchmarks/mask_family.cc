#include "spatium/benchmarks/mask_family.h"

#include <algorithm>
#include <span>

#include "spatium/base/text.h"
#include "spatium/image/codec.h"

namespace spatium {

Result<Json> GoldOfMask(std::string_view bytes, const std::string& where) {
  SPATIUM_TRY(const RgbImage image, DecodeRgb(bytes, where));
  std::string runs;
  const auto pixels = image.data();
  for (size_t i = 0; i < pixels.size();) {
    const uint8_t value = pixels[i];
    size_t n = 0;
    for (; i < pixels.size() && pixels[i] == value; i += 3) ++n;
    runs += StrCat(runs.empty() ? "" : " ", static_cast<int>(value), "x", n);
  }
  return Json::MakeObject({{"w", image.width()}, {"h", image.height()}, {"runs", std::move(runs)}});
}

std::optional<Mask> MaskOf(const Item& item) {
  if (!item.gold.IsObject()) return std::nullopt;
  auto mask = MaskFromJson(JsonCursor(item.gold, "gold"));
  if (!mask) return std::nullopt;
  return *std::move(mask);
}

Json PointsRead(const PointSet& points) {
  constexpr size_t kShown = 64;
  Json at = Json::MakeArray();
  for (const PointSet::Item& item :
       std::span(points.items).first(std::min(kShown, points.items.size())))
    at.Push(item.width == 1 && item.height == 1
                ? Json::Array{item.x, item.y}
                : Json::Array{item.x, item.y, item.width, item.height});
  return Json::MakeObject({{"points", points.Count()}, {"at", std::move(at)}});
}

ItemScore FractionScore(const PointsOrError& parsed, const Mask& mask, MaskRule rule) {
  const auto skipped = [](std::string_view error) {
    return ItemScore{.outcome = Outcome::kSkipped, .score = 0, .parsed = Json(error)};
  };
  if (!parsed.error.empty()) return skipped(parsed.error);
  const auto score = FractionInMask(parsed.points, mask, rule);
  if (!score) return skipped("IndexError");
  const double n = parsed.points.Count();
  return {.outcome = n == 0 ? Outcome::kUnparsable : Outcome::kScored,
          .score = *score,
          .parsed = PointsRead(parsed.points)};
}

ItemScore ScoreLmmsEvalPoints(const Item& item, const Mask& mask, std::string_view reply) {
  const py::Str text = py::FromUtf8(reply);
  const auto rounded = [&](const PointsOrError& points) {
    return FractionScore(points, mask, MaskRule::kRounded);
  };
  const std::pair<std::string_view, ItemScore> by_form[] = {
      {"original", rounded(PointsFromTuples(text, mask.width, mask.height, TupleRule::kLmmsEval))},
      {"0_999", rounded(PointsFromTuples(text, mask.width, mask.height, TupleRule::kLmmsEval1000))},
      {"json", rounded(PointsFromPairs(text, mask.width, mask.height))}};
  const std::string form = FormOf(item);
  size_t asked = 0;
  for (size_t k = 0; k < std::size(by_form); ++k)
    if (by_form[k].first == form) asked = k;
  ItemScore score = by_form[asked].second;
  for (size_t k = 0; k < std::size(by_form); ++k)
    if (k != asked) NoteVariant(by_form[k].first, by_form[k].second, score);
  return score;
}

ItemScore ScoreStrictPoints(const Item& item, std::string_view reply, PointKey key) {
  const auto mask = MaskOf(item);
  if (!mask) return {.outcome = Outcome::kSkipped, .score = 0, .parsed = Json("no mask")};
  const PointSet points = ToPixels(StrictRegions(reply, key), mask->width, mask->height);
  return FractionScore({.points = points, .error = {}}, *mask, MaskRule::kRounded);
}

std::optional<MaskPixel> MiddleOfMask(const Mask& mask) {
  struct Run {
    int y, begin, length;
  };
  std::vector<Run> longest;
  for (int y = 0; y < mask.height; ++y) {
    for (int x = 0; x < mask.width;) {
      int end = x;
      while (end < mask.width && mask.At(end, y) > 127) ++end;
      const int length = end - x;
      if (length > 0 && (longest.empty() || length >= longest[0].length)) {
        if (!longest.empty() && length > longest[0].length) longest.clear();
        longest.push_back({y, x, length});
      }
      x = end + 1;
    }
  }
  if (longest.empty()) return std::nullopt;
  const Run& run = longest[longest.size() / 2];
  return MaskPixel{run.begin + run.length / 2, run.y};
}

std::string PointOracle(const Item& item) {
  const auto mask = MaskOf(item);
  const auto pixel = mask ? MiddleOfMask(*mask) : std::nullopt;
  if (!pixel) return "";
  constexpr int kDecimals = 8;  // the pixel is found again in any picture that can be read
  return StrCat("(",
                FormatFixed((pixel->x + 0.5) / mask->width, kDecimals),
                ", ",
                FormatFixed((pixel->y + 0.5) / mask->height, kDecimals),
                ")");
}

}  // namespace spatium
