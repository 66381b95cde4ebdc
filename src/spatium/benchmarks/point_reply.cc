#include "spatium/benchmarks/point_reply.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "spatium/metrics/python_value.h"
#include "spatium/metrics/regex.h"
#include "spatium/metrics/robospatial.h"

namespace spatium {
namespace {

constexpr size_t kMaxNumberLength = 40;  // a longer run of digits is no coordinate
constexpr double kGrid = 1000;

// Reads "[+-]digits[.digits]" or "[+-].digits" at `i`; moves behind it.
std::optional<double> NumberAt(py::View text, size_t& i) {
  const size_t begin = i;
  if (i < text.size() && (text[i] == U'-' || text[i] == U'+')) ++i;
  size_t digits = 0;
  bool dot = false;
  for (; i < text.size() && i - begin < kMaxNumberLength; ++i) {
    if (py::IsDecimal(text[i]))
      ++digits;
    else if (text[i] == U'.' && !dot)
      dot = true;
    else
      break;
  }
  return digits > 0 ? py::Float(text.substr(begin, i - begin)) : std::nullopt;
}

// The numbers of a bracket that opens at `i`; nothing unless it holds only numbers and commas.
// Never looks beyond the next bracket, so that all brackets together cost one pass.
std::optional<std::vector<double>> NumbersInBracket(py::View text, size_t i) {
  const char32_t close = text[i] == U'(' ? U')' : U']';
  const auto skip_spaces = [&] {
    while (i < text.size() && py::IsSpace(text[i])) ++i;
  };
  std::vector<double> numbers;
  do {
    ++i;
    skip_spaces();
    const auto number = NumberAt(text, i);
    if (!number) return std::nullopt;
    numbers.push_back(*number);
    skip_spaces();
  } while (i < text.size() && text[i] == U',');
  if (i >= text.size() || text[i] != close) return std::nullopt;
  return numbers;
}

std::vector<NamedRegion> RegionsOfTuples(py::View text) {
  std::vector<NamedRegion> regions;
  for (const std::vector<double>& v : BracketedNumbers(text)) {
    if (v.size() != 2 && v.size() != 4) continue;
    const bool share = std::all_of(v.begin(), v.end(), [](double x) { return x >= 0 && x <= 1; });
    const size_t second = v.size() == 4 ? 2 : 0;
    regions.push_back({v[0], v[1], v[second], v[second + 1], share});
  }
  return regions;
}

std::vector<NamedRegion> RegionsOfXml(py::View text) {
  static const py::Regex kPair(UR"re(x\d*="\s*(-?\d+\.?\d*)\s*"\s+y\d*="\s*(-?\d+\.?\d*)\s*")re");
  std::vector<NamedRegion> regions;
  for (const py::Match& match : kPair.FindAll(text)) {
    const double x = *py::Float(match.Group(1)) / 100, y = *py::Float(match.Group(2)) / 100;
    regions.push_back({x, y, x, y, true});
  }
  return regions;
}

std::optional<NamedRegion> RegionOfItem(const py::Value& item, PointKey key) {
  const py::Dict* dict = item.As<py::Dict>();
  if (!dict) return std::nullopt;
  const py::Value* grid = py::Find(*dict, U"point_2d");
  const py::Value* value = grid ? grid : py::Find(*dict, U"point");
  const py::List* pair = value ? value->As<py::List>() : nullptr;
  if (!pair || pair->items.size() != 2 || !pair->items[0].IsNumber() || !pair->items[1].IsNumber())
    return std::nullopt;
  double x = pair->items[0].Number(), y = pair->items[1].Number();
  if (!grid && key == PointKey::kPixels) return NamedRegion{x, y, x, y, false};
  if (!grid) std::swap(x, y);
  return NamedRegion{x / kGrid, y / kGrid, x / kGrid, y / kGrid, true};
}

// The list, or single object, from the first bracket to the last.
std::vector<NamedRegion> RegionsOfJson(py::View text, PointKey key) {
  const size_t begin = text.find_first_of(U"[{");
  const size_t end = text.find_last_of(U"]}");
  std::vector<NamedRegion> regions;
  if (begin == py::View::npos || end == py::View::npos || end < begin) return regions;
  const py::Parsed parsed = py::LoadsJson(text.substr(begin, end + 1 - begin));
  if (!parsed.value) return regions;
  const py::List* list = parsed.value->As<py::List>();
  const std::span<const py::Value> items =
      list ? std::span<const py::Value>(list->items) : std::span(&*parsed.value, 1);
  for (const py::Value& item : items)
    if (const auto region = RegionOfItem(item, key)) regions.push_back(*region);
  return regions;
}

double PointToPixel(double value, bool is_share, int size) {
  const double pixel = std::trunc(is_share ? value * size : value);
  return pixel == size ? size - 1 : pixel;
}

}  // namespace

std::vector<std::vector<double>> BracketedNumbers(py::View text) {
  std::vector<std::vector<double>> lists;
  for (size_t i = 0; i < text.size(); ++i)
    if (text[i] == U'(' || text[i] == U'[')
      if (auto numbers = NumbersInBracket(text, i)) lists.push_back(*std::move(numbers));
  return lists;
}

std::vector<NamedRegion> StrictRegions(std::string_view reply, PointKey key) {
  const py::Str text = RemoveThinking(py::FromUtf8(reply));
  if (py::Contains(text, U"\"point"))
    if (auto regions = RegionsOfJson(text, key); !regions.empty()) return regions;
  if (py::Contains(text, U"=\""))
    if (auto regions = RegionsOfXml(text); !regions.empty()) return regions;
  return RegionsOfTuples(text);
}

PointSet ToPixels(const std::vector<NamedRegion>& regions, int width, int height) {
  PointSet points;
  for (const NamedRegion& r : regions) {
    if (r.is_point()) {
      points.items.push_back({.x = PointToPixel(r.x0, r.is_share, width),
                              .y = PointToPixel(r.y0, r.is_share, height)});
      continue;
    }
    const auto edge = [&](double value, int size) {
      return std::trunc(r.is_share ? value * size : value);
    };
    const auto [x0, x1] = std::minmax({edge(r.x0, width), edge(r.x1, width)});
    const auto [y0, y1] = std::minmax({edge(r.y0, height), edge(r.y1, height)});
    if (x0 < x1 && y0 < y1)
      points.items.push_back({.x = x0, .y = y0, .width = x1 - x0, .height = y1 - y0});
  }
  return points;
}

}  // namespace spatium
