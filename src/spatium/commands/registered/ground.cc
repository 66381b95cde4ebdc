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
#include "spatium/grounding/solve.h"
#include "spatium/scene/store.h"

namespace spatium {
namespace {

struct Options {
  std::vector<std::string> scene_and_text;
  std::string mode = "text";
  std::optional<std::string> model;
  std::string weights = "default";
  size_t top_k = 5;
  std::optional<Path> queries, boxes, labels, out;
  size_t limit = 0;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("SCENE TEXT",
                  &o.scene_and_text,
                  "a scene store or box file, and the sentence; not with --queries")
      .required = false;
  list.Flag("--mode", &o.mode, "text: the solver, no model; spazer, fused: with --model")
      .choices = {"text", "spazer", "fused"};
  list.Flag("--model", &o.model, "model URI for the modes that ask one");
  list.Flag("--weights", &o.weights, "none (zero-shot), default, or a file of ground fit");
  list.Flag("--top-k", &o.top_k, "ranked objects in a row").min = 1;
  list.Flag("--queries", &o.queries, "many sentences: JSONL, ScanRefer's JSON or Nr3D's CSV");
  list.Flag("--boxes", &o.boxes, "folder of SCENE.json box files");
  list.Flag(
      "--labels", &o.labels, "folder of SCENE.json label files that replace the boxes' labels");
  list.Flag("-o,--out", &o.out, "result rows; run again to continue");
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

Json RowOf(const TextSolver& solver,
           int64_t row,
           const std::string& scan_id,
           const std::string& caption,
           size_t top_k) {
  const auto start = std::chrono::steady_clock::now();
  const GroundResult result = solver.Solve(caption, top_k);
  const std::chrono::duration<double, std::milli> ms = std::chrono::steady_clock::now() - start;
  Json json = Json::MakeObject({{"row", row}});
  Json rest = ResultJson(result, solver.scene(), scan_id, caption);
  for (auto& [key, value] : rest.AsObject()) json.AsObject().emplace_back(key, std::move(value));
  json.Set("calls", 0).Set("cost", 0.0).Set("ms", std::round(ms.count() * 1000) / 1000);
  return json;
}

Result<int> GroundOne(const Options& o,
                      Output& out,
                      const std::shared_ptr<const GroundingWeights>& weights) {
  SPATIUM_TRY(BoxScene scene, OpenScene(o.scene_and_text[0]));
  const std::string id = scene.id;
  const TextSolver solver(std::move(scene), weights);
  const Json row = RowOf(solver, 0, id, o.scene_and_text[1], o.top_k);
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
      SPATIUM_TRY(BoxScene scene, ReadBoxScene(*o.boxes, o.labels, scenes[s]->first));
      const TextSolver solver(std::move(scene), weights);
      for (const size_t i : scenes[s]->second) {
        SPATIUM_TRY_DO(CheckStop("ground"));
        const Json row = RowOf(
            solver, static_cast<int64_t>(i), scenes[s]->first, file.queries[i].caption, o.top_k);
        SPATIUM_TRY_DO(journal.Append(row));
        lines[i] = row.Dump();
        progress.Add();
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
