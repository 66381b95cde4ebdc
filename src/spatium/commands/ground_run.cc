#include "spatium/commands/ground_run.h"

#include <atomic>
#include <map>
#include <set>

#include "spatium/base/hash.h"
#include "spatium/base/interrupt.h"
#include "spatium/base/journal.h"
#include "spatium/base/parallel.h"
#include "spatium/base/progress.h"
#include "spatium/base/text.h"
#include "spatium/grounding/evaluate_grounding.h"
#include "spatium/metrics/python.h"

namespace spatium {
namespace {

// Rows come out in the order of the file, whatever was done first.
class Many {
 public:
  Many(const GroundOptions& o, unsigned threads, std::shared_ptr<const GroundingWeights> weights)
      : o_(o), threads_(threads), weights_(std::move(weights)) {}

  Result<int> Run(Output& out) {
    SPATIUM_TRY(file_, ReadQueries(*o_.queries));
    if (o_.limit > 0 && file_.queries.size() > o_.limit) file_.queries.resize(o_.limit);
    lines_.resize(file_.queries.size());
    for (GroundingQuery& query : file_.queries)
      query.caption = py::ToUtf8(py::FromUtf8(query.caption));
    if (o_.dry_run) return Plan(out);
    if (o_.mode != "text") {
      SPATIUM_TRY(model_, OpenGroundingModel(o_));
    }
    const bool to_stdout = *o_.out == "-";
    const Path partial = o_.out->string() + ".partial";
    if (!to_stdout) {
      SPATIUM_TRY(journal_, Continue(partial));
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

  // The rows of an earlier, interrupted run with the same options, and the journal that goes on.
  // Rows follow a line that says what they were made with.
  Result<Journal> Continue(const Path& partial) {
    Json made_with = Record();
    made_with.Set("weights", Hex(Hash64(weights_->ToJson().Dump())));
    bool same = false;
    const auto read = [&](const Json& line) -> Result<void> {
      if (const Json* run = line.Find("run")) {
        same = *run == made_with;
        return {};
      }
      const Json* row = line.Find("row");
      const Json* caption = line.Find("caption");
      if (row == nullptr || !row->IsInt() || caption == nullptr)
        return Error{ErrorCode::kParse, partial.string(), "result rows", line.Dump()};
      const auto i = static_cast<size_t>(row->AsInt());
      if (same && i < lines_.size() && *caption == Json(file_.queries[i].caption))
        lines_[i] = line.Dump();
      return {};
    };
    SPATIUM_TRY(Journal journal, Journal::Open(partial, read));
    if (!same) SPATIUM_TRY_DO(journal.Append(Json::MakeObject({{"run", made_with}})));
    return journal;
  }

  // What the rows were made with, for `ground eval` and for people.
  Json Record() const {
    const auto path = [](const std::optional<Path>& p) {
      return p ? Json(std::filesystem::absolute(*p).string()) : Json();
    };
    const AgentOptions& agent = o_.agent;
    // Scene stores hold no box files.
    return Json::MakeObject({{"queries", path(o_.queries)},
                             {"boxes", o_.mode == "text" ? path(o_.boxes) : Json()},
                             {"labels", path(o_.labels)},
                             {"scenes", o_.mode == "text" ? Json() : path(o_.boxes)},
                             {"mode", o_.mode},
                             {"model", o_.model ? Json(*o_.model) : Json()},
                             {"weights", o_.weights},
                             {"top_k", o_.top_k},
                             {"view_size_px", agent.view_size_px},
                             {"temperature", agent.sampling.temperature},
                             {"top_p", agent.sampling.top_p},
                             {"seed", agent.seed},
                             {"use_top_view", agent.use_top_view},
                             {"use_random_view", agent.use_random_view},
                             {"no_anchor_filtering", agent.no_anchor_filtering},
                             {"no_retrieve_crop_image", agent.no_retrieve_crop_image},
                             {"use_gt_bbox", agent.use_gt_bbox}});
  }

  Result<void> Keep(size_t i, const Json& row) {
    SPATIUM_TRY_DO(CheckStop("ground"));
    if (journal_) SPATIUM_TRY_DO(journal_->Append(row));
    lines_[i] = row.Dump();
    progress_->Add();
    return {};
  }

  // The first error of tasks that `loop` runs side by side.
  template <class Loop, class Fn>
  Result<void> SideBySide(const Loop& loop, size_t n, unsigned threads, const Fn& fn) {
    std::vector<std::optional<Error>> errors(n);
    std::atomic<bool> failed = false;
    loop(n, threads, [&](size_t k) {
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
    return SideBySide(ParallelFor, scenes.size(), threads_, [&](size_t s) -> Result<void> {
      const auto& [scan, queries] = *scenes[s];
      SPATIUM_TRY(BoxScene scene, ReadBoxScene(*o_.boxes, o_.labels, scan));
      const TextSolver solver(std::move(scene), weights_);
      for (const size_t i : queries) {
        SPATIUM_TRY(const Json row,
                    TextRow(o_, solver, static_cast<int64_t>(i), scan, file_.queries[i].caption));
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
      SPATIUM_TRY_DO(SideBySide(
          ParallelWaits,
          queries.size(),
          o_.concurrency,
          [&, &ids = queries](size_t k) -> Result<void> {
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

  const GroundOptions& o_;
  unsigned threads_;
  std::shared_ptr<const GroundingWeights> weights_;
  QueryFile file_;
  std::unique_ptr<ChatModel> model_;
  std::optional<Journal> journal_;
  std::vector<std::string> lines_;
  Progress* progress_ = nullptr;
};

}  // namespace

Result<int> GroundQueries(const GroundOptions& o,
                          std::shared_ptr<const GroundingWeights> weights,
                          Output& out) {
  return Many(o, out.threads(), std::move(weights)).Run(out);
}

}  // namespace spatium
