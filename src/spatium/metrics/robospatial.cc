#include "spatium/metrics/robospatial.h"

#include <cmath>

#include "spatium/metrics/python_value.h"
#include "spatium/metrics/regex.h"

namespace spatium {
namespace {

// None if a corner is not a pair of numbers.
std::optional<std::vector<std::pair<double, double>>> CornersOf(const py::Items& polygon) {
  std::vector<std::pair<double, double>> corners;
  for (const py::Value& item : polygon) {
    const py::Tuple* tuple = item.As<py::Tuple>();
    const py::List* list = item.As<py::List>();
    const py::Items* pair = tuple ? &tuple->items : list ? &list->items : nullptr;
    if (!pair || pair->size() != 2 || !(*pair)[0].IsNumber() || !(*pair)[1].IsNumber()) {
      return std::nullopt;
    }
    corners.emplace_back((*pair)[0].Number(), (*pair)[1].Number());
  }
  return corners;
}

// point_in_polygon; none if it raises.
std::optional<bool> PointInPolygon(double x, double y, const py::Items& polygon) {
  const auto corners = CornersOf(polygon);
  if (!corners) return std::nullopt;
  bool inside = false;
  for (size_t i = 0, j = corners->size() - 1; i < corners->size(); j = i++) {
    const auto [xi, yi] = (*corners)[i];
    const auto [xj, yj] = (*corners)[j];
    if ((yi > y) != (yj > y) && x < (xj - xi) * (y - yi) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

// Tries a point; false if the polygon raised, and the script goes on to its next format.
bool TryPoint(double x, double y, const py::Items& polygon, RoboSpatialOutcome& out) {
  out.point = {x, y};
  out.parsable = true;
  const auto inside = PointInPolygon(x, y, polygon);
  if (inside) out.correct = *inside;
  return inside.has_value();
}

bool TryPattern(const py::Regex& pattern,
                py::View reply,
                const py::Items& polygon,
                RoboSpatialOutcome& out) {
  const auto match = pattern.Search(reply);
  if (!match) return false;
  return TryPoint(*py::Float(match->Group(1)), *py::Float(match->Group(2)), polygon, out);
}

// float(value): of a number or a text.
std::optional<double> ToFloat(const py::Value& value) {
  if (value.IsNumber()) {
    const double x = value.Number();
    if (value.As<py::Int>() && std::isinf(x)) return std::nullopt;
    return x;
  }
  const py::Str* text = value.As<py::Str>();
  return text ? py::Float(*text) : std::nullopt;
}

// The first point of the first [...] of the reply, read as Python.
const py::Items* FirstPoint(const py::Items& list) {
  if (list.empty()) return nullptr;
  if (list.size() == 2 && list[0].IsNumber() && list[1].IsNumber()) return &list;
  if (const py::Tuple* tuple = list[0].As<py::Tuple>()) return &tuple->items;
  const py::List* inner = list[0].As<py::List>();
  return inner && inner->items.size() == 2 ? &inner->items : nullptr;
}

void TryLiteral(py::View reply, const py::Items& polygon, RoboSpatialOutcome& out) {
  static const py::Regex kBrackets(UR"(\[(.*?)\])", py::Regex::kDotAll);
  const auto match = kBrackets.Search(reply);
  if (!match) return;
  py::Str content;
  const py::View inner = match->Group(1);
  for (size_t i = 0; i < inner.size(); ++i) {  // a blank behind each comma that lacks one
    content += inner[i];
    if (inner[i] == U',' && i + 1 < inner.size() && !py::IsSpace(inner[i + 1])) {
      content += U' ';
      content += inner[++i];  // the pattern has taken this character
    }
  }
  py::View list_text = py::Strip(content);
  if (list_text.ends_with(U',')) list_text.remove_suffix(1);
  const py::Parsed parsed = py::LiteralEval(U"[" + py::Str(list_text) + U"]");
  const py::List* list = parsed.value ? parsed.value->As<py::List>() : nullptr;
  const py::Items* point = list ? FirstPoint(list->items) : nullptr;
  if (!point || point->size() != 2) return;
  const auto x = ToFloat((*point)[0]), y = ToFloat((*point)[1]);
  if (x && y) TryPoint(*x, *y, polygon, out);
}

}  // namespace

py::Str RemoveThinking(py::View reply) {
  for (const py::View tag : {py::View(U"</think>"), py::View(U"</thought>")}) {
    const size_t at = reply.find(tag);
    if (at != py::View::npos) reply = reply.substr(at + tag.size());
  }
  static const py::Regex kAnswer(U"<answer>(.*?)</answer>",
                                 py::Regex::kDotAll | py::Regex::kIgnoreCase);
  if (const auto match = kAnswer.Search(reply)) return py::Str(py::Strip(match->Group(1)));
  return py::Str(py::Strip(reply));
}

bool YesNoOnLastLine(py::View gold, py::View reply) {
  const py::Str lower = py::Lower(py::Strip(reply));
  const py::View line = py::LastPiece(lower, U"\n");
  const bool yes = py::Contains(line, U"yes"), no = py::Contains(line, U"no");
  return py::Lower(py::Strip(gold)) == U"yes" ? yes && !no : no && !yes;
}

std::vector<std::pair<double, double>> PolygonCorners(py::View gold) {
  const py::Parsed polygon = py::LiteralEval(gold);
  const py::List* list = polygon.value ? polygon.value->As<py::List>() : nullptr;
  if (!list || list->items.size() < 3) return {};
  return CornersOf(list->items).value_or(std::vector<std::pair<double, double>>());
}

RoboSpatialOutcome ScoreRoboSpatialOfficial(py::View gold, py::View reply) {
  RoboSpatialOutcome out;
  const py::Str gold_lower = py::Lower(py::Strip(gold));
  if (gold_lower == U"yes" || gold_lower == U"no") {
    out.is_binary = true;
    out.text = py::Lower(py::Strip(reply));
    out.parsable = !out.text.empty();
    out.correct = out.text.starts_with(gold_lower);
    return out;
  }
  const py::Parsed polygon = py::LiteralEval(gold);
  const py::List* corners = polygon.value ? polygon.value->As<py::List>() : nullptr;
  if (!corners || corners->items.size() < 3) return out;
  static const py::Regex kTuple(UR"(\(\s*(\d+\.?\d*)\s*,\s*(\d+\.?\d*)\s*\))");
  static const py::Regex kList(UR"(\[\s*(\d+\.?\d*)\s*,\s*(\d+\.?\d*)\s*\])");
  if (TryPattern(kTuple, reply, corners->items, out)) return out;
  if (TryPattern(kList, reply, corners->items, out)) return out;
  TryLiteral(reply, corners->items, out);
  return out;
}

}  // namespace spatium
