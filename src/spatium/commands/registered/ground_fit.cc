// spatium ground fit: fits the text solver's weights to sentences, cross-validated by scene.
#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/grounding/fit.h"

namespace spatium {
namespace {

struct Options {
  FitOptions fit;
  std::vector<Path> queries, boxes, labels, boxes_gt;
  std::optional<Path> held_out;
  Path out;
};

void Describe(Options& o, OptionList& list) {
  list.Flag("--queries",
            &o.queries,
            "sentences with their targets: JSONL, ScanRefer's JSON or Nr3D's CSV; sets are fitted "
            "together")
      .required = true;
  list.Flag("--boxes", &o.boxes, "folder of SCENE.json box files, one for each --queries")
      .required = true;
  list.Flag("--labels",
            &o.labels,
            "folder of SCENE.json label files that replace the boxes' labels; - for a set without");
  list.Flag("--boxes-gt",
            &o.boxes_gt,
            "folder of true boxes, where --boxes are a detector's; - for a set without");
  list.Flag("--folds", &o.fit.folds, "folds of the cross-validation, by scene").min = 2;
  list.Flag("--seed", &o.fit.seed, "of folds and training");
  list.Flag("--hidden", &o.fit.training.hidden, "hidden units").min = 0;
  list.Flag("--epochs", &o.fit.training.epochs, "passes over the sentences").min = 1;
  list.Flag("--rate", &o.fit.training.learning_rate, "learning rate").min = 0;
  list.Flag("--decay", &o.fit.training.weight_decay, "weight decay").min = 0;
  list.Flag("--dropout", &o.fit.training.dropout, "share of hidden units left out").max = 0.9;
  list.Flag("--ensemble", &o.fit.ensemble, "rankers that are averaged").min = 1;
  list.Flag("--held-out",
            &o.held_out,
            "folder for the held-out rows of each set, 0.jsonl, 1.jsonl ..., for ground eval");
  list.Flag("-o,--out", &o.out, "the weights' file").required = true;
}

Json ToJson(const FoldScore& s) {
  return Json::MakeObject(
      {{"n", s.n}, {"acc_id", s.acc_id}, {"acc25", s.acc25}, {"acc50", s.acc50}});
}

Json ToJson(const SetScore& s) {
  Json folds = Json::MakeArray();
  for (const FoldScore& fold : s.folds) folds.Push(ToJson(fold));
  return Json::MakeObject(
      {{"folds", std::move(folds)}, {"mean", ToJson(s.mean)}, {"zero_shot", ToJson(s.zero_shot)}});
}

Result<int> Run(const Options& o, Output& out) {
  if (o.boxes.size() != o.queries.size())
    return Error{ErrorCode::kUsage,
                 "--boxes",
                 "one folder for each --queries",
                 std::to_string(o.boxes.size())};
  FitOptions fit = o.fit;
  const auto at = [](const std::vector<Path>& paths, size_t i) {
    return i < paths.size() && paths[i] != "-" ? std::optional<Path>(paths[i]) : std::nullopt;
  };
  for (size_t i = 0; i < o.queries.size(); ++i)
    fit.sets.push_back({.queries = o.queries[i],
                        .boxes = o.boxes[i],
                        .labels = at(o.labels, i),
                        .boxes_gt = at(o.boxes_gt, i)});
  fit.threads = out.threads();
  SPATIUM_TRY(const FitResult result, FitGrounding(fit));
  if (o.held_out)
    for (size_t i = 0; i < result.sets.size(); ++i) {
      std::string text;
      for (const Json& row : result.sets[i].held_out)
        if (!row.IsNull()) text += row.Dump() + "\n";
      SPATIUM_TRY_DO(WriteFileAtomic(*o.held_out / StrCat(i, ".jsonl"), text));
    }
  SPATIUM_TRY_DO(WriteFileAtomic(o.out, result.weights.ToJson().Dump() + "\n"));
  Json json = ToJson(result.all);
  Json sets = Json::MakeArray();
  for (size_t i = 0; i < result.sets.size(); ++i) {
    Json set =
        Json::MakeObject({{"queries", o.queries[i].string()}, {"boxes", o.boxes[i].string()}});
    Json scores = ToJson(result.sets[i]);
    for (auto& [key, value] : scores.AsObject()) set.Set(key, std::move(value));
    sets.Push(std::move(set));
  }
  json.Set("sets", std::move(sets)).Set("weights", o.out.string());
  out.Line(out.json() ? json.Dump() : json.DumpPretty());
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_ground_fit() {
  static constexpr CommandInfo kInfo{
      .summary = "fit the text solver's weights, cross-validated by scene",
      .example =
          "spatium ground fit --queries nr3d_val.jsonl --boxes boxes_gt --labels labels_predicted "
          "--folds 5 --seed 0 -o weights.json --json",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
