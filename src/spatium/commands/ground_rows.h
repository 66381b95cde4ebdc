#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "spatium/chat/chat_model.h"
#include "spatium/grounding/agent.h"
#include "spatium/grounding/solve.h"
#include "spatium/scene/store.h"

namespace spatium {

// What `spatium ground` was asked to do.
struct GroundOptions {
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

// Result rows as `spatium ground --json` prints them; with o.trace the page that shows how each
// came about is written too.

// By the solver alone. A store gives the trace its pictures.
Result<Json> TextRow(const GroundOptions& o,
                     const TextSolver& solver,
                     int64_t row,
                     const std::string& scan_id,
                     const std::string& caption,
                     const SceneStore* store = nullptr);

// With a model: the agent in one scene.
Result<Json> AgentRow(const GroundOptions& o,
                      const GroundingAgent& agent,
                      ChatModel& model,
                      int64_t row,
                      const std::string& scan_id,
                      const std::string& caption);

// Errors: kUsage for a mode that asks a model without one; those of OpenChatModel.
Result<std::unique_ptr<ChatModel>> OpenGroundingModel(const GroundOptions& o);

AgentOptions AgentOptionsOf(const GroundOptions& o);

}  // namespace spatium
