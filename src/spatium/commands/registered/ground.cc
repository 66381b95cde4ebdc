// spatium ground: a sentence to the object that it names.
#include <atomic>
#include <chrono>
#include <cmath>
#include <map>
#include <set>

#include "spatium/base/hash.h"
#include "spatium/base/interrupt.h"
#include "spatium/base/journal.h"
#include "spatium/base/parallel.h"
#include "spatium/base/progress.h"
#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/grounding/agent.h"
#include "spatium/grounding/evaluate_grounding.h"
#include "spatium/grounding/solve.h"
#include "spatium/metrics/python.h"
#include "spatium/report/grounding_trace.h"
#include "spatium/scene/store.h"

namespace spatium {
namespace {

struct Options {
  std::vector<std::string> scene_and_text;
  std::string mode = "text";
  std::optional<std::string> model;
  std::string weights = "default";
  size_t top_k = 5;
  std::optional<Path> queries, boxes, labels, out, trace, record;
  size_t limit = 0;
  unsigned concurrency = 4;
  bool dry_run = false;
  AgentOptions agent;
};

void Describe(Options& o, OptionList& list) {
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
  list.Flag("--concurrency", &o.concurrency, "sentences that ask a model at a time").min = 1;
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

Json Finish(
    Json rest, int64_t row, int calls, double cost, std::chrono::steady_clock::time_point start) {
  const std::chrono::duration<double, std::milli> ms = std::chrono::steady_clock::now() - start;
  Json json = Json::MakeObject({{"row", row}});
  for (auto& [key, value] : rest.AsObject()) json.AsObject().emplace_back(key, std::move(value));
  json.Set("calls", calls).Set("cost", cost).Set("ms", std::round(ms.count() * 1000) / 1000);
  return json;
}

Result<void> WriteTrace(const Options& o, const Json& row, const AgentResult* agent) {
  if (!o.trace) return {};
  const std::string name =
      StrCat(row.Find("scan_id")->AsString(), "_", row.Find("row")->AsInt(), ".html");
  return WriteFileAtomic(*o.trace / name, GroundingTracePage(row, agent));
}

Result<Json> RowOf(const Options& o,
                   const TextSolver& solver,
                   int64_t row,
                   const std::string& scan_id,
                   const std::string& caption,
                   const SceneStore* store = nullptr) {
  const auto start = std::chrono::steady_clock::now();
  const GroundResult result = solver.Solve(caption, o.top_k);
  Json json = Finish(ResultJson(result, solver.scene(), scan_id, caption), row, 0, 0, start);
  AgentResult shown;
  if (o.trace && store != nullptr) {
    std::vector<ObjectId> ranked;
    for (const RankedObject& r : result.ranking)
      ranked.push_back(solver.scene().objects[r.object_idx].id);
    // A scene of boxes alone has no pictures.
    if (auto step = DecisionPictures(*store, ranked, o.agent.view_size_px, 0))
      shown.steps.push_back(*std::move(step));
  }
  SPATIUM_TRY_DO(WriteTrace(o, json, &shown));
  return json;
}

// With a model: the agent in one scene.
Result<Json> AgentRow(const Options& o,
                      const GroundingAgent& agent,
                      ChatModel& model,
                      int64_t row,
                      const std::string& scan_id,
                      const std::string& caption) {
  const auto start = std::chrono::steady_clock::now();
  SPATIUM_TRY(const AgentResult result, agent.Ground(caption, model));
  GroundResult shown = result.text;
  shown.outcome = result.outcome;
  shown.id = result.id;
  shown.ranking = result.ranking;
  if (shown.ranking.size() > o.top_k) shown.ranking.resize(o.top_k);
  Json json = Finish(
      ResultJson(shown, agent.boxes(), scan_id, caption), row, result.calls, result.cost, start);
  const auto ids = [](const std::vector<ObjectId>& list) {
    Json out = Json::MakeArray();
    for (const ObjectId id : list) out.Push(id.value);
    return out;
  };
  json.Set("mode", o.mode)
      .Set("view", result.view_name.empty() ? Json() : Json(result.view_name))
      .Set("matched", ids(result.matched))
      .Set("candidates", ids(result.candidates));
  SPATIUM_TRY_DO(WriteTrace(o, json, &result));
  return json;
}

Result<std::unique_ptr<ChatModel>> OpenModel(const Options& o) {
  if (!o.model) return Error{ErrorCode::kUsage, "--mode " + o.mode, "--model too", "none"};
  ChatOptions chat;
  chat.record = o.record;
  return OpenChatModel(*o.model, chat);
}

AgentOptions AgentOptionsOf(const Options& o) {
  AgentOptions agent = o.agent;
  agent.mode = o.mode == "spazer" ? AgentMode::kSpazer : AgentMode::kFused;
  agent.top_k = o.top_k;
  return agent;
}

Result<int> GroundOne(const Options& o,
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
    SPATIUM_TRY(row, RowOf(o, solver, 0, id, o.scene_and_text[1], store ? &*store : nullptr));
  } else {
    SPATIUM_TRY(const auto model, OpenModel(o));
    SPATIUM_TRY(const SceneStore store, SceneStore::Open(o.scene_and_text[0]));
    SPATIUM_TRY(const GroundingAgent agent,
                GroundingAgent::Create(store, weights, AgentOptionsOf(o), out.threads()));
    SPATIUM_TRY(row, AgentRow(o, agent, *model, 0, store.scene().id, o.scene_and_text[1]));
  }
  out.Line(out.json() ? row.Dump() : row.DumpPretty());
  return 0;
}

// What rows depend on: a run that was begun with other options is not continued.
std::string RunKey(const Options& o, const GroundingWeights& weights) {
  const auto path = [](const std::optional<Path>& p) { return p ? p->string() : std::string("-"); };
  return Hex(Hash64(Join(std::vector<std::string>{o.mode,
                                                  o.model.value_or("-"),
                                                  weights.ToJson().Dump(),
                                                  std::to_string(o.top_k),
                                                  path(o.boxes),
                                                  path(o.labels),
                                                  std::to_string(o.agent.view_size_px),
                                                  std::to_string(o.agent.use_gt_bbox),
                                                  std::to_string(o.agent.no_anchor_filtering)},
                         "\n")));
}

// The rows of an earlier, interrupted run, and the journal that goes on.
Result<Journal> Continue(const Path& partial,
                         const std::string& key,
                         const std::vector<GroundingQuery>& queries,
                         std::vector<std::string>& lines) {
  bool begun = false, same = true;
  const auto read = [&](const Json& line) -> Result<void> {
    if (const Json* run = line.Find("run")) {
      begun = true;
      same = *run == Json(key);
      return {};
    }
    const Json* row = line.Find("row");
    const Json* caption = line.Find("caption");
    if (row == nullptr || !row->IsInt() || caption == nullptr)
      return Error{ErrorCode::kParse, partial.string(), "result rows", line.Dump()};
    const auto i = static_cast<size_t>(row->AsInt());
    if (same && i < lines.size() && *caption == Json(queries[i].caption)) lines[i] = line.Dump();
    return {};
  };
  SPATIUM_TRY(Journal journal, Journal::Open(partial, read));
  if (begun && !same) {
    std::error_code ignored;
    std::filesystem::remove(partial, ignored);
    begun = false;
    SPATIUM_TRY(journal, Journal::Open(partial, read));
  }
  if (!begun) SPATIUM_TRY_DO(journal.Append(Json::MakeObject({{"run", key}})));
  return journal;
}

// Rows come out in the order of the file, whatever was done first.
class Many {
 public:
  Many(const Options& o, unsigned threads, std::shared_ptr<const GroundingWeights> weights)
      : o_(o), threads_(threads), weights_(std::move(weights)) {}

