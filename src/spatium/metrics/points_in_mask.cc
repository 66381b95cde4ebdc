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

// The pixels [x0, x1) x [y0, y1) of an item that are inside the picture.
struct Inside {
  double x0, y0, x1, y1;
  Inside(const PointSet::Item& item, const Mask& mask)
      : x0(std::max(0.0, std::ceil(item.x))),
        y0(std::max(0.0, std::ceil(item.y))),
        x1(std::min<double>(mask.width, item.x + item.width)),
        y1(std::min<double>(mask.height, item.y + item.height)) {}
  bool empty() const { return !(x0 < x1 && y0 < y1); }
  double area() const { return empty() ? 0 : (x1 - x0) * (y1 - y0); }
};

// Calls visit(value) for each pixel of the item that is inside the picture, row by row.
template <class Visit>
void VisitInside(const PointSet::Item& item, const Mask& mask, MaskRule rule, Visit visit) {
  const Inside in(item, mask);
  for (double y = in.y0; y < in.y1; ++y) {
    for (double x = in.x0; x < in.x1; ++x) visit(ValueOf(mask.At(x, y), rule));
  }
}

// The sum over any box in constant time, from the sums over all boxes at the first pixel: many
// large boxes in one reply cost as much as as many points.
class BoxSums {
 public:
  BoxSums(const Mask& mask, MaskRule rule)
      : stride_(static_cast<size_t>(mask.width) + 1),
        sums_(stride_ * (static_cast<size_t>(mask.height) + 1), 0),
        unit_(rule == MaskRule::kGrey ? 255.0 : 1.0) {
    for (size_t y = 0; y + 1 < sums_.size() / stride_; ++y) {
      int64_t row = 0;
      for (size_t x = 0; x + 1 < stride_; ++x) {
        const uint8_t grey = mask.values[y * (stride_ - 1) + x];
        row += rule == MaskRule::kGrey ? grey : static_cast<int64_t>(ValueOf(grey, rule));
        sums_[(y + 1) * stride_ + x + 1] = sums_[y * stride_ + x + 1] + row;
      }
    }
  }
  double Sum(const Inside& in) const {
    if (in.empty()) return 0;
    return static_cast<double>(At(in.x1, in.y1) - At(in.x0, in.y1) - At(in.x1, in.y0) +
                               At(in.x0, in.y0)) /
           unit_;
  }

 private:
  int64_t At(double x, double y) const {
    // A box may end within a pixel: that pixel counts.
    return sums_[static_cast<size_t>(std::ceil(y)) * stride_ + static_cast<size_t>(std::ceil(x))];
  }
  size_t stride_;
  std::vector<int64_t> sums_;
  double unit_;
};

}  // namespace

std::optional<double> FractionInMask(const PointSet& points, const Mask& mask, MaskRule rule) {
  const double count = points.Count();
  if (count == 0) return 0.0;
  if (!points.CanIndex()) return std::nullopt;
  if (rule == MaskRule::kGrey && count <= kMaxListedPoints) {
    std::vector<double> values;
    for (const PointSet::Item& item : points.items) {
      VisitInside(item, mask, rule, [&](double v) { values.push_back(v); });
    }
    values.resize(static_cast<size_t>(count), 0.0);  // the points outside come last
    return py::NumpyMean(values);
  }
  double sum = 0, visits = 0;
  for (const PointSet::Item& item : points.items) visits += Inside(item, mask).area();
  if (visits > 2 * static_cast<double>(mask.values.size())) {
    const BoxSums sums(mask, rule);
    for (const PointSet::Item& item : points.items) sum += sums.Sum(Inside(item, mask));
  } else {
    for (const PointSet::Item& item : points.items)
      VisitInside(item, mask, rule, [&](double v) { sum += v; });
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
