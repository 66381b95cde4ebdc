#include "spatium/metrics/vsibench.h"

#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/metrics/mra.h"
#include "spatium/metrics/number_text.h"

namespace spatium {
namespace {

constexpr std::string_view kNumberTypes[] = {
    "object_abs_distance", "object_counting", "object_size_estimation", "room_size_estimation"};
constexpr std::string_view kChoiceTypes[] = {"object_rel_direction_easy",
                                             "object_rel_direction_medium",
                                             "object_rel_direction_hard",
                                             "object_rel_distance",
                                             "route_planning",
                                             "obj_appearance_order"};

template <size_t kN>
bool Has(const std::string_view (&names)[kN], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// Takes a score out of the list.
std::optional<double> Pop(std::vector<std::pair<std::string, double>>& scores,
                          std::string_view name) {
  for (size_t i = 0; i < scores.size(); ++i) {
    if (scores[i].first != name) continue;
    const double score = scores[i].second;
    scores.erase(scores.begin() + static_cast<int64_t>(i));
    return score;
  }
  return std::nullopt;
}

}  // namespace

VsiKind VsiKindOf(std::string_view question_type) {
  if (Has(kNumberTypes, question_type)) return VsiKind::kNumber;
  return Has(kChoiceTypes, question_type) ? VsiKind::kChoice : VsiKind::kUnknown;
}

double VsiChoiceScore(py::View extracted, py::View gold) {
  return py::EqualLower(extracted, gold) ? 1 : 0;
}

ScoreOrError VsiNumberScore(const std::optional<double>& prediction, py::View gold) {
  const auto target = py::Float(gold);
  if (!prediction || !target) return {.score = 0, .error = ""};
  const auto score = VsiMra(*prediction, *target);
  if (!score) return {.score = 0, .error = "ZeroDivisionError"};
  return {.score = *score, .error = ""};
}

ScoreOrError ScoreVsi(VsiKind kind, py::View reply, py::View gold, Profile profile) {
  if (kind == VsiKind::kUnknown) return {.score = 0, .error = "ValueError"};
  const py::View token = VsiFirstToken(reply);
  if (kind == VsiKind::kChoice) return {.score = VsiChoiceScore(token, gold), .error = ""};
  if (profile == Profile::kLmmsEval) return VsiNumberScore(LmmsEvalNumber(reply), gold);
  return VsiNumberScore(py::Float(token), gold);
}

VsiAggregate AggregateVsi(std::span<const TypedScore> items, Profile profile) {
  if (items.empty()) return {.scores = {}, .error = "KeyError"};  // a table without columns
  std::map<std::string, std::vector<double>> by_type;
  for (const TypedScore& item : items) by_type[item.type].push_back(item.score);
  VsiAggregate out;
  for (const auto& [type, scores] : by_type) {
    const VsiKind kind = VsiKindOf(type);
    if (kind == VsiKind::kUnknown) return {.scores = {}, .error = "ValueError"};
    out.scores.emplace_back(
        StrCat(type, kind == VsiKind::kChoice ? "_accuracy" : "_MRA:.5:.95:.05"),
        py::NumpyMean(scores));
  }
  const auto easy = Pop(out.scores, "object_rel_direction_easy_accuracy");
  // The official script joins the three only where it has seen an easy one.
  if (easy || profile == Profile::kLmmsEval) {
    const auto medium = Pop(out.scores, "object_rel_direction_medium_accuracy");
    const auto hard = Pop(out.scores, "object_rel_direction_hard_accuracy");
    if (!easy || !medium || !hard) return {.scores = {}, .error = "KeyError"};
    out.scores.emplace_back("object_rel_direction_accuracy", (*easy + *medium + *hard) / 3);
  }
  double sum = 0;
  for (const auto& [name, score] : out.scores) sum += score;
  out.scores.emplace_back("overall", sum / static_cast<double>(out.scores.size()));
  return out;
}

}  // namespace spatium