  Result<int> Run(Output& out) {
    SPATIUM_TRY(file_, ReadQueries(*o_.queries));
    if (o_.limit > 0 && file_.queries.size() > o_.limit) file_.queries.resize(o_.limit);
    lines_.resize(file_.queries.size());
    for (GroundingQuery& query : file_.queries)
      query.caption = py::ToUtf8(py::FromUtf8(query.caption));
    if (o_.dry_run) return Plan(out);
    if (o_.mode != "text") {
      SPATIUM_TRY(model_, OpenModel(o_));
    }
    const bool to_stdout = *o_.out == "-";
    const Path partial = o_.out->string() + ".partial";
    if (!to_stdout) {
      SPATIUM_TRY(journal_, Continue(partial, RunKey(o_, *weights_), file_.queries, lines_));
    }
    std::map<std::string, std::vector<size_t>> by_scene;
    for (size_t i = 0; i < file_.queries.size(); ++i)
      if (lines_[i].empty()) by_scene[file_.queries[i].scan_id].push_back(i);
    Progress progress("sentences", file_.queries.size());
    progress_ = &progress;
    SPATIUM_TRY_DO(o_.mode == "text" ? GroundByText(by_scene) : GroundByModel(by_scene));
    if (to_stdout) {
      for (const std::string& line : lines_) out.Line(line);
      return 0;
    }
    std::string text;
    for (const std::string& line : lines_) text += line + "\n";
    SPATIUM_TRY_DO(WriteFileAtomic(RunRecordOf(*o_.out), Record().DumpPretty() + "\n"));
    SPATIUM_TRY_DO(WriteFileAtomic(*o_.out, text));
    std::error_code ignored;
    std::filesystem::remove(partial, ignored);
    if (out.json())
      out.Print(Json::MakeObject({{"rows", lines_.size()}, {"out", o_.out->string()}}));
    return 0;
  }

 private:
  using ByScene = std::map<std::string, std::vector<size_t>>;

