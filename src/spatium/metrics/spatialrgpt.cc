#include "spatium/metrics/spatialrgpt.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "spatium/base/text.h"

namespace spatium {
namespace {

constexpr std::pair<std::string_view, std::string_view> kQuantities[] = {
    {"vertical_distance_data", "vertical_distance"},
    {"horizontal_distance_data", "horizontal_distance"},
    {"distance_data", "direct_distance"},
    {"width_data", "width"},
    {"height_data", "height"},
    {"direction", "direction"}};

// Words in a category, in the order that decides.
constexpr std::pair<std::string_view, std::string_view> kQualities[] = {{"short", "tall/short"},
                                                                        {"tall", "tall/short"},
                                                                        {"left", "left/right"},
                                                                        {"right", "left/right"},
                                                                        {"below", "below/above"},
                                                                        {"above", "below/above"},
                                                                        {"behind", "behind/front"},
                                                                        {"front", "behind/front"},
                                                                        {"big", "big/small"},
                                                                        {"small", "big/small"},
                                                                        {"wide", "wide/thin"},
                                                                        {"thin", "wide/thin"}};

std::vector<double>& Group(SpatialRgptScores::Groups& groups, std::string_view name) {
  for (auto& [known, values] : groups) {
    if (known == name) return values;
  }
  return groups.emplace_back(std::string(name), std::vector<double>()).second;
}

// float(value) and int(value) of a JSON value.
std::optional<double> FloatOf(const py::Value* value) {
  if (!value) return std::nullopt;
  if (const py::Str* text = value->As<py::Str>()) return py::Float(*text);
  if (!value->IsNumber()) return std::nullopt;
  const double x = value->Number();
  if (value->As<py::Int>() && std::isinf(x)) return std::nullopt;
  return x;
}
std::optional<double> IntOf(const py::Value* value) {
  if (!value) return std::nullopt;
  if (const py::Str* text = value->As<py::Str>()) {
    const auto number = py::ParseInt(*text);
    return number ? std::optional(number->value) : std::nullopt;
  }
  if (!value->IsNumber() || !std::isfinite(value->Number())) return std::nullopt;
  return std::trunc(value->Number());
}

// compute_errors' abs_rel, averaged as it runs.
struct RunningMean {
  double mean = 0, count = 0;
  void Add(double value) {
    mean = (value + count * mean) / (count + 1);
    ++count;
  }
};

class Scorer {
 public:
  explicit Scorer(bool repair_marks) : repair_marks_(repair_marks) {}

  SpatialRgptScores Run(std::span<const SpatialRgptItem> items) {
    for (const SpatialRgptItem& item : items) {
      if (item.type == "quantitative") AddQuantity(item);
      if (item.type == "qualitative") AddQuality(item);
      if (!out_.exception.empty()) return std::move(out_);
    }
    Finish();
    return std::move(out_);
  }

 private:
  // What `llama_evaluation` holds from the item before.
  enum class Mark { kUndefined, kNumber, kOther };

  void AddQuantity(const SpatialRgptItem& item) {
    std::string_view name;
    for (const auto& [category, short_name] : kQuantities) {
      if (item.category == category) name = short_name;
    }
    if (name.empty()) return;
    const py::Parsed parsed = py::LoadsJson(item.judge);
    if (parsed.value) mark_ = Mark::kOther;  // the script keeps the object in the same variable
    const py::Dict* judge = parsed.value ? parsed.value->As<py::Dict>() : nullptr;
    const bool direction = name == "direction";
    std::optional<double> answer, response;
    if (judge && direction) {
      answer = IntOf(py::Find(*judge, U"answer_direction"));
      response = IntOf(py::Find(*judge, U"response_direction"));
    } else if (judge) {
      answer = FloatOf(py::Find(*judge, U"answer_in_meters"));
      response = FloatOf(py::Find(*judge, U"response_in_meters"));
    }
    std::vector<double>& success = Group(out_.success, name);
    RunningMean* abs_rel = direction ? nullptr : &AbsRel(item.category);
    if (!answer || !response) {
      ++out_.match_failures;
      success.push_back(0);
      return;
    }
    const double difference = std::abs(*response - *answer);
    if (direction) {
      const double error = std::min(difference, 12 - difference);
      success.push_back(error <= 1);
      Group(out_.error, name).push_back(error);
      return;
    }
    success.push_back(*response <= 1.25 * *answer && *response >= 0.75 * *answer);
    Group(out_.error, name).push_back(difference / (*answer + 1e-4));
    abs_rel->Add(std::abs(*answer - *response) / *answer);
  }

