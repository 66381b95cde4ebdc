#include "spatium/grounding/spazer_export.h"

#include <algorithm>
#include <map>
#include <set>

#include "spatium/base/text.h"
#include "spatium/geometry/box_overlap.h"

namespace spatium {
namespace {

Json BoxOf(const BoxObject* object) {
  if (object == nullptr) return {};
  const Eigen::Vector3d c = object->box.center().v, s = object->box.size();
  return Json(Json::Array{c.x(), c.y(), c.z(), s.x(), s.y(), s.z()});
}

Json TrueFalse(bool value) { return value ? "True" : "False"; }

// A set of texts as Python prints it; ours is in order, theirs in none.
std::string PythonSet(const std::set<std::string>& texts) {
  if (texts.empty()) return "set()";
  std::vector<std::string> quoted;
  for (const std::string& text : texts) {
    const char quote = text.find('\'') == std::string::npos ? '\'' : '"';
    quoted.push_back(quote + text + quote);
  }
  return "{" + Join(quoted, ", ") + "}";
}

const BoxObject* Find(const BoxScene& scene, int64_t id) {
  const auto it = std::find_if(scene.objects.begin(), scene.objects.end(), [&](const BoxObject& o) {
    return o.id.value == id;
  });
  return it == scene.objects.end() ? nullptr : &*it;
}

std::vector<int64_t> IdsOf(const Json* list) {
  std::vector<int64_t> ids;
  if (list != nullptr && list->IsArray())
    for (const Json& id : list->AsArray())
      if (id.IsInt()) ids.push_back(id.AsInt());
  return ids;
}

// What stage 1 left to choose from: the agent's candidates; of the text solver its ranking.
std::vector<int64_t> CandidatesOf(const Json& row) {
  std::vector<int64_t> ids = IdsOf(row.Find("candidates"));
  if (!ids.empty()) return ids;
  if (const Json* ranking = row.Find("ranking"); ranking != nullptr && ranking->IsArray())
    for (const Json& ranked : ranking->AsArray())
      if (const Json* id = ranked.Find("id"); id != nullptr && id->IsInt())
        ids.push_back(id->AsInt());
  return ids;
}

struct Scenes {
  std::map<std::string, BoxScene> gt, grounded;
};

}  // namespace

Result<void> ExportSpazer(const GroundEvalOptions& options, const Path& folder) {
  SPATIUM_TRY(const GroundEvalOptions o, WithRunRecord(options));
  SPATIUM_TRY(const QueryFile file, ReadQueries(o.queries));
  Scenes scenes;
  Json candidates = Json::MakeArray(), decisions = Json::MakeArray();
  SPATIUM_TRY_DO(ForEachJsonLine(o.results, [&](int64_t, const JsonCursor& line) -> Result<void> {
    SPATIUM_TRY(const auto row_field, line.At("row"));
    SPATIUM_TRY(const int64_t q, row_field.Int());
    if (q < 0 || static_cast<size_t>(q) >= file.queries.size())
      return row_field.Expected("a row of the queries");
    const GroundingQuery& query = file.queries[static_cast<size_t>(q)];
    const QueryTruth& truth = file.truths[static_cast<size_t>(q)];
    const std::string& scan = query.scan_id;
    if (!scenes.gt.contains(scan)) {
      SPATIUM_TRY(scenes.gt[scan], ReadBoxScene(o.boxes_gt, std::nullopt, scan));
      SPATIUM_TRY(scenes.grounded[scan],
                  ReadBoxScene(o.boxes.value_or(o.boxes_gt), o.labels, scan));
    }
    const BoxScene &gt = scenes.gt[scan], &grounded = scenes.grounded[scan];
    const BoxObject* target = truth.target_id ? Find(gt, *truth.target_id) : nullptr;
    if (target == nullptr)
      return Error{ErrorCode::kNotFound,
                   StrCat(o.queries.string(), ": row ", q),
                   "a target that has a box",
                   "none"};
    const auto iou = [&](const BoxObject* object) {
      return object != nullptr ? Iou3d(object->box, target->box) : 0.0;
    };
    const auto alike = std::count_if(gt.objects.begin(), gt.objects.end(), [&](const auto& b) {
      return b.label == target->label;
    });
    const Json& row = line.value();
    std::set<std::string> labels;
    for (const int64_t id : IdsOf(row.Find("matched")))
      if (const BoxObject* object = Find(grounded, id)) labels.insert(object->label);
    const Json* view = row.Find("view");
    const auto record = [&](Json predicted, const BoxObject* shown) {
      return Json::MakeObject({{"scene_id", scan},
                               {"query", query.caption},
                               {"matched_targets", PythonSet(labels)},
                               {"is_unique", alike <= 1},
                               {"is_easy", truth.easy.value_or(alike <= 2)},
                               {"is_vd", truth.view_dependent.value_or(false)},
                               {"gt_id", *truth.target_id},
                               {"pred_bbox", BoxOf(shown)},
                               {"gt_bbox", BoxOf(target)},
                               {"view", view != nullptr ? *view : Json()},
                               {"predicted_id", std::move(predicted)}});
    };
    const Json* chosen = row.Find("id");
    const BoxObject* answer =
        chosen != nullptr && chosen->IsInt() ? Find(grounded, chosen->AsInt()) : nullptr;
    Json decision = record(answer != nullptr ? Json(answer->id.value) : Json(), answer);
    decision.Set("iou", iou(answer))
        .Set("correct_25", TrueFalse(iou(answer) > 0.25))
        .Set("correct_50", TrueFalse(iou(answer) > 0.5));
    decisions.Push(std::move(decision));

    Json ids = Json::MakeArray(), ious = Json::MakeArray(), hit25 = Json::MakeArray(),
         hit50 = Json::MakeArray();
    const BoxObject* last = nullptr;
    bool in_top_k = false;
    for (const int64_t id : CandidatesOf(row)) {
      last = Find(grounded, id);
      ids.Push(id);
      ious.Push(iou(last));
      hit25.Push(TrueFalse(iou(last) > 0.25));
      hit50.Push(TrueFalse(iou(last) > 0.5));
      in_top_k = in_top_k || iou(last) > 0.25;
    }
    const bool in_top_1 = !hit25.AsArray().empty() && hit25.AsArray()[0] == Json("True");
    const size_t n = ids.AsArray().size();
    Json stage1 = record(std::move(ids), last);
    stage1.Set("iou", std::move(ious))
        .Set("correct_25", std::move(hit25))
        .Set("correct_50", std::move(hit50))
        .Set("n_top_k", n)
        .Set("in_top_1", TrueFalse(in_top_1))
        .Set("in_top_k", TrueFalse(in_top_k));
    candidates.Push(std::move(stage1));
    return {};
  }));
  SPATIUM_TRY_DO(
      WriteFileAtomic(folder / "output_view_candidate.json", candidates.DumpPretty() + "\n"));
  return WriteFileAtomic(folder / "output_jdm.json", decisions.DumpPretty() + "\n");
}

}  // namespace spatium
