#include "spatium/grounding/solve.h"

#include <algorithm>
#include <cmath>

#include "spatium/grounding/default_weights.h"

namespace spatium {
namespace {

// Below this similarity nothing in the scene is even kin of what was named.
constexpr double kNoneBelow = 0.3;
// Nothing stands out of the scene: a guess, and called one.
constexpr double kGuessBelow = 0.1;
// The best two are told apart by less than this share of their probabilities: several fit alike.
constexpr double kAmbiguousShare = 0.52;
constexpr double kAmbiguousFrom = 0.2;  // both must be likely

double Rounded(double x, double steps) { return std::round(x * steps) / steps; }

Json BoxJson(const WorldBox& box) {
  const Eigen::Vector3d c = box.center().v, s = box.size();
  Json::Array numbers;
  for (const double x : {c.x(), c.y(), c.z(), s.x(), s.y(), s.z()})
    numbers.emplace_back(Rounded(x, 1e6));
  return Json(std::move(numbers));
}

}  // namespace

std::string_view Name(GroundOutcome outcome) {
  switch (outcome) {
    case GroundOutcome::kFound:
      return "found";
    case GroundOutcome::kNone:
      return "none";
    case GroundOutcome::kAmbiguous:
      return "ambiguous";
    case GroundOutcome::kUnknown:
      return "unknown";
  }
  return "unknown";
}

TextSolver::TextSolver(BoxScene scene, std::shared_ptr<const GroundingWeights> weights)
    : weights_(std::move(weights)),
      scene_(std::move(scene), Lexicon::Default(), &weights_->labels) {}

GroundResult TextSolver::Solve(std::string_view sentence, size_t top_k) const {
  Parse parse = scene_.ParseHere(sentence);
  QueryFeatures features = ComputeFeatures(parse, scene_);
  const auto p = weights_->Probabilities(features);
  return Conclude(std::move(parse), std::move(features), p, scene(), top_k);
}

GroundResult Conclude(Parse parse,
                      QueryFeatures features,
                      const std::vector<double>& p,
                      const BoxScene& scene,
                      size_t top_k) {
  GroundResult result;
  result.parse = std::move(parse);
  result.features = std::move(features);
  if (scene.objects.empty()) {
    result.outcome = result.parse.target < 0 ? GroundOutcome::kUnknown : GroundOutcome::kNone;
    return result;
  }
  for (size_t i = 0; i < p.size(); ++i) result.ranking.push_back({.object_idx = i, .p = p[i]});
  std::sort(result.ranking.begin(),
            result.ranking.end(),
            [](const RankedObject& a, const RankedObject& b) {
              return a.p != b.p ? a.p > b.p : a.object_idx < b.object_idx;
            });
  if (result.parse.target < 0 && result.parse.clauses.empty()) {
    result.outcome = GroundOutcome::kUnknown;
  } else if (result.parse.target >= 0 && result.features.best_class < kNoneBelow) {
    result.outcome = GroundOutcome::kNone;
  } else {
    const double first = result.ranking[0].p,
                 second = result.ranking.size() > 1 ? result.ranking[1].p : 0;
    const bool alike = first < kGuessBelow ||
                       (second >= kAmbiguousFrom && first / (first + second) < kAmbiguousShare);
    result.outcome = alike ? GroundOutcome::kAmbiguous : GroundOutcome::kFound;
    result.id = scene.objects[result.ranking[0].object_idx].id;
  }
  if (result.ranking.size() > top_k) result.ranking.resize(top_k);
  return result;
}

Result<std::shared_ptr<const GroundingWeights>> LoadGroundingWeights(std::string_view name) {
  if (name == "none") return std::make_shared<const GroundingWeights>(GroundingWeights::ZeroShot());
  std::string where = "default weights";
  std::string text(GroundingData("default_weights.json"));
  if (name != "default") {
    where = std::string(name);
    SPATIUM_TRY(text, ReadFile(where));
  }
  SPATIUM_TRY(const Json json, Json::Parse(text, where));
  SPATIUM_TRY(GroundingWeights weights, GroundingWeights::FromJson(JsonCursor(json, where)));
  return std::make_shared<const GroundingWeights>(std::move(weights));
}

Json ResultJson(const GroundResult& result,
                const BoxScene& scene,
                std::string_view scan_id,
                std::string_view caption) {
  Json ranking = Json::MakeArray();
  for (const RankedObject& ranked : result.ranking) {
    const BoxObject& object = scene.objects[ranked.object_idx];
    ranking.Push(Json::MakeObject({{"id", object.id.value},
                                   {"label", object.label},
                                   {"box", BoxJson(object.box)},
                                   {"p", Rounded(ranked.p, 1e6)}}));
  }
  Json clauses = Json::MakeArray();
  for (size_t c = 0; c < result.features.clause_scores.size(); ++c) {
    Json anchors = Json::MakeArray();
    for (const size_t a : result.features.clause_anchors[c])
      anchors.Push(scene.objects[a].id.value);
    Json scores = Json::MakeObject({});
    for (const size_t i : result.features.candidates)
      scores.Set(std::to_string(scene.objects[i].id.value),
                 Rounded(result.features.clause_scores[c][i], 1e4));
    const Clause& clause = result.parse.clauses[c];
    clauses.Push(Json::MakeObject({{"text", clause.text},
                                   {"relation", Name(clause.relation)},
                                   {"anchors", std::move(anchors)},
                                   {"scores", std::move(scores)}}));
  }
  Json observer;
  if (const auto& o = result.features.observer) {
    constexpr double kEyeM = 1.6;
    observer = Json::MakeObject(
        {{"position",
          Json::Array{Rounded(o->position.x(), 1e4), Rounded(o->position.y(), 1e4), kEyeM}},
         {"forward", Json::Array{Rounded(o->forward.x(), 1e6), Rounded(o->forward.y(), 1e6), 0}}});
  }
  return Json::MakeObject({{"scan_id", scan_id},
                           {"caption", caption},
                           {"outcome", Name(result.outcome)},
                           {"id", result.id ? Json(result.id->value) : Json()},
                           {"ranking", std::move(ranking)},
                           {"parse", ToJson(result.parse)},
                           {"clauses", std::move(clauses)},
                           {"observer", std::move(observer)}});
}

}  // namespace spatium
