#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/metrics/mask.h"
#include "spatium/metrics/python.h"

namespace spatium {

// The points a reply names, in pixels, as the official parsers' numpy arrays hold them. A box is
// kept as one item and counts as all of its pixels, so that a hostile box costs nothing.
struct PointSet {
  struct Item {
    double x = 0, y = 0;           // a point, or a box's first corner; may be huge
    double width = 1, height = 1;  // pixels
  };
  std::vector<Item> items;
  // Digits of the x and y of items whose integers a double does not hold.
  std::map<size_t, std::array<std::string, 2>> exact;
  // What numpy makes of the coordinates; a float or an object array cannot index a mask.
  bool has_float = false, has_int64 = false, has_uint64 = false, has_bigger = false;

  double Count() const;
  bool empty() const { return Count() == 0; }
  // Whether numpy keeps its integers as they are: in an object array, or in one of one kind.
  bool KeepsIntegers() const { return has_bigger || (!has_float && !(has_int64 && has_uint64)); }
  bool CanIndex() const { return !has_float && !has_bigger && !(has_int64 && has_uint64); }
  void AddInteger(double x, double y);
};

// Points, or the Python exception that the official parser raises.
struct PointsOrError {
  PointSet points;
  std::string_view error;  // "" if none; "ValueError", "TypeError", ...
};

// The dialects of models and harnesses.
enum class TupleRule {
  kRefSpatial,          // (x,y) scaled if either has a point; 4 numbers are a scaled box
  kRefSpatialAbsolute,  // pixels as they are
  kRoboPoint,           // 4 numbers are a box, clipped to the picture
  kLmmsEval,            // always scaled; boxes ignored
  kLmmsEval1000         // always scaled, after division by 1000
};
// "(0.5, 0.5)": parenthesised comma lists of signed decimals.
PointsOrError PointsFromTuples(py::View text, int width, int height, TupleRule rule);
// Molmo's x1="50" y1="40" in percent.
PointsOrError PointsFromXml(py::View text, int width, int height);
// A fenced code block of JSON: a list of objects whose `key` is [y, x] (Gemini's "point") or
// [x, y] (Qwen's "point_2d") on a 0-1000 grid.
PointsOrError PointsFromJson(py::View text, int width, int height, py::View key, bool y_first);
// [x, y] or (x, y) anywhere: integers on a 0-1000 grid, decimals normalised.
PointsOrError PointsFromPairs(py::View text, int width, int height);
// PointBench: (x, y) whose scale is read off its size.
PointsOrError PointsFromAnyScale(py::View text, int width, int height);

// How a mask's values count.
enum class MaskRule { kAboveZero, kRounded, kGrey, kAbove127 };

// The mean of the mask over all points, 0 outside of the picture and for no points.
// none: the points cannot index an array (IndexError).
std::optional<double> FractionInMask(const PointSet& points, const Mask& mask, MaskRule rule);
// 1 if any (the first) point is where the mask is above 0, else 0.
double AnyPointInMask(const PointSet& points, const Mask& mask, bool first_only);
// PointBench: the first point is inside; for counting, all points are and there are `count`.
bool AllPointsInMask(const PointSet& points, const Mask& mask, bool counting, int64_t count);

}  // namespace spatium
