#include "spatium/grounding/fit.h"

#include <algorithm>
#include <map>
#include <memory>

#include "spatium/base/hash.h"
#include "spatium/base/parallel.h"
#include "spatium/base/progress.h"
#include "spatium/base/text.h"
#include "spatium/geometry/box_overlap.h"

namespace spatium {
namespace {

struct Query {
  std::string scan_id;
  const GroundingScene* scene = nullptr;
  Parse parse;
  int fold = 0;
  std::vector<double> iou;  // of each object with the target's box
  int target_id = -1;
};

struct Data {
  std::map<std::string, std::unique_ptr<GroundingScene>> scenes;
  std::map<std::string, int> fold_of_scene;
  std::vector<Query> queries;
};

// Scene ids are those of a set of boxes: the same room under detected boxes is another scene.
Result<void> LoadSet(const FitSet& o, const std::string& prefix, Data& data) {
  SPATIUM_TRY(const QueryFile file, ReadQueries(o.queries));
  std::map<std::string, BoxScene> truth;
  for (size_t q = 0; q < file.queries.size(); ++q) {
    const std::string& scan = file.queries[q].scan_id;
    const std::string key = prefix + scan;
    if (!data.scenes.contains(key)) {
      SPATIUM_TRY(BoxScene scene, ReadBoxScene(o.boxes, o.labels, scan));
      data.scenes.emplace(scan,
                          std::make_unique<GroundingScene>(std::move(scene), Lexicon::Default()));
      if (o.boxes_gt) {
        SPATIUM_TRY(truth[scan], ReadBoxScene(*o.boxes_gt, std::nullopt, scan));
      }
    }
    if (!file.truths[q].target_id)
      return Error{ErrorCode::kNotFound,
                   StrCat(o.queries.string(), ": row ", q),
                   "the target's id, to fit to",
                   "none"};
    Query query;
    query.scene = data.scenes[key].get();
    query.scan_id = scan;
    query.target_id = *file.truths[q].target_id;
    query.parse = ParseSentence(file.queries[q].caption, Lexicon::Default());
    const BoxScene& named = o.boxes_gt ? truth[scan] : query.scene->scene();
    const auto target =
        std::find_if(named.objects.begin(), named.objects.end(), [&](const BoxObject& b) {
          return b.id.value == query.target_id;
        });
    for (const BoxObject& object : query.scene->scene().objects)
      query.iou.push_back(target != named.objects.end() ? Iou3d(object.box, target->box) : 0);
    data.queries.push_back(std::move(query));
  }
  return {};
}

Result<Data> Load(const FitOptions& o) {
  Data data;
  for (size_t set = 0; set < o.sets.size(); ++set)
    SPATIUM_TRY_DO(LoadSet(o.sets[set], StrCat(set, "/"), data));
  // Folds by room, whatever its boxes: rooms in the order of their hash, dealt out in turn.
  std::map<std::string, uint64_t> hashes;
  for (const Query& query : data.queries)
    hashes.emplace(query.scan_id, Hash64(query.scan_id, o.seed));
  std::vector<std::pair<uint64_t, std::string>> order;
  for (const auto& [scan, hash] : hashes) order.emplace_back(hash, scan);
  std::sort(order.begin(), order.end());
  for (size_t i = 0; i < order.size(); ++i)
    data.fold_of_scene[order[i].second] = static_cast<int>(i) % o.folds;
  for (Query& query : data.queries) query.fold = data.fold_of_scene[query.scan_id];
  return data;
}

// Box sizes of the classes in scenes outside `fold`.
ClassStats StatsWithout(const Data& data, int fold) {
  ClassStats stats;
  for (const auto& [scan, scene] : data.scenes) {
    if (data.fold_of_scene.at(scene->scene().id) == fold) continue;
    for (size_t i = 0; i < scene->scene().objects.size(); ++i)
      stats.Add(scene->normalized(i), scene->scene().objects[i].box);
  }
  return stats;
}

RankingExample ExampleOf(const Query& query, const ClassStats& stats) {
  RankingExample example{.features = ComputeFeatures(query.parse, *query.scene, stats),
                         .target = {}};
  const auto& objects = query.scene->scene().objects;
  example.target.assign(objects.size(), 0);
  float sum = 0;
  for (size_t i = 0; i < objects.size(); ++i) {
    const double iou = query.iou[i];
    example.target[i] = iou >= 0.25 ? static_cast<float>(iou * iou) : 0.f;
    sum += example.target[i];
  }
  if (sum > 0)
    for (float& t : example.target) t /= sum;
  return example;
}

GroundingWeights FitRankers(const std::vector<RankingExample>& examples,
                            ClassStats stats,
                            const FitOptions& o) {
  GroundingWeights weights{.stats = std::move(stats), .rankers = {}};
  weights.rankers.resize(static_cast<size_t>(o.ensemble));
  for (int k = 0; k < o.ensemble; ++k) {
    RankerTraining training = o.training;
    training.seed = o.seed * 1000 + static_cast<uint64_t>(k);
    weights.rankers[static_cast<size_t>(k)] = Ranker::Train(examples, training);
  }
  return weights;
}

void Count(const Query& query, const std::vector<double>& p, FoldScore& score) {
  ++score.n;
  if (p.empty()) return;
  const auto best = static_cast<size_t>(std::max_element(p.begin(), p.end()) - p.begin());
  score.acc_id += query.scene->scene().objects[best].id.value == query.target_id ? 1 : 0;
  score.acc25 += query.iou[best] >= 0.25 ? 1 : 0;
  score.acc50 += query.iou[best] >= 0.5 ? 1 : 0;
}

FoldScore Mean(FoldScore score) {
  const double n = std::max<double>(1, static_cast<double>(score.n));
  score.acc_id /= n;
  score.acc25 /= n;
  score.acc50 /= n;
  return score;
}

}  // namespace

GroundingWeights GroundingWeights::ZeroShot() {
  return {.stats = {}, .rankers = {Ranker::ZeroShot()}};
}

std::vector<double> GroundingWeights::Probabilities(const QueryFeatures& query) const {
  std::vector<double> mean(query.num_objects, 0);
  for (const Ranker& ranker : rankers) {
    const auto p = ranker.Probabilities(query);
    for (size_t i = 0; i < p.size(); ++i) mean[i] += p[i] / static_cast<double>(rankers.size());
  }
  return mean;
}

Json GroundingWeights::ToJson() const {
  Json list = Json::MakeArray();
  for (const Ranker& ranker : rankers) list.Push(ranker.ToJson());
  return Json::MakeObject({{"format", "spatium-grounding"},
                           {"version", 1},
                           {"stats", stats.ToJson()},
                           {"rankers", std::move(list)}});
}

Result<GroundingWeights> GroundingWeights::FromJson(const JsonCursor& json) {
  GroundingWeights weights;
  SPATIUM_TRY(const auto stats, json.At("stats"));
  SPATIUM_TRY(weights.stats, ClassStats::FromJson(stats));
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
  SPATIUM_TRY(const Data data, Load(o));
  FitResult result;
  result.folds.resize(static_cast<size_t>(o.folds));
  std::vector<FoldScore> zero_shot(static_cast<size_t>(o.folds));
  Progress progress("folds", static_cast<uint64_t>(o.folds) + 1);
  // Folds side by side; a scene's queries are all of one fold, so its memory of names has one
  // writer at a time only if features are computed in turn: they are cheap beside the training.
  std::vector<std::vector<RankingExample>> train(static_cast<size_t>(o.folds) + 1),
      test(static_cast<size_t>(o.folds));
  std::vector<ClassStats> stats;
  for (int fold = 0; fold <= o.folds; ++fold) {
    stats.push_back(StatsWithout(data, fold));
    for (const Query& query : data.queries)
      (fold < o.folds && query.fold == fold ? test[static_cast<size_t>(fold)]
                                            : train[static_cast<size_t>(fold)])
          .push_back(ExampleOf(query, stats.back()));
  }
  std::vector<GroundingWeights> weights(static_cast<size_t>(o.folds) + 1);
  ParallelFor(weights.size(), o.threads, [&](size_t fold) {
    weights[fold] = FitRankers(train[fold], stats[fold], o);
    progress.Add();
  });
  const GroundingWeights none = GroundingWeights::ZeroShot();
  FoldScore all, all_zero_shot;
  std::vector<size_t> next(static_cast<size_t>(o.folds), 0);
  for (const Query& query : data.queries) {
    const auto fold = static_cast<size_t>(query.fold);
    const QueryFeatures& features = test[fold][next[fold]++].features;
    const auto p = weights[fold].Probabilities(features);
    Count(query, p, result.folds[fold]);
    Count(query, p, all);
    Count(query,
          none.Probabilities(ComputeFeatures(query.parse, *query.scene, none.stats)),
          all_zero_shot);
  }
  for (FoldScore& fold : result.folds) fold = Mean(fold);
  result.mean = Mean(all);
  result.zero_shot = Mean(all_zero_shot);
  result.weights = std::move(weights.back());
  return result;
}

}  // namespace spatium
