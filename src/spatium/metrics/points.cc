#include "spatium/metrics/points.h"

#include <charconv>
#include <cmath>

#include "spatium/base/text.h"
#include "spatium/metrics/exact_integer.h"
#include "spatium/metrics/python_value.h"
#include "spatium/metrics/regex.h"

namespace spatium {
namespace {

constexpr double kTwo53 = 9007199254740992.0;
constexpr double kTwo63 = 9223372036854775808.0, kTwo64 = 2 * kTwo63;
constexpr double kMaxBoxPixels = 1e11;  // numpy takes 40 bytes for each: more is MemoryError

// A number of a tuple: int(text) or float(text).
struct TupleNumber {
  double value = 0;
  bool is_float = false;
  std::string digits = {};  // of an integer that a double may not hold
};

// The numbers of "1, 2.5,3"; none if int() or float() raises ValueError.
std::optional<std::vector<TupleNumber>> TupleNumbers(py::View text) {
  std::vector<TupleNumber> out;
  for (const py::View piece : py::Split(text, U",")) {
    TupleNumber number;
    if (py::Contains(piece, U".")) {
      const auto value = py::Float(piece);
      if (!value) return std::nullopt;
      number = {*value, true};
    } else {
      const auto value = py::ParseInt(piece);
      if (!value) return std::nullopt;
      number = {value->value, false};
      if (std::abs(value->value) >= kTwo53) number.digits = py::IntegerDigits(piece);
    }
    out.push_back(number);
  }
  return out;
}

template <class T>
bool Fits(const std::string& digits) {
  T value;
  return std::from_chars(digits.data(), digits.data() + digits.size(), value).ec == std::errc();
}

// `digits`: "" if the value is exact.
void NoteInteger(PointSet& points, double value, const std::string& digits) {
  const bool exact = digits.empty();
  if (exact ? value >= -kTwo63 && value < kTwo63 : Fits<int64_t>(digits)) {
    points.has_int64 = true;
  } else if (exact ? value >= 0 && value < kTwo64 : Fits<uint64_t>(digits)) {
    points.has_uint64 = true;
  } else {
    points.has_bigger = true;
  }
}

void AddPoint(PointSet& points, const TupleNumber& x, const TupleNumber& y) {
  for (const TupleNumber& number : {x, y}) {
    if (number.is_float) {
      points.has_float = true;
    } else {
      NoteInteger(points, number.value, number.digits);
    }
  }
  if (!x.digits.empty() || !y.digits.empty())
    points.exact[points.items.size()] = {x.digits, y.digits};
  points.items.push_back({x.value, y.value});
}

// int(number * scale); none if it raises OverflowError or ValueError.
std::optional<TupleNumber> Truncate(const TupleNumber& number, int scale) {
  const double value = std::trunc(number.value * scale);
  if (number.is_float && !std::isfinite(value)) return std::nullopt;
  if (number.is_float || std::abs(value) < kTwo53) return TupleNumber{.value = value};
  // A product of integers has no limits.
  std::string digits = py::ProductDigits(
      number.digits.empty() ? FormatFixed(number.value, 0) : number.digits, scale);
  return TupleNumber{value, false, std::move(digits)};
}

// int(number / norm * scale), the quotient rounded once; none if it raises OverflowError.
std::optional<TupleNumber> Truncate(const TupleNumber& number, int norm, int scale) {
  const bool huge = !number.digits.empty() && norm == 1000;
  const double quotient =
      huge ? *py::Float(py::FromUtf8(number.digits + "e-3")) : number.value / norm;
  const double value = std::trunc(quotient * scale);
  return std::isfinite(value) ? std::optional(TupleNumber{.value = value}) : std::nullopt;
}

std::string_view AddBox(PointSet& points, double x0, double y0, double x1, double y1) {
  const double width = x1 - x0, height = y1 - y0;
  if (width < 0 || height < 0 || std::isnan(width) || std::isnan(height)) return "ValueError";
  // numpy counts the bytes of an array of float64 as if no side were 0.
  if (std::max(width, 1.0) * std::max(height, 1.0) * 8 >= kTwo63) return "ValueError";
  if (width * height == 0) return "";
  if (width * height > kMaxBoxPixels) return "MemoryError";
  NoteInteger(points, x0, "");
  NoteInteger(points, y1, "");
  points.items.push_back({x0, y0, width, height});
  return "";
}

// One bound of a numpy slice over n elements: negative counts from the end.
double SliceBound(double bound, int n) {
  if (bound < 0) bound += n;
  return std::min(std::max(bound, 0.0), static_cast<double>(n));
}

// RoboPoint: mask[y0:y1, x0:x1] = 1, then all pixels that are set.
std::string_view AddRoboPointBox(PointSet& points,
                                 std::vector<TupleNumber> v,
                                 int width,
                                 int height) {
  if (v[0].is_float) {
    for (size_t i = 0; i < 4; ++i) {
      const auto pixel = Truncate(v[i], i % 2 == 0 ? width : height);
      if (!pixel) return "OverflowError";
      v[i] = *pixel;
    }
  }
  if (v[1].is_float || v[2].is_float || v[3].is_float) return "TypeError";
  const double x0 = SliceBound(v[0].value, width), x1 = SliceBound(v[2].value, width);
  const double y0 = SliceBound(v[1].value, height), y1 = SliceBound(v[3].value, height);
  if (x0 < x1 && y0 < y1) return AddBox(points, x0, y0, x1, y1);
  return "";
}

std::string_view AddTuple(
    PointSet& points, const std::vector<TupleNumber>& v, int width, int height, TupleRule rule) {
  const bool lmms = rule == TupleRule::kLmmsEval || rule == TupleRule::kLmmsEval1000;
  if (v.size() == 2) {
    if (rule == TupleRule::kRefSpatialAbsolute || (!lmms && !v[0].is_float && !v[1].is_float)) {
      AddPoint(points, v[0], v[1]);
      return "";
    }
    const int norm = rule == TupleRule::kLmmsEval1000 ? 1000 : 1;
    const auto x = lmms ? Truncate(v[0], norm, width) : Truncate(v[0], width);
    const auto y = lmms ? Truncate(v[1], norm, height) : Truncate(v[1], height);
    if (!x || !y) return "OverflowError";
    AddPoint(points, *x, *y);
  } else if (v.size() == 4 && !lmms) {
    if (rule == TupleRule::kRoboPoint) return AddRoboPointBox(points, v, width, height);
    double box[4];
    for (size_t i = 0; i < 4; ++i) {
      const int scale = rule == TupleRule::kRefSpatial ? (i % 2 == 0 ? width : height) : 1;
      if (rule == TupleRule::kRefSpatialAbsolute && v[i].is_float) return "TypeError";
      const auto pixel = Truncate(v[i], scale);
      if (!pixel) return "OverflowError";
      box[i] = pixel->value;
    }
    return AddBox(points, box[0], box[1], box[2], box[3]);
  }
  return "";
}

}  // namespace

double PointSet::Count() const {
  double count = 0;
  for (const Item& item : items) count += item.width * item.height;
  return count;
}

void PointSet::AddInteger(double x, double y) { AddPoint(*this, {x}, {y}); }

PointsOrError PointsFromTuples(py::View text, int width, int height, TupleRule rule) {
  static const py::Regex kTuple(UR"(\(([-+]?\d+\.?\d*(?:,\s*[-+]?\d+\.?\d*)*?)\))");
  PointsOrError out;
  for (const py::Match& match : kTuple.FindAll(text)) {
    const auto numbers = TupleNumbers(match.Group(1));
    out.error = numbers ? AddTuple(out.points, *numbers, width, height, rule) : "ValueError";
    if (!out.error.empty()) break;
  }
  return out;
}

PointsOrError PointsFromXml(py::View text, int width, int height) {
  static const py::Regex kPair(UR"re((x\d+)="(-?\d+\.?\d*)"\s+(y\d+)="(-?\d+\.?\d*)")re");
  PointsOrError out;
  for (const py::Match& match : kPair.FindAll(text)) {
    const double x = std::trunc(*py::Float(match.Group(2)) / 100 * width);
    const double y = std::trunc(*py::Float(match.Group(4)) / 100 * height);
    if (!std::isfinite(x) || !std::isfinite(y)) {
      out.error = "OverflowError";
      break;
    }
    out.points.AddInteger(x, y);
  }
  return out;
}

PointsOrError PointsFromPairs(py::View text, int width, int height) {
  static const py::Regex kPair(UR"([\[\(]\s*([-+]?\d+\.?\d*)\s*,\s*([-+]?\d+\.?\d*)\s*[\]\)])");
  PointsOrError out;
  for (const py::Match& match : kPair.FindAll(text)) {
    const double xf = *py::Float(match.Group(1)), yf = *py::Float(match.Group(2));
    const bool is_float = py::Contains(match.Group(1), U".") || py::Contains(match.Group(2), U".");
    const double x = std::trunc(is_float ? xf * width : xf / 1000 * width);
    const double y = std::trunc(is_float ? yf * height : yf / 1000 * height);
    if (!std::isfinite(x) || !std::isfinite(y)) {
      out.error = "OverflowError";
      break;
    }
    out.points.AddInteger(x, y);
  }
  return out;
}

PointsOrError PointsFromAnyScale(py::View text, int width, int height) {
  static const py::Regex kPair(UR"(\(([-+]?\d*\.?\d+)\s*,\s*([-+]?\d*\.?\d+)\))");
  // np.array(..., dtype=int32) of numpy 1: out of int64 raises, out of int32 wraps.
  const auto to_int32 = [](double v) {
    return static_cast<double>(static_cast<int32_t>(static_cast<int64_t>(v)));
  };
  PointsOrError out;
  for (const py::Match& match : kPair.FindAll(text)) {
    const double x = *py::Float(match.Group(1)), y = *py::Float(match.Group(2));
    const auto within = [&](double high) { return 0 <= x && x <= high && 0 <= y && y <= high; };
    double px = x, py_ = y;
    if (within(1)) {
      px = x * width;
      py_ = y * height;
    } else if (within(1000)) {
      px = x / 1000.0 * width;
      py_ = y / 1000.0 * height;
    }
    px = py::RoundHalfEven(px);
    py_ = py::RoundHalfEven(py_);
    const auto fits = [](double v) { return v >= -kTwo63 && v < kTwo63; };
    if (!fits(px) || !fits(py_)) {
      out.error = "OverflowError";
      break;
    }
    out.points.AddInteger(to_int32(px), to_int32(py_));
  }
  return out;
}

namespace {

// int(number / 1000 * scale), the exception it raises in `error`.
double GridToPixel(const py::Value& number, int scale, std::string_view& error) {
  if (!number.IsNumber()) {
    error = "TypeError";
    return 0;
  }
  // A quotient of integers is rounded once, whatever their size.
  const py::Int* integer = number.As<py::Int>();
  const bool huge = integer && integer->i64 && std::abs(integer->value) >= kTwo53;
  const double share = huge ? *py::Float(py::FromUtf8(std::to_string(*integer->i64) + "e-3"))
                            : number.Number() / 1000;
  const double pixel = std::trunc(share * scale);
  if (std::isnan(pixel)) error = "ValueError";
  if (std::isinf(pixel)) error = "OverflowError";
  return pixel;
}

// `key in item` as Python's operator does it; then item[key] works on dictionaries only.
std::string_view AddJsonItem(
    PointSet& points, const py::Value& item, py::View key, bool y_first, int width, int height) {
  const py::Dict* dict = item.As<py::Dict>();
  if (!dict) {
    if (const py::Str* text = item.As<py::Str>()) {
      return py::Contains(*text, key) ? "TypeError" : "";
    }
    const py::List* list = item.As<py::List>();
    if (!list) return "TypeError";
    for (const py::Value& entry : list->items) {
      const py::Str* text = entry.As<py::Str>();
      if (text && *text == key) return "TypeError";
    }
    return "";
  }
  const py::Value* value = py::Find(*dict, key);
  const py::List* pair = value ? value->As<py::List>() : nullptr;
  if (!pair || pair->items.size() != 2) return "";
  std::string_view error;
  const double x = GridToPixel(pair->items[y_first ? 1 : 0], width, error);
  if (!error.empty()) return error;
  const double y = GridToPixel(pair->items[y_first ? 0 : 1], height, error);
  if (error.empty()) points.AddInteger(x, y);
  return error;
}

}  // namespace

PointsOrError PointsFromJson(py::View text, int width, int height, py::View key, bool y_first) {
  static const py::Regex kFence(U"```(?:\\w+)?\\n(.*?)```", py::Regex::kDotAll);
  PointsOrError out;
  const auto match = kFence.Search(text);
  if (!match) return out;
  const py::Parsed data = py::LoadsJson(py::Strip(match->Group(1)));
  if (!data.value) {
    if (data.failure == py::ParseFailure::kDepth) out.error = "RecursionError";
    if (data.failure == py::ParseFailure::kDigits) out.error = "ValueError";
    return out;
  }
  // Iterating a dictionary gives its keys, a string its characters.
  py::Items items;
  if (const py::List* list = data.value->As<py::List>()) {
    items = list->items;
  } else if (const py::Dict* dict = data.value->As<py::Dict>()) {
    items = dict->keys;
  } else if (!data.value->As<py::Str>()) {
    out.error = "TypeError";
  }
  for (const py::Value& item : items) {
    out.error = AddJsonItem(out.points, item, key, y_first, width, height);
    if (!out.error.empty()) break;
  }
  return out;
}

}  // namespace spatium
