// spatium ground: a sentence to the object that it names.
#include <chrono>
#include <cmath>
#include <map>
#include <set>

#include "spatium/base/interrupt.h"
#include "spatium/base/journal.h"
#include "spatium/base/parallel.h"
#include "spatium/base/progress.h"
#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/grounding/agent.h"
#include "spatium/grounding/solve.h"
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
  list.Flag("--top-k", &o.top_k, "ranked objects in a row").min = 1;
  list.Flag("--queries", &o.queries, "many sentences: JSONL, ScanRefer's JSON or Nr3D's CSV");
  list.Flag("--boxes", &o.boxes, "folder of SCENE.json box files; with a model, of scene stores");
  list.Flag(
      "--labels", &o.labels, "folder of SCENE.json label files that replace the boxes' labels");
  list.Flag("-o,--out", &o.out, "result rows; run again to continue");
  list.Flag("--trace", &o.trace, "folder for a page per sentence that shows how it was grounded");
  list.Flag("--record", &o.record, "append requests and replies here, for --model replay:FILE");
  list.Flag("--limit", &o.limit, "at most so many sentences; 0: all");
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
                   const std::string& caption) {
  const auto start = std::chrono::steady_clock::now();
  const GroundResult result = solver.Solve(caption, o.top_k);
  Json json = Finish(ResultJson(result, solver.scene(), scan_id, caption), row, 0, 0, start);
  SPATIUM_TRY_DO(WriteTrace(o, json, nullptr));
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
  json.Set("view", result.view);
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
  AgentOptions agent;
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
    SPATIUM_TRY(row, RowOf(o, solver, 0, id, o.scene_and_text[1]));
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

// Scenes side by side, the queries of a scene in turn; rows come out in the order of the file.
Result<int> GroundMany(const Options& o,
                       Output& out,
                       const std::shared_ptr<const GroundingWeights>& weights) {
  if (!o.boxes || !o.out)
    return Error{ErrorCode::kUsage, "spatium ground --queries", "--boxes and -o too", "none"};
  SPATIUM_TRY(QueryFile file, ReadQueries(*o.queries));
  std::unique_ptr<ChatModel> model;
  if (o.mode != "text") {
    SPATIUM_TRY(model, OpenModel(o));
  }
  if (o.limit > 0 && file.queries.size() > o.limit) file.queries.resize(o.limit);
  // What an earlier, interrupted run has finished.
  const Path partial = o.out->string() + ".partial";
  std::vector<std::string> lines(file.queries.size());
  SPATIUM_TRY(Journal journal, Journal::Open(partial, [&](const Json& line) -> Result<void> {
                const Json* row = line.Find("row");
                const Json* caption = line.Find("caption");
                if (row == nullptr || !row->IsInt() || caption == nullptr)
                  return Error{ErrorCode::kParse, partial.string(), "result rows", line.Dump()};
                const auto i = static_cast<size_t>(row->AsInt());
                if (i < lines.size() && *caption == Json(file.queries[i].caption))
                  lines[i] = line.Dump();
                return {};
              }));
  std::map<std::string, std::vector<size_t>> by_scene;
  for (size_t i = 0; i < file.queries.size(); ++i)
    if (lines[i].empty()) by_scene[file.queries[i].scan_id].push_back(i);
  std::vector<const std::pair<const std::string, std::vector<size_t>>*> scenes;
  for (const auto& entry : by_scene) scenes.push_back(&entry);
  std::vector<std::optional<Error>> errors(scenes.size());
  Progress progress("sentences", file.queries.size());
  ParallelFor(scenes.size(), out.threads(), [&](size_t s) {
    const auto run = [&]() -> Result<void> {
      const std::string& scan = scenes[s]->first;
      const auto keep = [&](size_t i, const Json& row) -> Result<void> {
        SPATIUM_TRY_DO(CheckStop("ground"));
        SPATIUM_TRY_DO(journal.Append(row));
        lines[i] = row.Dump();
        progress.Add();
        return {};
      };
      if (o.mode == "text") {
        SPATIUM_TRY(BoxScene scene, ReadBoxScene(*o.boxes, o.labels, scan));
        const TextSolver solver(std::move(scene), weights);
        for (const size_t i : scenes[s]->second) {
          SPATIUM_TRY(const Json row,
                      RowOf(o, solver, static_cast<int64_t>(i), scan, file.queries[i].caption));
          SPATIUM_TRY_DO(keep(i, row));
        }
      } else {
        // With a model DIR holds scene stores: pictures are needed.
        SPATIUM_TRY(const SceneStore store, SceneStore::Open(*o.boxes / scan));
        SPATIUM_TRY(const GroundingAgent agent,
                    GroundingAgent::Create(store, weights, AgentOptionsOf(o), 1));
        for (const size_t i : scenes[s]->second) {
          SPATIUM_TRY(
              const Json row,
              AgentRow(o, agent, *model, static_cast<int64_t>(i), scan, file.queries[i].caption));
          SPATIUM_TRY_DO(keep(i, row));
        }
      }
      return {};
    };
    if (auto done = run(); !done) errors[s] = std::move(done).error();
  });
  for (auto& error : errors)
    if (error) return *std::move(error);
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  SPATIUM_TRY_DO(WriteFileAtomic(*o.out, text));
  std::error_code ignored;
  std::filesystem::remove(partial, ignored);
  if (out.json()) out.Print(Json::MakeObject({{"rows", lines.size()}, {"out", o.out->string()}}));
  return 0;
}

Result<int> Run(const Options& o, Output& out) {
  if (o.mode != "text")
    return Error{
        ErrorCode::kUnsupported, "--mode " + o.mode, "--mode text in this version", o.mode};
  SPATIUM_TRY(const auto weights, LoadGroundingWeights(o.weights));
  if (o.queries) return GroundMany(o, out, weights);
  if (o.scene_and_text.size() != 2)
    return Error{ErrorCode::kUsage,
                 "spatium ground",
                 "SCENE and TEXT, or --queries",
                 StrCat(o.scene_and_text.size(), " arguments")};
  return GroundOne(o, out, weights);
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