  void AddQuality(const SpatialRgptItem& item) {
    const py::Parsed parsed = py::LoadsJson(item.judge);
    const py::Dict* judge = parsed.value ? parsed.value->As<py::Dict>() : nullptr;
    const py::Value* mark = judge ? py::Find(*judge, U"your_mark") : nullptr;
    if (!mark) {
      ++out_.match_failures;
      if (repair_marks_) SetMark(0);
    } else if (mark->As<std::monostate>()) {
      SetMark(0);
    } else {
      if (!IntOf(mark)) ++out_.match_failures;
      if (mark->IsNumber()) {
        SetMark(mark->Number());
      } else {
        mark_ = Mark::kOther;
      }
    }
    std::string_view name;
    for (const auto& [word, group] : kQualities) {
      if (name.empty() && item.category.find(word) != item.category.npos) name = group;
    }
    if (name.empty()) {
      out_.exception = "ValueError";
    } else if (mark_ == Mark::kNumber) {
      Group(out_.qualitative, name).push_back(mark_value_ > 0);
    } else if (repair_marks_) {
      Group(out_.qualitative, name).push_back(0);
    } else {
      out_.exception = mark_ == Mark::kUndefined ? "NameError" : "TypeError";
    }
  }

  void SetMark(double value) {
    mark_ = Mark::kNumber;
    mark_value_ = value;
  }

  RunningMean& AbsRel(const std::string& category) {
    for (auto& [name, mean] : abs_rel_) {
      if (name == category) return mean;
    }
    return abs_rel_.emplace_back(category, RunningMean()).second;
  }

  static double Percent(const std::vector<double>& values) {
    return py::NumpySum(values) / static_cast<double>(values.size()) * 100;
  }

  void Finish() {
    double correct = 0, total = 0;
    for (const auto& [name, marks] : out_.qualitative) {
      correct += py::NumpySum(marks);
      total += static_cast<double>(marks.size());
      out_.results.emplace_back(StrCat("Qual_", name, "_acc"), Percent(marks));
    }
    if (total == 0) {
      out_.exception = "ZeroDivisionError";
      return;
    }
    out_.results.emplace_back("Qual_overall_acc", correct / total * 100);
    correct = total = 0;
    for (const auto& [name, success] : out_.success) {
      correct += py::NumpySum(success);
      total += static_cast<double>(success.size());
      out_.results.emplace_back(StrCat("Quan_", name, "_acc"), Percent(success));
      out_.results.emplace_back(StrCat("Quan_", name, "_err"), Percent(Group(out_.error, name)));
    }
    for (const auto& [category, mean] : abs_rel_) {
      // numpy rounds by scaling.
      const double rounded = std::nearbyint(mean.mean * 1000) / 1000;
      out_.results.emplace_back(StrCat("Quan_", category, "_absrel"), rounded);
    }
    out_.complete = out_.qualitative.size() == 6 && out_.success.size() == 6;
    if (out_.complete) out_.results.emplace_back("Quan_overall_acc", correct / total * 100);
  }

  bool repair_marks_;
  SpatialRgptScores out_;
  std::vector<std::pair<std::string, RunningMean>> abs_rel_;
  Mark mark_ = Mark::kUndefined;
  double mark_value_ = 0;
};

}  // namespace

SpatialRgptScores ScoreSpatialRgpt(std::span<const SpatialRgptItem> items, bool repair_marks) {
  return Scorer(repair_marks).Run(items);
}

}  // namespace spatium
