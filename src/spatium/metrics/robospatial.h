#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "spatium/metrics/python.h"

namespace spatium {

// lmms-eval's clean-up of a reply: up to the first "</think>" and "</thought>" dropped, then the
// first <answer> block if there is one; stripped.
py::Str RemoveThinking(py::View reply);

// lmms-eval: the last line holds the right one of "yes" and "no" and not the other.
bool YesNoOnLastLine(py::View gold, py::View reply);

// What the official script says of one reply.
struct RoboSpatialOutcome {
  bool correct = false;
  bool is_binary = false;  // the gold answer is yes or no
  bool parsable = false;
  py::Str text;                                    // binary: the reply, stripped, lower case
  std::optional<std::pair<double, double>> point;  // else: what was read from it
};
// Official rule. Yes/no: the reply begins so. Else the gold answer is a polygon, a Python list of
// at least three points, and the reply's first point must lie in it (ray casting).
RoboSpatialOutcome ScoreRoboSpatialOfficial(py::View gold, py::View reply);
// The corners of a gold answer; none if it is no list of at least three pairs of numbers.
std::vector<std::pair<double, double>> PolygonCorners(py::View gold);

}  // namespace spatium
