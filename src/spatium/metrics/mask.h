#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/json.h"
#include "spatium/base/result.h"

namespace spatium {

// A grey picture that says where an answer may lie. Row-major, values 0..255; pixel (x, y) is
// at y * width + x. How a value counts (> 0, >= 128, as a fraction) is the scorer's rule.
struct Mask {
  int width = 0, height = 0;
  std::vector<uint8_t> values;

  bool Inside(double x, double y) const { return x >= 0 && x < width && y >= 0 && y < height; }
  // Of whole x and y inside.
  uint8_t At(double x, double y) const {
    return values[static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)];
  }
};
constexpr int64_t kMaxMaskPixels = int64_t{1} << 28;

// A mask written as JSON, one of
//   {"w","h","rects":[[x0,y0,x1,y1,value],…]}   painted in order on zeros, ends not included
//   {"w","h","runs":"VALUExCOUNT …"}            row-major runs that fill the picture exactly
//   {"size":[h,w],"counts":"…" or [n,…]}        COCO's run lengths, column-major, as 0 and 255
// Errors: kNotFound, kBadValue with the field; a picture above kMaxMaskPixels.
Result<Mask> MaskFromJson(const JsonCursor& cursor);

// COCO's compressed run-length text: numbers of 5-bit groups (least first, bit 6 continues, offset
// 48), from the third on as differences to the one two before. Source: cocoapi, maskApi.c.
Result<Mask> MaskFromCocoText(std::string_view counts, int width, int height);

// Masks by name: a JSON object of the forms above.
class MaskSet {
 public:
  static Result<MaskSet> Read(const Path& path);
  const Mask* Find(std::string_view name) const;

 private:
  std::map<std::string, Mask, std::less<>> masks_;
};

}  // namespace spatium
