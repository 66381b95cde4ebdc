#include "spatium/metrics/vsibench.h"

#include "spatium/base/text.h"
#include "spatium/metrics/mra.h"
#include "spatium/metrics/number_text.h"

namespace spatium {
namespace {

Result<Json> Mra(const MetricRow& row) {
  SPATIUM_TRY(const auto prediction, row.Numbers("pred"));
  SPATIUM_TRY(const auto gold, row.Numbers("gt"));
  if (prediction.size() != 1 || gold.size() != 1) return row.Expected("pred", "one number");
  const auto score = VsiMra(prediction[0], gold[0]);
  return score ? Json(*score) : PythonError("ZeroDivisionError");
}

template <VsiKind kKind, Profile kProfile, bool kAnswerTag>
Result<Json> Score(const MetricRow& row) {
  // lmms-eval's number of None is None, which scores 0; a gold None is no number.
  if (row.pred().IsNull() && kKind == VsiKind::kNumber && kProfile == Profile::kLmmsEval) {
    return Json(0.0);
  }
  if (row.pred().IsNull()) return PythonError(kAnswerTag ? "TypeError" : "AttributeError");
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  py::Str gold;
  if (!row.gt().IsNull()) {
    SPATIUM_TRY(gold, row.Text("gt"));
  } else if (kKind == VsiKind::kChoice) {
    return PythonError("AttributeError");
  }
  const py::Str text = kAnswerTag ? AfterLastAnswerTag(reply) : reply;
  return ScoreVsi(kKind, text, gold, kProfile).ToJson();
}

Result<Json> OfficialFloat(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  return OrNull(py::Float(VsiFirstToken(reply)));
}

Result<Json> LmmsEvalFloat(const MetricRow& row) {
  if (row.pred().IsNull()) return Json();
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  return OrNull(LmmsEvalNumber(reply));
}

// pred: replies; gt: [question type, gold] for each.
template <Profile kProfile>
Result<Json> Aggregate(const MetricRow& row) {
  SPATIUM_TRY(const auto replies, row.Texts("pred"));
  if (!row.gt().IsArray() || row.gt().AsArray().size() != replies.size()) {
    return row.Expected("gt", "a [type, gold] for each reply");
  }
  std::vector<TypedScore> scores;
  for (size_t i = 0; i < replies.size(); ++i) {
    const Json& pair = row.gt().AsArray()[i];
    if (!pair.IsArray() || pair.AsArray().size() != 2 || !pair.AsArray()[0].IsString() ||
        !pair.AsArray()[1].IsString()) {
      return row.Expected("gt", "a [type, gold] for each reply");
    }
    const std::string& type = pair.AsArray()[0].AsString();
    const ScoreOrError score =
        ScoreVsi(VsiKindOf(type), replies[i], py::FromUtf8(pair.AsArray()[1].AsString()), kProfile);
    if (!score.error.empty()) return PythonError(score.error);
    scores.push_back({type, score.score});
  }
  const VsiAggregate aggregate = AggregateVsi(scores, kProfile);
  if (!aggregate.error.empty()) return PythonError(aggregate.error);
  Json out = Json::MakeObject({});
  if (kProfile == Profile::kLmmsEval) {
    for (const auto& [name, score] : aggregate.scores) out.Set(name, score);
    return out;
  }
  // The official script prints percent in a fixed order.
  constexpr std::string_view kOrder[] = {"overall",
                                         "object_counting",
                                         "object_abs_distance",
                                         "object_size_estimation",
                                         "room_size_estimation",
                                         "object_rel_distance",
                                         "object_rel_direction",
                                         "route_planning",
                                         "obj_appearance_order"};
  std::vector<std::string> names, numbers;
  for (const std::string_view wanted : kOrder) {
    for (const auto& [name, score] : aggregate.scores) {
      if (name != wanted && name != StrCat(wanted, "_accuracy") &&
          name != StrCat(wanted, "_MRA:.5:.95:.05")) {
        continue;
      }
      out.Set(name, score * 100);
      names.push_back(name);
      numbers.push_back(FormatFixed(score * 100, 3));
    }
  }
  out.Set("tabulated_keys", Join(names, ", ")).Set("tabulated_results", Join(numbers, ", "));
  return out;
}

// A published table of eight task scores.
Result<Json> MeanOfEight(const MetricRow& row) {
  if (!row.gt().IsObject() || row.gt().AsObject().empty()) return row.Expected("gt", "scores");
  std::vector<double> scores;
  for (const auto& [name, score] : row.gt().AsObject()) {
    if (!score.IsNumber()) return row.Expected("gt", "scores");
    scores.push_back(score.AsDouble());
  }
  const double mean = py::Sum(scores) / static_cast<double>(scores.size());
  return Json::MakeObject({{"overall", mean}, {"mean", mean}});
}

constexpr auto kNumber = VsiKind::kNumber;
constexpr auto kChoice = VsiKind::kChoice;
constexpr MetricTask kTasks[] = {
    {"MRA", Mra},
    {"vsibench_official/fuzzy_to_float", OfficialFloat, "AttributeError"},
    {"vsibench_official/mca", Score<kChoice, Profile::kOfficial, false>},
    {"vsibench_official/na", Score<kNumber, Profile::kOfficial, false>},
    {"vsibench_official/aggregate", Aggregate<Profile::kOfficial>},
    {"vsibench_lmmseval/extract_number", LmmsEvalFloat},
    {"vsibench_lmmseval/mca", Score<kChoice, Profile::kLmmsEval, false>},
    {"vsibench_lmmseval/na", Score<kNumber, Profile::kLmmsEval, false>},
    {"vsibench_lmmseval/aggregate", Aggregate<Profile::kLmmsEval>},
    {"vsibench_gsreasoner_cot/mca", Score<kChoice, Profile::kOfficial, true>},
    {"vsibench_gsreasoner_cot/na", Score<kNumber, Profile::kOfficial, true>},
    {"vsibench/published_run_mean_of_eight", MeanOfEight},
};

}  // namespace

const MetricInfo& MetricInfo_vsibench() {
  static const MetricInfo info{.summary = "VSI-Bench: letters, mean relative accuracy, aggregates",
                               .tasks = kTasks};
  return info;
}

}  // namespace spatium
