#include "spatium/metrics/points_kit.h"

#include <algorithm>
#include <cmath>

#include "spatium/metrics/python_value.h"
#include "spatium/metrics/regex.h"

namespace spatium {
namespace {

using py::Str;
using py::View;

constexpr double kMostShare = 1.5, kGrid = 1000, kMostPixels = 1e15;

Str WithoutFence(View reply) {
  const View text = py::Strip(reply);
  if (!text.starts_with(U"```")) return Str(text);
  const size_t line = text.find(U'\n');
  View inner = line != View::npos ? text.substr(line + 1) : text;
  if (line == View::npos)
    inner.remove_prefix(std::min(inner.find_first_not_of(U'`'), inner.size()));
  inner = py::Strip(inner);
  if (inner.ends_with(U"```")) inner.remove_suffix(3);
  return Str(py::Strip(inner));
}

// float(value) of a coordinate; none where it raises.
std::optional<double> FloatOf(const py::Value& value) {
  if (const auto* text = value.As<Str>()) return py::Float(*text);
  if (const auto* number = value.As<py::Int>(); number != nullptr && std::isinf(number->value))
    return std::nullopt;
  if (!value.IsNumber()) return std::nullopt;
  return value.Number();
}

const py::Items* PairOf(const py::Value* value) {
  if (value == nullptr) return nullptr;
  const auto* list = value->As<py::List>();
  const auto* tuple = value->As<py::Tuple>();
  return list != nullptr ? &list->items : tuple != nullptr ? &tuple->items : nullptr;
}

// `item.get('point_2d') or item.get('point')`.
const py::Items* PointOf(const py::Dict& dict) {
  const py::Value* named = py::Find(dict, U"point_2d");
  if (named != nullptr) {
    const py::Items* pair = PairOf(named);
    const auto* text = named->As<Str>();
    const auto* other = named->As<py::Dict>();
    const bool truthy = pair != nullptr     ? !pair->empty()
                        : text != nullptr   ? !text->empty()
                        : other != nullptr  ? !other->keys.empty()
                        : named->IsNumber() ? named->Number() != 0
                                            : !named->As<std::monostate>() && !named->As<py::Set>();
    if (truthy) return pair;
  }
  return PairOf(py::Find(dict, U"point"));
}

std::vector<KitRegion> FromJson(View reply, double width, double height) {
  const Str text = WithoutFence(reply);
  py::Parsed parsed = py::LoadsJson(text);
  if (!parsed.value) parsed = py::LiteralEval(text);
  std::vector<KitRegion> regions;
  if (!parsed.value) return regions;
  const auto* list = parsed.value->As<py::List>();
  const std::span<const py::Value> items = list != nullptr ? std::span<const py::Value>(list->items)
                                           : parsed.value->As<py::Dict>()
                                               ? std::span(&*parsed.value, 1)
                                               : std::span<const py::Value>();
  for (const py::Value& item : items) {
    const auto* dict = item.As<py::Dict>();
    const py::Items* pair = dict != nullptr ? PointOf(*dict) : nullptr;
    if (pair == nullptr || pair->size() != 2) continue;
    const auto x = FloatOf((*pair)[0]), y = FloatOf((*pair)[1]);
    if (!x || !y) continue;
    // max() keeps its first argument beside a NaN.
    const double largest = std::abs(*y) > std::abs(*x) ? std::abs(*y) : std::abs(*x);
    if (largest <= kMostShare)
      regions.push_back({.x = *x, .y = *y});
    else if (largest <= kGrid)
      regions.push_back({.x = *x / kGrid, .y = *y / kGrid});
    else
      regions.push_back({.x = *x / width, .y = *y / height});
  }
  return regions;
}

std::optional<std::vector<KitRegion>> FromText(View reply, double width, double height) {
  static const py::Regex kTuple(UR"(\(([-+]?\d+\.?\d*(?:,\s*[-+]?\d+\.?\d*)*?)\))");
  std::vector<KitRegion> regions;
  for (const py::Match& match : kTuple.FindAll(reply)) {
    std::vector<double> numbers;
    double largest = 0;
    for (const View piece : py::Split(match.Group(1), U",")) {
      numbers.push_back(py::Float(piece).value_or(0));  // the pattern's are numbers
      largest = std::max(largest, std::abs(numbers.back()));
    }
    const bool shares = largest <= kMostShare;
    if (numbers.size() == 2) {
      regions.push_back(shares ? KitRegion{.x = numbers[0], .y = numbers[1]}
                               : KitRegion{.x = numbers[0] / width, .y = numbers[1] / height});
    } else if (numbers.size() == 4) {
      if (std::isinf(largest)) return std::nullopt;  // round() raises OverflowError
      const double scale_x = shares ? width : 1, scale_y = shares ? height : 1;
      const auto [x0, x1] = std::minmax({numbers[0] * scale_x, numbers[2] * scale_x});
      const auto [y0, y1] = std::minmax({numbers[1] * scale_y, numbers[3] * scale_y});
      const double left = py::RoundHalfEven(x0), top = py::RoundHalfEven(y0);
      const double w = py::RoundHalfEven(x1) - left, h = py::RoundHalfEven(y1) - top;
      if (w * h > kMostPixels) return std::nullopt;
      if (w > 0 && h > 0)
        regions.push_back({.x = left / width, .y = top / height, .width = w, .height = h});
    }
  }
  return regions;
}

// Where n neighbouring coordinates fall on a side's pixels once they are moved into it: each of a
// run of pixels once, its first and last more often.
struct Run {
  int begin = 0, end = 0;  // end not included
  double times = 1;
};
std::vector<Run> RunsOf(double share, double n, int side) {
  const double last = side - 1;
  const auto inside = [&](double at) { return static_cast<int>(std::clamp(at, 0.0, last)); };
  if (n == 1) {
    const int at = inside(py::RoundHalfEven(std::clamp(share * side, 0.0, last)));
    return {{.begin = at, .end = at + 1}};
  }
  const double first = py::RoundHalfEven(share * side), end = first + n - 1;
  const int from = inside(first), to = inside(end);
  if (from == to) return {{.begin = from, .end = from + 1, .times = n}};
  std::vector<Run> runs = {{.begin = from, .end = to + 1}};
  if (first < 0) runs.push_back({.begin = 0, .end = 1, .times = -first});
  if (end > last) runs.push_back({.begin = side - 1, .end = side, .times = end - last});
  return runs;
}

// How many pixels of a mask are above 0 in a rectangle, however many are asked about.
class Counts {
 public:
  explicit Counts(const Mask& mask) : stride_(static_cast<size_t>(mask.width) + 1) {
    above_.assign(stride_ * (static_cast<size_t>(mask.height) + 1), 0);
    for (size_t y = 0; y + 1 < above_.size() / stride_; ++y)
      for (size_t x = 0; x + 1 < stride_; ++x)
        At(x + 1, y + 1) = At(x, y + 1) + At(x + 1, y) - At(x, y) +
                           (mask.values[y * (stride_ - 1) + x] > 0 ? 1 : 0);
  }
  double Of(const Run& columns, const Run& rows) {
    const auto at = [&](int x, int y) {
      return At(static_cast<size_t>(x), static_cast<size_t>(y));
    };
    return static_cast<double>(at(columns.end, rows.end) - at(columns.begin, rows.end) -
                               at(columns.end, rows.begin) + at(columns.begin, rows.begin));
  }

