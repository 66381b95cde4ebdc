// The rules were measured on OpenCV 4.6 (every letter below equals it in every pixel).
#include "spatium/image/opencv_draw.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>

#include "spatium/base/check.h"

namespace spatium::internal {
namespace {

// Positions in 1/65536 pixel, as the source has them: its roundings decide which pixels count.
constexpr int kShift = 16;
constexpr int64_t kOne = int64_t{1} << kShift;
struct FixedPoint {
  int64_t x = 0, y = 0;
};

int ToPixel(int64_t v) { return static_cast<int>((v + kOne / 2) >> kShift); }

void SetPixel(RgbImage& image, int x, int y, Rgb color) {
  if (x < 0 || y < 0 || x >= image.width() || y >= image.height()) return;
  uint8_t* p = image.at(x, y);
  p[0] = color.r;
  p[1] = color.g;
  p[2] = color.b;
}

// One pixel for each step along the longer axis, from the lesser end, and the other end's pixel.
void DrawEdge(RgbImage& image, FixedPoint a, FixedPoint b, Rgb color) {
  const bool flat = std::abs(b.x - a.x) > std::abs(b.y - a.y);
  if (flat ? a.x > b.x : a.y > b.y) std::swap(a, b);
  SetPixel(image, ToPixel(b.x), ToPixel(b.y), color);
  const int64_t length = flat ? b.x - a.x : b.y - a.y;
  const int64_t step = (flat ? b.y - a.y : b.x - a.x) * kOne / (length | 1);
  for (int64_t i = 0; i <= length >> kShift; ++i) {
    const int steps = static_cast<int>(i);
    if (flat) {
      SetPixel(image, ToPixel(a.x) + steps, ToPixel(a.y + i * step), color);
    } else {
      SetPixel(image, ToPixel(a.x + i * step), ToPixel(a.y) + steps, color);
    }
  }
}

// Edges run straight between the rounded rows of their corners; the last row belongs to the edges
// alone.
void FillConvex(RgbImage& image, const std::array<FixedPoint, 4>& corners, Rgb color) {
  struct Span {
    int64_t low, high;
  };
  std::map<int, Span> rows;
  for (size_t i = 0; i < corners.size(); ++i) {
    FixedPoint a = corners[i], b = corners[(i + 1) % corners.size()];
    DrawEdge(image, a, b, color);
    if (ToPixel(a.y) > ToPixel(b.y)) std::swap(a, b);
    const int64_t num_rows = ToPixel(b.y) - ToPixel(a.y);
    if (num_rows == 0) continue;
    const int64_t step = ((b.x - a.x) * 2 + num_rows) / (2 * num_rows);
    for (int64_t k = 0; k < num_rows; ++k) {
      const int64_t x = a.x + k * step;
      const auto [row, is_new] = rows.try_emplace(ToPixel(a.y) + static_cast<int>(k), Span{x, x});
      row->second = {std::min(row->second.low, x), std::max(row->second.high, x)};
    }
  }
  for (const auto& [y, span] : rows)
    for (int x = ToPixel(span.low); x <= ToPixel(span.high); ++x) SetPixel(image, x, y, color);
}

// A. V. Hershey's simplex letters (US National Bureau of Standards, 1967): pairs of letters are
// points with 'R' at 0, a space lifts the pen; first the left and the right border.
std::string_view Strokes(char letter) {
  switch (letter) {
    case 'A':
      return "I[RFJ[ RFZ[ MTWT";
    case 'b':
      return "H[LFL[ LPNNPMSMUNWPXSXUWXUZS[P[NZLX";
    case 'c':
      return "I[XPVNTMQMONMPLSLUMXOZQ[T[VZXX";
    case 'e':
      return "I[LSXSXQWOVNTMQMONMPLSLUMXOZQ[T[VZXX";
    case 'j':
      return "MWRFSGTFSERF SMS^RaPbNb";
    case 'o':
      return "I\\QMONMPLSLUMXOZQ[T[VZXXYUYSXPVNTMQM";
    case 't':
      return "MYRFRWSZU[W[ OMVM";
    case '0':
      return "H\\QFNGLJKOKRLWNZQ[S[VZXWYRYOXJVGSFQF";
    case '1':
      return "H\\NJPISFS[";
    case '2':
      return "H\\LKLJMHNGPFTFVGWHXJXLWNUQK[Y[";
    case '3':
      return "H\\MFXFRNUNWOXPYSYUXXVZS[P[MZLYKW";
    case '4':
      return "H\\UFKTZT UFU[";
    case '5':
      return "H\\WFMFLOMNPMSMVNXPYSYUXXVZS[P[MZLYKW";
    case '6':
      return "H\\XIWGTFRFOGMJLOLTMXOZR[S[VZXXYUYTXQVOSNRNOOMQLT";
    case '7':
      return "H\\YFO[ KFYF";
    case '8':
      return "H\\PFMGLILKMMONSOVPXRYTYWXYWZT[P[MZLYKWKTLRNPQOUNWMXKXIWGTFPF";
    case '9':
      return "H\\XMWPURRSQSNRLPKMKLLINGQFRFUGWIXMXRWWUZR[P[MZLX";
    default:
      SPATIUM_CHECK(false) << "no letter " << letter;
      return "";
  }
}

constexpr int kScale = 2;
constexpr int kHalfThickness = 5;
constexpr int kBaseLine = 9, kCapLine = 12;  // of the font, below and above the origin

}  // namespace

void FillOpenCvDisc(RgbImage& image, PixelAt center, int radius, Rgb color) {
  for (int dy = -radius; dy <= radius; ++dy)
    for (int dx = -radius; dx <= radius; ++dx)
      if (dx * dx + dy * dy <= radius * radius)
        SetPixel(image, center.x + dx, center.y + dy, color);
}

void DrawOpenCvLine(RgbImage& image, PixelAt from, PixelAt to, int half, Rgb color) {
  FillOpenCvDisc(image, from, half, color);
  FillOpenCvDisc(image, to, half, color);
  if (from == to) return;
  const double dx = from.x - to.x, dy = to.y - from.y;
  const double r = static_cast<double>(half * kOne) / std::sqrt(dx * dx + dy * dy);
  const auto across_x = static_cast<int64_t>(std::nearbyint(dy * r));
  const auto across_y = static_cast<int64_t>(std::nearbyint(dx * r));
  const FixedPoint a{from.x * kOne, from.y * kOne}, b{to.x * kOne, to.y * kOne};
  FillConvex(image,
             {FixedPoint{a.x + across_x, a.y + across_y},
              {a.x - across_x, a.y - across_y},
              {b.x - across_x, b.y - across_y},
              {b.x + across_x, b.y + across_y}},
             color);
}

void DrawOpenCvBox(RgbImage& image, PixelAt min, PixelAt max, int half, Rgb color) {
  const std::array<PixelAt, 4> corners = {min, PixelAt{max.x, min.y}, max, PixelAt{min.x, max.y}};
  for (size_t i = 0; i < corners.size(); ++i)
    DrawOpenCvLine(image, corners[i], corners[(i + 1) % corners.size()], half, color);
}

LabelSize OpenCvLabelSize(std::string_view text) {
  int width = 0;
  for (const char letter : text) width += Strokes(letter)[1] - Strokes(letter)[0];
  return {kScale * width + 2 * kHalfThickness, kScale * (kCapLine + kBaseLine) + kHalfThickness};
}

void DrawOpenCvLabel(RgbImage& image, PixelAt left_bottom, std::string_view text, Rgb color) {
  int pen = left_bottom.x;
  const int base = left_bottom.y - kScale * kBaseLine;
  for (const char letter : text) {
    const std::string_view strokes = Strokes(letter);
    pen -= kScale * (strokes[0] - 'R');
    std::optional<PixelAt> last;
    for (size_t i = 2; i < strokes.size();) {
      if (strokes[i] == ' ') {
        last.reset();
        ++i;
        continue;
      }
      const PixelAt at{pen + kScale * (strokes[i] - 'R'), base + kScale * (strokes[i + 1] - 'R')};
      if (last) DrawOpenCvLine(image, *last, at, kHalfThickness, color);
      last = at;
      i += 2;
    }
    pen += kScale * (strokes[1] - 'R');
  }
}

}  // namespace spatium::internal
