#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spatium/metrics/vsibench.h"

namespace spatium {

// SPAR-Bench. Source: fudan-zvg/spar's lmms-eval task and its copy upstream; the rules and their
// oddities are in the specification of the benchmark, section "Metrics".
enum class SparKind { kUnknown, kNumber, kChoice, kViewChange };
enum class SparLevel { kLow, kMiddle, kHigh };
SparKind SparKindOf(std::string_view task);
SparLevel SparLevelOf(std::string_view task);   // of a known task
bool SparIsMultiView(std::string_view task);    // its number is the last one of a reply
std::span<const std::string_view> SparTasks();  // all twenty

// Official: right if equal, a substring of the gold text ("" always is), or if the first
// character is the gold text; case aside.
double SparChoiceScore(py::View reply, py::View gold);
double SparNumberScore(std::string_view task, py::View reply, py::View gold);
// "move_right:0.3,rotate_up:12": five signed axes, mean relative accuracy of each with the
// prediction in the place of the gold value; 0 for any piece that is not exactly key:number.
double SparViewChangeScore(py::View reply, py::View gold);
double ScoreSpar(std::string_view task, py::View reply, py::View gold);

// Strict: the five axes with keys and values trimmed, words of the question's own template
// ("move_back") understood, malformed pieces skipped, the error relative to the gold value.
double SparViewChangeScoreStrict(py::View reply, py::View gold);

// Means by task, "overall" (of the tasks present) and the three levels; fractions. The official
// levels are named Low, Middle, High and are NaN if absent; lmms-eval's are lower-case and 0.
// Both leave view_change_infer out of the middle one.
std::vector<std::pair<std::string, double>> AggregateSpar(std::span<const TypedScore> items,
                                                          Profile profile);

// The authors' unused parser of "(u,v) depth": every number; none if it raises ValueError.
struct CameraMotionNumbers {
  std::vector<double> numbers;
  bool raises = false;
};
CameraMotionNumbers ParseSparCameraMotion(py::View text);

}  // namespace spatium
