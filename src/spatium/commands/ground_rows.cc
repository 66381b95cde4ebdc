#include "spatium/commands/ground_rows.h"

#include <chrono>
#include <cmath>

#include "spatium/base/text.h"
#include "spatium/report/grounding_trace.h"

namespace spatium {
namespace {

Json Finish(
    Json rest, int64_t row, int calls, double cost, std::chrono::steady_clock::time_point start) {
  const std::chrono::duration<double, std::milli> ms = std::chrono::steady_clock::now() - start;
  Json json = Json::MakeObject({{"row", row}});
  for (auto& [key, value] : rest.AsObject()) json.AsObject().emplace_back(key, std::move(value));
  json.Set("calls", calls).Set("cost", cost).Set("ms", std::round(ms.count() * 1000) / 1000);
  return json;
}

Result<void> WriteTrace(const GroundOptions& o, const Json& row, const AgentResult* agent) {
  if (!o.trace) return {};
  const std::string name =
      StrCat(row.Find("scan_id")->AsString(), "_", row.Find("row")->AsInt(), ".html");
  return WriteFileAtomic(*o.trace / name, GroundingTracePage(row, agent));
}

}  // namespace

Result<Json> TextRow(const GroundOptions& o,
                     const TextSolver& solver,
                     int64_t row,
                     const std::string& scan_id,
                     const std::string& caption,
                     const SceneStore* store) {
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

Result<Json> AgentRow(const GroundOptions& o,
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

Result<std::unique_ptr<ChatModel>> OpenGroundingModel(const GroundOptions& o) {
  if (!o.model) return Error{ErrorCode::kUsage, "--mode " + o.mode, "--model too", "none"};
  ChatOptions chat;
  chat.record = o.record;
  return OpenChatModel(*o.model, chat);
}

AgentOptions AgentOptionsOf(const GroundOptions& o) {
  AgentOptions agent = o.agent;
  agent.mode = o.mode == "spazer" ? AgentMode::kSpazer : AgentMode::kFused;
  agent.top_k = o.top_k;
  return agent;
}

}  // namespace spatium
