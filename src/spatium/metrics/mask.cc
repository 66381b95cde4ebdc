#include "spatium/metrics/mask.h"

#include <algorithm>

#include "spatium/base/text.h"

namespace spatium {
namespace {

Result<Mask> EmptyMask(int64_t width, int64_t height, const JsonCursor* cursor) {
  if (width < 0 || height < 0 || width > kMaxMaskPixels || height > kMaxMaskPixels ||
      width * height > kMaxMaskPixels) {
    return Error{ErrorCode::kBadValue,
                 cursor ? cursor->path() : "mask",
                 StrCat("a picture of at most ", kMaxMaskPixels, " pixels"),
                 StrCat(width, " x ", height)};
  }
  Mask mask;
  mask.width = static_cast<int>(width);
  mask.height = static_cast<int>(height);
  mask.values.assign(static_cast<size_t>(width * height), 0);
  return mask;
}

Result<void> PaintRects(const JsonCursor& rects, Mask& mask) {
  SPATIUM_TRY(const auto items, rects.Items());
  for (const JsonCursor& item : items) {
    SPATIUM_TRY(const auto r, item.Numbers(5));
    const auto clip = [](double v, int high) {
      return static_cast<int>(std::clamp(v, 0.0, static_cast<double>(high)));
    };
    if (r[4] < 0 || r[4] > 255) return item.Expected("a value 0..255");
    const int x0 = clip(r[0], mask.width), x1 = clip(r[2], mask.width);
    for (int y = clip(r[1], mask.height); y < clip(r[3], mask.height); ++y) {
      uint8_t* row = mask.values.data() + static_cast<int64_t>(y) * mask.width;
      if (x0 < x1) std::fill(row + x0, row + x1, static_cast<uint8_t>(r[4]));
    }
  }
  return {};
}

Result<void> FillRuns(const JsonCursor& cursor, Mask& mask) {
  SPATIUM_TRY(const std::string text, cursor.String());
  size_t at = 0;
  for (const std::string_view run : SplitWhitespace(text)) {
    const size_t x = run.find('x');
    const auto value = ParseInt(run.substr(0, x));
    const auto count = x == run.npos ? std::nullopt : ParseInt(run.substr(x + 1));
    if (!value || !count || *value < 0 || *value > 255 || *count < 0 ||
        static_cast<uint64_t>(*count) > mask.values.size() - at) {
      return Error{ErrorCode::kBadValue,
                   cursor.path(),
                   "runs VALUExCOUNT that fill the picture",
                   Quote(run)};
    }
    std::fill_n(
        mask.values.begin() + static_cast<int64_t>(at), *count, static_cast<uint8_t>(*value));
    at += static_cast<size_t>(*count);
  }
  if (at != mask.values.size()) return cursor.Expected("runs that fill the picture");
  return {};
}

Result<Mask> FromCounts(const std::vector<int64_t>& counts, int width, int height) {
  SPATIUM_TRY(Mask mask, EmptyMask(width, height, nullptr));
  const auto total = static_cast<int64_t>(mask.values.size());
  int64_t at = 0;
  bool inside = false;
  for (const int64_t count : counts) {
    if (count < 0 || count > total - at) {
      return Error{ErrorCode::kBadValue, "mask", "run lengths that fit the picture", ""};
    }
    for (int64_t end = at + count; at < end; ++at) {
      if (!inside) continue;
      const int64_t x = at / height, y = at % height;
      mask.values[static_cast<size_t>(y * width + x)] = 255;
    }
    inside = !inside;
  }
  if (at != total)
    return Error{ErrorCode::kBadValue, "mask", "run lengths of the whole picture", ""};
  return mask;
}

}  // namespace

Result<Mask> MaskFromCocoText(std::string_view text, int width, int height) {
  std::vector<int64_t> counts;
  for (size_t i = 0; i < text.size();) {
    int64_t value = 0;
    for (int shift = 0;; shift += 5) {
      const int code = i < text.size() ? static_cast<unsigned char>(text[i++]) - 48 : -1;
      if (code < 0 || code > 63 || shift > 30) {
        return Error{ErrorCode::kParse, "mask", "COCO run-length text", Quote(text, 40)};
      }
      value |= static_cast<int64_t>(code & 31) << shift;
      if (code & 32) continue;
      if (code & 16) value -= int64_t{1} << (shift + 5);
      break;
    }
    const size_t n = counts.size();
    counts.push_back(n > 2 ? value + counts[n - 2] : value);
  }
  return FromCounts(counts, width, height);
}

Result<Mask> MaskFromJson(const JsonCursor& cursor) {
  if (cursor.Has("size")) {
    SPATIUM_TRY(const JsonCursor size_cursor, cursor.At("size"));
    SPATIUM_TRY(const auto size, size_cursor.Numbers(2));
    SPATIUM_TRY(const JsonCursor counts, cursor.At("counts"));
    SPATIUM_TRY(const Mask empty,
                EmptyMask(static_cast<int64_t>(std::clamp(size[1], -1.0, 1e9)),
                          static_cast<int64_t>(std::clamp(size[0], -1.0, 1e9)),
                          &cursor));
    if (counts.value().IsString()) {
      return MaskFromCocoText(counts.value().AsString(), empty.width, empty.height);
    }
    SPATIUM_TRY(const auto items, counts.Items());
    std::vector<int64_t> numbers;
    for (const JsonCursor& item : items) {
      SPATIUM_TRY(const int64_t n, item.Int());
      numbers.push_back(n);
    }
    return FromCounts(numbers, empty.width, empty.height);
  }
  SPATIUM_TRY(const JsonCursor w, cursor.At("w"));
  SPATIUM_TRY(const JsonCursor h, cursor.At("h"));
  SPATIUM_TRY(const int64_t width, w.Int());
  SPATIUM_TRY(const int64_t height, h.Int());
  SPATIUM_TRY(Mask mask, EmptyMask(width, height, &cursor));
  if (cursor.Has("runs")) {
    SPATIUM_TRY(const JsonCursor runs, cursor.At("runs"));
    SPATIUM_TRY_DO(FillRuns(runs, mask));
  } else {
    SPATIUM_TRY(const JsonCursor rects, cursor.At("rects"));
    SPATIUM_TRY_DO(PaintRects(rects, mask));
  }
  return mask;
}

Result<MaskSet> MaskSet::Read(const Path& path) {
  SPATIUM_TRY(const Json file, ReadJsonFile(path));
  const JsonCursor cursor(file, path.string());
  if (!file.IsObject()) return cursor.Expected("an object of masks");
  MaskSet set;
  for (const auto& [name, value] : file.AsObject()) {
    SPATIUM_TRY(Mask mask, MaskFromJson(JsonCursor(value, path.string() + ": " + name)));
    set.masks_.emplace(name, std::move(mask));
  }
  return set;
}

const Mask* MaskSet::Find(std::string_view name) const {
  const auto it = masks_.find(name);
  return it == masks_.end() ? nullptr : &it->second;
}

}  // namespace spatium