 private:
  int64_t& At(size_t x, size_t y) { return above_[y * stride_ + x]; }
  size_t stride_;
  std::vector<int64_t> above_;  // before column x and row y
};

}  // namespace

std::optional<std::vector<KitRegion>> KitRegions(View reply, int width, int height) {
  auto regions = FromJson(reply, width, height);
  if (!regions.empty()) return regions;
  return FromText(reply, width, height);
}

double KitShareInMask(const std::vector<KitRegion>& regions, const Mask& mask) {
  if (regions.empty() || mask.values.empty()) return 0;
  Counts counts(mask);
  double sum = 0, total = 0;
  for (const KitRegion& region : regions) {
    total += region.width * region.height;
    if (std::isnan(region.x) || std::isnan(region.y)) continue;  // becomes an index outside
    for (const Run& rows : RunsOf(region.y, region.height, mask.height))
      for (const Run& columns : RunsOf(region.x, region.width, mask.width))
        sum += rows.times * columns.times * counts.Of(columns, rows);
  }
  return sum / total;
}

bool KitInPolygon(double x, double y, const std::vector<std::pair<double, double>>& corners) {
  bool inside = false;
  auto [x1, y1] = corners[0];
  for (size_t i = 1; i <= corners.size(); ++i) {
    const auto [x2, y2] = corners[i % corners.size()];
    if (y > std::min(y1, y2) && y <= std::max(y1, y2)) {
      const double crossing = y1 != y2 ? (y - y1) * (x2 - x1) / (y2 - y1) + x1 : x1;
      if (x1 == x2 || x <= crossing) inside = !inside;
    }
    x1 = x2;
    y1 = y2;
  }
  return inside;
}

}  // namespace spatium
