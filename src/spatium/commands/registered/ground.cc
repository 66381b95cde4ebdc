// spatium ground: a sentence to the object that it names.
#include "spatium/base/text.h"
#include "spatium/commands/bench_options.h"
#include "spatium/commands/command.h"
#include "spatium/commands/ground_rows.h"
#include "spatium/commands/ground_run.h"
#include "spatium/metrics/python.h"

namespace spatium {
namespace {

void Describe(GroundOptions& o, OptionList& list) {
  list.Positional("SCENE TEXT",
                  &o.scene_and_text,
                  "a scene store (text mode: also a box file) and the sentence; not with --queries")
      .required = false;
  list.Flag("--mode", &o.mode, "text: the solver, no model; spazer, fused: with --model")
      .choices = {"text", "spazer", "fused"};
  list.Flag("--model", &o.model, "model URI for the modes that ask one");
  list.Flag("--weights", &o.weights, "none (zero-shot), default, or a file of ground fit");
  list.Flag("--top-k,--n_topk", &o.top_k, "ranked objects in a row; SPAZER's K").min = 1;
  list.Flag("--queries", &o.queries, "many sentences: JSONL, ScanRefer's JSON or Nr3D's CSV");
  list.Flag("--boxes", &o.boxes, "folder of SCENE.json box files; with a model, of scene stores");
  list.Flag(
      "--labels", &o.labels, "folder of SCENE.json label files that replace the boxes' labels");
  list.Flag("-o,--out", &o.out, "result rows, - for stdout; run again to continue");
  list.Flag("--trace", &o.trace, "folder for a page per sentence that shows how it was grounded");
  list.Flag("--record", &o.record, "append requests and replies here, for --model replay:FILE");
  list.Flag("--limit", &o.limit, "at most so many sentences; 0: all");
  DescribeConcurrency(o.concurrency, "sentences that ask a model at a time", list);
  list.Flag("--dry-run", &o.dry_run, "say how much there is to do, write nothing");
  // SPAZER's options under its names.
  auto& size = list.Flag("--image_size", &o.agent.view_size_px, "pixels of a view's side");
  size.min = 64;
  size.max = 8192;
  list.Flag("--temperature", &o.agent.sampling.temperature, "of the model").min = 0;
  list.Flag("--top_p", &o.agent.sampling.top_p, "of the model").max = 1;
  list.Flag("--seed", &o.agent.seed, "of --use_random_view");
  list.Flag("--use_top_view", &o.agent.use_top_view, "do not ask for a view: from above");
  list.Flag("--use_random_view", &o.agent.use_random_view, "do not ask for a view: any");
  list.Flag("--no_anchor_filtering", &o.agent.no_anchor_filtering, "no screening of candidates");
  list.Flag("--no_retrieve_crop_image",
            &o.agent.no_retrieve_crop_image,
            "no grid of crops where no class matches");
  list.Flag("--use_gt_bbox", &o.agent.use_gt_bbox, "screen all boxes, always with the crops");
}

// A box file or a scene store.
Result<BoxScene> OpenScene(const Path& path) {
  if (std::filesystem::is_regular_file(path))
    return ReadBoxScene(path.has_parent_path() ? path.parent_path() : Path("."),
                        std::nullopt,
                        path.stem().string());
  SPATIUM_TRY(const SceneStore store, SceneStore::Open(path, false));
  return ToBoxScene(store.scene());
}

Result<int> GroundOne(const GroundOptions& o,
                      Output& out,
                      const std::shared_ptr<const GroundingWeights>& weights) {
  Json row;
  if (o.mode == "text") {
    SPATIUM_TRY(BoxScene scene, OpenScene(o.scene_and_text[0]));
    const std::string id = scene.id;
    const TextSolver solver(std::move(scene), weights);
    std::optional<SceneStore> store;
    if (o.trace && !std::filesystem::is_regular_file(o.scene_and_text[0])) {
      SPATIUM_TRY(store, SceneStore::Open(o.scene_and_text[0]));
    }
    SPATIUM_TRY(row, TextRow(o, solver, 0, id, o.scene_and_text[1], store ? &*store : nullptr));
  } else {
    SPATIUM_TRY(const auto model, OpenGroundingModel(o));
    SPATIUM_TRY(const SceneStore store, SceneStore::Open(o.scene_and_text[0]));
    SPATIUM_TRY(const GroundingAgent agent,
                GroundingAgent::Create(store, weights, AgentOptionsOf(o), out.threads()));
    SPATIUM_TRY(row, AgentRow(o, agent, *model, 0, store.scene().id, o.scene_and_text[1]));
  }
  out.Line(out.json() ? row.Dump() : row.DumpPretty());
  return 0;
}

Result<int> Run(const GroundOptions& o, Output& out) {
  SPATIUM_TRY(const auto weights, LoadGroundingWeights(o.weights));
  if (o.queries) {
    if (!o.boxes || (!o.out && !o.dry_run))
      return Error{ErrorCode::kUsage, "spatium ground --queries", "--boxes and -o too", "none"};
    return GroundQueries(o, weights, out);
  }
  if (o.scene_and_text.size() != 2)
    return Error{ErrorCode::kUsage,
                 "spatium ground",
                 "SCENE and TEXT, or --queries",
                 StrCat(o.scene_and_text.size(), " arguments")};
  // Rows are JSON: bytes of a sentence that are no UTF-8 become U+FFFD.
  GroundOptions clean = o;
  clean.scene_and_text[1] = py::ToUtf8(py::FromUtf8(o.scene_and_text[1]));
  return GroundOne(clean, out, weights);
}

}  // namespace

const CommandInfo& CommandInfo_ground() {
  static constexpr CommandInfo kInfo{
      .summary = "find the object that a sentence names",
      .example = "spatium ground STORE \"the chair next to the window\" --json",
      .run = RunCommand<GroundOptions, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
