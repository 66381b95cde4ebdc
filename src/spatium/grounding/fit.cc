#include "spatium/grounding/fit.h"

#include <algorithm>

#include "spatium/base/parallel.h"
#include "spatium/base/progress.h"
#include "spatium/grounding/fit_data.h"
#include "spatium/grounding/solve.h"

namespace spatium {
namespace {

// How right each object is: 1 for the target, parts for detected boxes that overlap it.
std::vector<float> TargetOf(const FitQuery& query) {
  std::vector<float> target(query.iou.size(), 0);
  float sum = 0;
  for (size_t i = 0; i < target.size(); ++i) {
    const double iou = query.iou[i];
    target[i] = iou >= 0.25 ? static_cast<float>(iou * iou) : 0.f;
    sum += target[i];
  }
  if (sum > 0)
    for (float& t : target) t /= sum;
  return target;
}

void Count(const FitQuery& query,
           const BoxScene& scene,
           const std::vector<double>& p,
           FoldScore& score) {
  ++score.n;
  if (p.empty()) return;
  const auto best = static_cast<size_t>(std::max_element(p.begin(), p.end()) - p.begin());
  score.acc_id += scene.objects[best].id.value == query.target_id ? 1 : 0;
  score.acc25 += query.iou[best] >= 0.25 ? 1 : 0;
  score.acc50 += query.iou[best] >= 0.5 ? 1 : 0;
}

// Counts to fractions.
void ToMean(FoldScore& score) {
  const double n = std::max<double>(1, static_cast<double>(score.n));
  score.acc_id /= n;
  score.acc25 /= n;
  score.acc50 /= n;
}

// Which box each held-out query gets.
struct Held {
  size_t query = 0;
  std::vector<double> p;
  Json row;
};

struct FoldRun {
  GroundingWeights weights;
  std::vector<Held> held;
};

// Fits on all rooms outside `fold` (-1: none is held out) and judges those inside.
FoldRun RunFold(const FitData& data, int fold, const FitOptions& o) {
  FoldRun run;
  const FitLabels labels = FitLabelModels(data, fold);
  run.weights.labels = labels.together;
  std::vector<std::unique_ptr<GroundingScene>> scenes;
  for (size_t s = 0; s < data.scenes.size(); ++s)
    scenes.push_back(std::make_unique<GroundingScene>(
        data.scenes[s].shown, Lexicon::Default(), &labels.by_scene[s]));
  std::vector<RankingExample> train;
  for (const FitQuery& query : data.queries)
    if (data.FoldOf(data.scenes[query.scene]) != fold)
      train.push_back(
          ToExample(ComputeFeatures(query.parse, *scenes[query.scene]), TargetOf(query)));
  for (int k = 0; k < o.ensemble; ++k) {
    RankerTraining training = o.training;
    training.seed = o.seed * 1000 + static_cast<uint64_t>(k);
    run.weights.rankers.push_back(Ranker::Train(train, training));
  }
  for (size_t q = 0; q < data.queries.size(); ++q) {
    const FitQuery& query = data.queries[q];
    if (data.FoldOf(data.scenes[query.scene]) != fold) continue;
    const QueryFeatures features = ComputeFeatures(query.parse, *scenes[query.scene]);
    std::vector<double> p = run.weights.Probabilities(features);
    const BoxScene& scene = data.scenes[query.scene].shown;
    const GroundResult result = Conclude(query.parse, features, p, scene);
    Json row = Json::MakeObject({{"row", query.row}});
    Json rest = ResultJson(result, scene, data.scenes[query.scene].scan_id, query.caption);
    for (auto& [key, value] : rest.AsObject()) row.Set(key, std::move(value));
    run.held.push_back({.query = q, .p = std::move(p), .row = std::move(row)});
  }
  return run;
}

}  // namespace

GroundingWeights GroundingWeights::ZeroShot() {
  return {.labels = {}, .rankers = {Ranker::ZeroShot()}};
}

std::vector<double> GroundingWeights::Probabilities(const QueryFeatures& query) const {
  std::vector<double> logits(query.num_objects, 0);
  for (const Ranker& ranker : rankers) {
    const auto own = ranker.Logits(query);
    for (size_t i = 0; i < own.size(); ++i)
      logits[i] += own[i] / static_cast<double>(rankers.size());
  }
  return Softmax(std::move(logits));
}

Json GroundingWeights::ToJson() const {
  Json list = Json::MakeArray();
  for (const Ranker& ranker : rankers) list.Push(ranker.ToJson());
  return Json::MakeObject({{"format", "spatium-grounding"},
                           {"version", 2},
                           {"labels", labels.ToJson()},
                           {"rankers", std::move(list)}});
}

Result<GroundingWeights> GroundingWeights::FromJson(const JsonCursor& json) {
  GroundingWeights weights;
  SPATIUM_TRY(const auto labels, json.At("labels"));
  SPATIUM_TRY(weights.labels, LabelModel::FromJson(labels));
  SPATIUM_TRY(const auto list, json.At("rankers"));
  SPATIUM_TRY(const auto items, list.Items());
  if (items.empty()) return list.Expected("at least one ranker");
  for (const JsonCursor& item : items) {
    SPATIUM_TRY(Ranker ranker, Ranker::FromJson(item));
    weights.rankers.push_back(std::move(ranker));
  }
  return weights;
}

Result<FitResult> FitGrounding(const FitOptions& o) {
  SPATIUM_TRY(const FitData data, LoadFitData(o));
  Progress progress("folds", static_cast<uint64_t>(o.folds) + 1);
  std::vector<FoldRun> runs(static_cast<size_t>(o.folds) + 1);
  ParallelFor(runs.size(), o.threads, [&](size_t r) {
    // The last holds nothing out.
    runs[r] = RunFold(data, r + 1 < runs.size() ? static_cast<int>(r) : -1, o);
    progress.Add();
  });
  FitResult result;
  result.sets.resize(o.sets.size());
  for (SetScore* s : {&result.all}) s->folds.resize(static_cast<size_t>(o.folds));
  for (SetScore& s : result.sets) s.folds.resize(static_cast<size_t>(o.folds));
  const GroundingWeights none = GroundingWeights::ZeroShot();
  std::vector<std::unique_ptr<GroundingScene>> scenes;
  for (const FitScene& scene : data.scenes)
    scenes.push_back(std::make_unique<GroundingScene>(scene.shown, Lexicon::Default()));
  for (size_t fold = 0; fold < static_cast<size_t>(o.folds); ++fold)
    for (const Held& held : runs[fold].held) {
      const FitQuery& query = data.queries[held.query];
      const BoxScene& scene = data.scenes[query.scene].shown;
      const auto zero = none.Probabilities(ComputeFeatures(query.parse, *scenes[query.scene]));
      for (SetScore* s : {&result.all, &result.sets[query.set]}) {
        Count(query, scene, held.p, s->folds[fold]);
        Count(query, scene, held.p, s->mean);
        Count(query, scene, zero, s->zero_shot);
      }
    }
  for (FoldRun& run : runs)
    for (Held& held : run.held) {
      const FitQuery& query = data.queries[held.query];
      auto& rows = result.sets[query.set].held_out;
      if (rows.size() <= query.row) rows.resize(query.row + 1);
      rows[query.row] = std::move(held.row);
    }
  const auto finish = [](SetScore& s) {
    for (FoldScore& fold : s.folds) ToMean(fold);
    ToMean(s.mean);
    ToMean(s.zero_shot);
  };
  finish(result.all);
  for (SetScore& s : result.sets) finish(s);
  result.weights = std::move(runs.back().weights);
  return result;
}

}  // namespace spatium
