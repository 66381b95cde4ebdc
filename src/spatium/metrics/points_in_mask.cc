#include <algorithm>
#include <cmath>

#include "spatium/metrics/points.h"

namespace spatium {
namespace {

// Values are summed pairwise, as numpy does, up to this many points; beyond, exactly as counts.
constexpr double kMaxListedPoints = 2e7;

double ValueOf(uint8_t grey, MaskRule rule) {
  switch (rule) {
    case MaskRule::kAboveZero:
      return grey > 0 ? 1 : 0;
    case MaskRule::kRounded:
    case MaskRule::kAbove127:
      return grey > 127 ? 1 : 0;
    case MaskRule::kGrey:
      return grey / 255.0;
  }
  return 0;
}

// Calls visit(value) for each pixel of the item that is inside the picture, row by row.
template <class Visit>
void VisitInside(const PointSet::Item& item, const Mask& mask, MaskRule rule, Visit visit) {
  const double x0 = std::max(0.0, std::ceil(item.x)), y0 = std::max(0.0, std::ceil(item.y));
  const double x1 = std::min<double>(mask.width, item.x + item.width);
  const double y1 = std::min<double>(mask.height, item.y + item.height);
  for (double y = y0; y < y1; ++y) {
    for (double x = x0; x < x1; ++x) visit(ValueOf(mask.At(x, y), rule));
  }
}

}  // namespace

std::optional<double> FractionInMask(const PointSet& points, const Mask& mask, MaskRule rule) {
  const double count = points.Count();
  if (count == 0) return 0.0;
  if (!points.CanIndex()) return std::nullopt;
  // The same boxes again and again cost one visit each: hostile replies repeat one box.
  if (rule == MaskRule::kGrey && count <= kMaxListedPoints) {
    std::vector<double> values;
    for (const PointSet::Item& item : points.items) {
      VisitInside(item, mask, rule, [&](double v) { values.push_back(v); });
    }
    values.resize(static_cast<size_t>(count), 0.0);  // the points outside come last
    return py::NumpyMean(values);
  }
  double sum = 0;
  const PointSet::Item* last = nullptr;
  double last_sum = 0;
  for (const PointSet::Item& item : points.items) {
    const bool same = last && last->x == item.x && last->y == item.y && last->width == item.width &&
                      last->height == item.height;
    if (!same) {
      last_sum = 0;
      VisitInside(item, mask, rule, [&](double v) { last_sum += v; });
      last = &item;
    }
    sum += last_sum;
  }
  return sum / count;
}

double AnyPointInMask(const PointSet& points, const Mask& mask, bool first_only) {
  for (const PointSet::Item& item : points.items) {
    if (mask.Inside(item.x, item.y) && mask.At(item.x, item.y) > 0) return 1;
    if (first_only) break;
  }
  return 0;
}

bool AllPointsInMask(const PointSet& points, const Mask& mask, bool counting, int64_t count) {
  if (points.items.empty()) return false;
  for (const PointSet::Item& item : points.items) {
    if (!mask.Inside(item.x, item.y) || mask.At(item.x, item.y) <= 127) return false;
    if (!counting) return true;
  }
  return static_cast<int64_t>(points.items.size()) == count;
}

}  // namespace spatium
