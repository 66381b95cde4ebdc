#pragma once
#include <string_view>
#include <vector>

#include "spatium/metrics/points.h"

namespace spatium {

// The strict profile's reader of points: one for all benchmarks and all dialects of models.

// A point (both corners the same) or a box that a reply names.
struct NamedRegion {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  bool is_share = false;  // of the picture's width and height; else pixels
  bool is_point() const { return x0 == x1 && y0 == y1; }
};

// What the key "point" of a JSON list means; "point_2d" is [x, y] on a 0-1000 grid always.
enum class PointKey {
  kGemini,  // [y, x] on a 0-1000 grid
  kPixels   // [x, y] in pixels (PointArena's prompt)
};

// After its reasoning, the points of a JSON list, of Molmo's XML (percent), else all tuples and
// pairs in round or square brackets: two numbers a point, four a box, shares if all are 0 to 1.
// Linear in the reply.
std::vector<NamedRegion> StrictRegions(std::string_view reply, PointKey key);

// The lists of numbers in round or square brackets, in order; a bracket that holds anything else is
// passed over. Linear in the text.
std::vector<std::vector<double>> BracketedNumbers(py::View text);

// As pixels of a picture: cut off behind the point; a point on the right or lower edge belongs to
// the last pixel. A box is [x0, x1) x [y0, y1) with its corners in order.
PointSet ToPixels(const std::vector<NamedRegion>& regions, int width, int height);

}  // namespace spatium