  Result<int> Plan(Output& out) const {
    std::set<std::string> scenes;
    for (const GroundingQuery& query : file_.queries) scenes.insert(query.scan_id);
    constexpr int kMostCalls = 4;  // class, view, screening, decision
    const Json json = Json::MakeObject(
        {{"rows", file_.queries.size()},
         {"scenes", scenes.size()},
         {"calls_at_most",
          o_.mode == "text" ? int64_t{0}
                            : static_cast<int64_t>(kMostCalls * file_.queries.size())}});
    out.Line(out.json() ? json.Dump() : json.DumpPretty());
    return 0;
  }

  // What the rows were made with, for `ground eval` and for people.
  Json Record() const {
    const auto path = [](const std::optional<Path>& p) {
      return p ? Json(std::filesystem::absolute(*p).string()) : Json();
    };
    // Scene stores hold no box files.
    return Json::MakeObject({{"queries", path(o_.queries)},
                             {"boxes", o_.mode == "text" ? path(o_.boxes) : Json()},
                             {"labels", path(o_.labels)},
                             {"scenes", o_.mode == "text" ? Json() : path(o_.boxes)},
                             {"mode", o_.mode},
                             {"model", o_.model ? Json(*o_.model) : Json()},
                             {"weights", o_.weights},
                             {"top_k", o_.top_k}});
  }

  Result<void> Keep(size_t i, const Json& row) {
    SPATIUM_TRY_DO(CheckStop("ground"));
    if (journal_) SPATIUM_TRY_DO(journal_->Append(row));
    lines_[i] = row.Dump();
    progress_->Add();
    return {};
  }

  // The first error of tasks side by side.
  template <class Fn>
  Result<void> SideBySide(size_t n, unsigned threads, const Fn& fn) {
    std::vector<std::optional<Error>> errors(n);
    std::atomic<bool> failed = false;
    ParallelFor(n, threads, [&](size_t k) {
      if (failed) return;
      if (auto done = fn(k); !done) {
        errors[k] = std::move(done).error();
        failed = true;
      }
    });
    for (auto& error : errors)
      if (error) return *std::move(error);
    return {};
  }

  Result<void> GroundByText(const ByScene& by_scene) {
    std::vector<const ByScene::value_type*> scenes;
    for (const auto& entry : by_scene) scenes.push_back(&entry);
    return SideBySide(scenes.size(), threads_, [&](size_t s) -> Result<void> {
      const auto& [scan, queries] = *scenes[s];
      SPATIUM_TRY(BoxScene scene, ReadBoxScene(*o_.boxes, o_.labels, scan));
      const TextSolver solver(std::move(scene), weights_);
      for (const size_t i : queries) {
        SPATIUM_TRY(const Json row,
                    RowOf(o_, solver, static_cast<int64_t>(i), scan, file_.queries[i].caption));
        SPATIUM_TRY_DO(Keep(i, row));
      }
      return {};
    });
  }

  // With a model DIR holds scene stores: pictures are needed. One scene after the other, its
  // sentences side by side: they wait for the model, not for the processor.
  Result<void> GroundByModel(const ByScene& by_scene) {
    for (const auto& [scan, queries] : by_scene) {
      SPATIUM_TRY(const SceneStore store, SceneStore::Open(*o_.boxes / scan));
      SPATIUM_TRY(const GroundingAgent agent,
                  GroundingAgent::Create(store, weights_, AgentOptionsOf(o_), threads_));
      SPATIUM_TRY_DO(
          SideBySide(queries.size(), o_.concurrency, [&, &ids = queries](size_t k) -> Result<void> {
            const size_t i = ids[k];
            const GroundingQuery& query = file_.queries[i];
            SPATIUM_TRY(
                const Json row,
                AgentRow(
                    o_, agent, *model_, static_cast<int64_t>(i), query.scan_id, query.caption));
            return Keep(i, row);
          }));
    }
    return {};
  }

  const Options& o_;
  unsigned threads_;
  std::shared_ptr<const GroundingWeights> weights_;
  QueryFile file_;
  std::unique_ptr<ChatModel> model_;
  std::optional<Journal> journal_;
  std::vector<std::string> lines_;
  Progress* progress_ = nullptr;
};

Result<int> Run(const Options& o, Output& out) {
  SPATIUM_TRY(const auto weights, LoadGroundingWeights(o.weights));
  if (o.queries) {
    if (!o.boxes || (!o.out && !o.dry_run))
      return Error{ErrorCode::kUsage, "spatium ground --queries", "--boxes and -o too", "none"};
    return Many(o, out.threads(), weights).Run(out);
  }
  if (o.scene_and_text.size() != 2)
    return Error{ErrorCode::kUsage,
                 "spatium ground",
                 "SCENE and TEXT, or --queries",
                 StrCat(o.scene_and_text.size(), " arguments")};
  // Rows are JSON: bytes of a sentence that are no UTF-8 become U+FFFD.
  Options clean = o;
  clean.scene_and_text[1] = py::ToUtf8(py::FromUtf8(o.scene_and_text[1]));
  return GroundOne(clean, out, weights);
}

}  // namespace

const CommandInfo& CommandInfo_ground() {
  static constexpr CommandInfo kInfo{
      .summary = "find the object that a sentence names",
      .example = "spatium ground STORE \"the chair next to the window\" --json",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
