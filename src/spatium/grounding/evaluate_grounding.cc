#include "spatium/grounding/evaluate_grounding.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "spatium/base/text.h"
#include "spatium/benchmarks/interval.h"
#include "spatium/dataset/table.h"
#include "spatium/geometry/box_overlap.h"
#include "spatium/grounding/features.h"

namespace spatium {
namespace {

struct Tally {
  double n = 0, id = 0, hit25 = 0, hit50 = 0;
  void Add(bool id_equal, double iou) {
    ++n;
    id += id_equal ? 1 : 0;
    hit25 += iou >= 0.25 ? 1 : 0;
    hit50 += iou >= 0.5 ? 1 : 0;
  }
  Json ToJson() const {
    const double d = std::max(1.0, n);
    return Json::MakeObject({{"n", static_cast<int64_t>(n)},
                             {"acc_id", id / d},
                             {"acc25", hit25 / d},
                             {"acc50", hit50 / d}});
  }
};

Json Interval(double k, double n) {
  const auto [low, high] = Wilson95(k, n);
  return Json(Json::Array{low, high});
}

// raw label -> (nyu40 id, nyu40 class); empty without a label map.
struct LabelMap {
  std::map<std::string, std::pair<int, std::string>> rows;
};

Result<LabelMap> ReadLabelMap(const std::optional<Path>& file) {
  LabelMap map;
  if (!file) return map;
  SPATIUM_TRY(const auto table, OpenTable(*file));
  SPATIUM_TRY_DO(ForEachRow(*table, [&](const Json& row) -> Result<void> {
    const Json* raw = row.Find("raw_category");
    const Json* id = row.Find("nyu40id");
    const Json* name = row.Find("nyu40class");
    if (raw == nullptr || id == nullptr || name == nullptr)
      return Error{ErrorCode::kNotFound,
                   file->string(),
                   "columns raw_category, nyu40id, nyu40class",
                   "others"};
    map.rows[raw->AsString()] = {static_cast<int>(ParseInt(id->AsString()).value_or(0)),
                                 name->AsString()};
    return {};
  }));
  return map;
}

// ScanRefer's 17 benchmark classes; everything else is "others".
const std::set<std::string, std::less<>>& BenchmarkClasses() {
  static const std::set<std::string, std::less<>> classes = {"cabinet",
                                                             "bed",
                                                             "chair",
                                                             "sofa",
                                                             "table",
                                                             "door",
                                                             "window",
                                                             "bookshelf",
                                                             "picture",
                                                             "counter",
                                                             "desk",
                                                             "curtain",
                                                             "refrigerator",
                                                             "shower curtain",
                                                             "toilet",
                                                             "sink",
                                                             "bathtub"};
  return classes;
}

// The four rules of the field by which a target is "unique" in its scene (specs: spazer, section
// 2).
using ClassOf = std::function<std::string(const std::string& label)>;
bool Unique(const BoxScene& gt,
            const std::string& label,
            const ClassOf& class_of,
            const std::set<int32_t>* only) {
  const std::string own = class_of(label);
  int n = 0;
  for (const BoxObject& object : gt.objects)
    if ((only == nullptr || only->contains(object.id.value)) && class_of(object.label) == own) ++n;
  return n <= 1;
}

struct Row {
  std::optional<int32_t> id;
  std::optional<WorldBox> box;  // of the answer, as the row gives it
  Json parse;
  Json clauses;
};

Result<std::vector<Row>> ReadResults(const Path& file, size_t num_queries) {
  std::vector<Row> rows;
  SPATIUM_TRY_DO(ForEachJsonLine(file, [&](int64_t, const JsonCursor& line) -> Result<void> {
    SPATIUM_TRY(const auto row_field, line.At("row"));
    SPATIUM_TRY(const int64_t number, row_field.Int());
    if (number < 0 || static_cast<size_t>(number) >= num_queries)
      return row_field.Expected(StrCat("the number of one of ", num_queries, " queries"));
    if (rows.size() <= static_cast<size_t>(number)) rows.resize(static_cast<size_t>(number) + 1);
    SPATIUM_TRY(const auto id, line.At("id"));
    Row& row = rows[static_cast<size_t>(number)];
    if (!id.value().IsNull()) {
      SPATIUM_TRY(const int64_t value, id.Int());
      row.id = static_cast<int32_t>(value);
    }
    if (const Json* ranking = line.value().Find("ranking"); row.id && ranking != nullptr) {
      SPATIUM_TRY(const auto ranked, line.At("ranking"));
      SPATIUM_TRY(const auto items, ranked.Items());
      for (const JsonCursor& item : items) {
        const Json* own = item.value().Find("id");
        if (own == nullptr || *own != Json(*row.id)) continue;
        SPATIUM_TRY(const auto box, item.At("box"));
        SPATIUM_TRY(const auto v, box.Numbers(6));
        row.box = WorldBox::FromCenterSize({v[0], v[1], v[2]}, {v[3], v[4], v[5]});
        break;
      }
    }
    if (const Json* clauses = line.value().Find("clauses")) row.clauses = *clauses;
    if (const Json* parse = line.value().Find("parse")) row.parse = *parse;
    return {};
  }));
  return rows;
}

const BoxObject* Find(const BoxScene& scene, int32_t id) {
  const auto it = std::find_if(scene.objects.begin(), scene.objects.end(), [&](const BoxObject& o) {
    return o.id.value == id;
  });
  return it == scene.objects.end() ? nullptr : &*it;
}

bool SameBox(const WorldBox& a, const WorldBox& b) {
  constexpr double kRoundingM = 1e-3;
  return (a.min - b.min).cwiseAbs().maxCoeff() < kRoundingM &&
         (a.max - b.max).cwiseAbs().maxCoeff() < kRoundingM;
}

// Which part of the pipeline lost a query (see EvaluateGrounding).
std::string_view Blame(const Row& row, const BoxScene& boxes, const BoxObject& target) {
  double best = 0;
  std::set<int32_t> right;
  for (const BoxObject& o : boxes.objects) {
    const double iou = Iou3d(o.box, target.box);
    best = std::max(best, iou);
    if (iou >= 0.25) right.insert(o.id.value);
  }
  if (best < 0.25) return "detector";
  if (!row.id) return "abstained";
  const Json* name = row.parse.Find("target");
  if (name == nullptr || !name->IsString()) return "class";
  double top = 0, own = 0;
  for (const BoxObject& o : boxes.objects) {
    const double s = Lexicon::Default().Similarity(name->AsString(), Lexicon::Normalize(o.label));
    top = std::max(top, s);
    if (right.contains(o.id.value)) own = std::max(own, s);
  }
  if (own < 0.6 * top || own == 0) return "class";
  if (!row.clauses.IsArray() || row.clauses.AsArray().empty()) return "decision";
  for (const Json& clause : row.clauses.AsArray()) {
    const Json* relation = clause.Find("relation");
    if (relation != nullptr && relation->IsString() &&
        (relation->AsString() == "left" || relation->AsString() == "right" ||
         relation->AsString() == "front" || relation->AsString() == "behind"))
      return "view";
  }
  return "relation";
}

}  // namespace

Path RunRecordOf(const Path& results) { return results.string() + ".run.json"; }

Result<GroundEvalOptions> WithRunRecord(GroundEvalOptions o) {
  if (o.boxes) return o;
  const Path record = RunRecordOf(o.results);
  std::error_code ignored;
  if (!std::filesystem::exists(record, ignored)) return o;
  SPATIUM_TRY(const Json json, ReadJsonFile(record));
  // Box files of a run that have gone since are no error: the rows hold the boxes they name.
  const auto folder = [&](std::string_view key) -> std::optional<Path> {
    const Json* value = json.Find(key);
    if (value == nullptr || !value->IsString()) return std::nullopt;
    const Path path(value->AsString());
    return std::filesystem::is_directory(path, ignored) ? std::optional(path) : std::nullopt;
  };
  o.boxes = folder("boxes");
  if (o.boxes && !o.labels) o.labels = folder("labels");
  return o;
}

Result<Json> EvaluateGrounding(const GroundEvalOptions& options) {
  SPATIUM_TRY(const GroundEvalOptions o, WithRunRecord(options));
  SPATIUM_TRY(const QueryFile file, ReadQueries(o.queries));
  SPATIUM_TRY(const std::vector<Row> rows, ReadResults(o.results, file.queries.size()));
  SPATIUM_TRY(const LabelMap labels, ReadLabelMap(o.label_map));
  std::map<std::string, BoxScene> gt, grounded;
  std::map<std::string, std::set<int32_t>> annotated;
  for (size_t q = 0; q < file.queries.size(); ++q) {
    const std::string& scan = file.queries[q].scan_id;
    if (file.truths[q].target_id) annotated[scan].insert(*file.truths[q].target_id);
    if (gt.contains(scan)) continue;
    SPATIUM_TRY(gt[scan], ReadBoxScene(o.boxes_gt, std::nullopt, scan));
    SPATIUM_TRY(grounded[scan], ReadBoxScene(o.boxes.value_or(o.boxes_gt), o.labels, scan));
  }
  // Whether the answers are true boxes under their own ids, or a detector's.
  bool true_boxes = true;
  for (size_t q = 0; q < rows.size() && true_boxes; ++q) {
    if (!rows[q].id || !rows[q].box) continue;
    const BoxObject* own = Find(gt[file.queries[q].scan_id], *rows[q].id);
    true_boxes = own != nullptr && SameBox(own->box, *rows[q].box);
  }
  const ClassOf raw = [](const std::string& label) { return label; };
  const ClassOf eighteen = [&](const std::string& label) -> std::string {
    const auto it = labels.rows.find(label);
    return it != labels.rows.end() && BenchmarkClasses().contains(it->second.second)
               ? it->second.second
               : "others";
  };
  const ClassOf nyu40 = [&](const std::string& label) {
    const auto it = labels.rows.find(label);
    return std::to_string(it != labels.rows.end() ? it->second.first : 0);
  };

  Tally all, random, first, ceiling;
  std::map<std::string, Tally> groups;
  std::map<std::string, std::map<std::string, Tally>> unique;
  std::map<std::string, int64_t> errors = {{"detector", 0},
                                           {"class", 0},
                                           {"relation", 0},
                                           {"view", 0},
                                           {"decision", 0},
                                           {"abstained", 0}};
  for (size_t q = 0; q < file.queries.size(); ++q) {
    const std::string& scan = file.queries[q].scan_id;
    const QueryTruth& truth = file.truths[q];
    if (!truth.target_id)
      return Error{
          ErrorCode::kNotFound, StrCat(o.queries.string(), ": row ", q), "the target's id", "none"};
    const BoxObject* target = Find(gt[scan], *truth.target_id);
    if (target == nullptr)
      return Error{ErrorCode::kNotFound,
                   (o.boxes_gt / (scan + ".json")).string(),
                   StrCat("object ", *truth.target_id),
                   "none"};
    const Row row = q < rows.size() ? rows[q] : Row{};
    const BoxObject* chosen = row.id ? Find(grounded[scan], *row.id) : nullptr;
    const std::optional<WorldBox> box = row.box             ? row.box
                                        : chosen != nullptr ? std::optional(chosen->box)
                                                            : std::nullopt;
    const double iou = box ? Iou3d(*box, target->box) : 0;
    // A detector's ids are others than the truth's: the box must be the target's own.
    const bool same = row.id && *row.id == target->id.value && box && SameBox(*box, target->box);
    all.Add(same, iou);
    groups[truth.view_dependent.value_or(false) ? "view_dep" : "view_indep"].Add(same, iou);
    int alike = 0;
    for (const BoxObject& object : gt[scan].objects) alike += object.label == target->label ? 1 : 0;
    groups[truth.easy.value_or(alike <= 2) ? "easy" : "hard"].Add(same, iou);
    const auto rule =
        [&](const std::string& name, const ClassOf& class_of, const std::set<int32_t>* only) {
          unique[name][Unique(gt[scan], target->label, class_of, only) ? "unique" : "multiple"].Add(
              same, iou);
        };
    rule("raw_label", raw, nullptr);
    if (o.label_map) {
      rule("scanrefer", eighteen, &annotated[scan]);
      rule("vlm_grounder", eighteen, nullptr);
      rule("zsvg3d", nyu40, nullptr);
    }
    // Baselines and ceiling over what was grounded in.
    const Json* name = row.parse.Find("target");
    std::vector<const BoxObject*> named;
    if (name != nullptr && name->IsString())
      for (const BoxObject& object : grounded[scan].objects)
        if (Lexicon::Default().Similarity(name->AsString(), Lexicon::Normalize(object.label)) >=
            0.85)
          named.push_back(&object);
    if (named.empty())
      for (const BoxObject& object : grounded[scan].objects) named.push_back(&object);
    double best = 0;
    for (const BoxObject& object : grounded[scan].objects)
      best = std::max(best, Iou3d(object.box, target->box));
    ceiling.Add(best > 0, best);
    ++random.n;
    for (const BoxObject* object : named) {
      const double overlap = Iou3d(object->box, target->box),
                   share = 1.0 / static_cast<double>(named.size());
      random.id += object->id == target->id ? share : 0;
      random.hit25 += overlap >= 0.25 ? share : 0;
      random.hit50 += overlap >= 0.5 ? share : 0;
    }
    if (!named.empty()) first.Add(named[0]->id == target->id, Iou3d(named[0]->box, target->box));
    const bool right = true_boxes ? same : iou >= 0.25;
    if (!right) ++errors[std::string(Blame(row, grounded[scan], *target))];
  }

  Json by = Json::MakeObject({});
  for (const char* name : {"easy", "hard", "view_dep", "view_indep"})
    by.Set(name, groups[name].ToJson());
  Json rules = Json::MakeObject({});
  for (const auto& [name, tallies] : unique) {
    Json both = Json::MakeObject({});
    for (const auto& [key, tally] : tallies) both.Set(key, tally.ToJson());
    rules.Set(name, std::move(both));
  }
  by.Set("unique", std::move(rules));
  Json error_counts = Json::MakeObject({});
  for (const auto& [name, n] : errors) error_counts.Set(name, n);
  const double n = std::max(1.0, all.n);
  return Json::MakeObject(
      {{"n", static_cast<int64_t>(all.n)},
       {"acc_id", all.id / n},
       {"acc25", all.hit25 / n},
       {"acc50", all.hit50 / n},
       {"interval95",
        Json::MakeObject({{"acc_id", Interval(all.id, all.n)},
                          {"acc25", Interval(all.hit25, all.n)},
                          {"acc50", Interval(all.hit50, all.n)}})},
       {"by", std::move(by)},
       {"baselines", Json::MakeObject({{"random", random.ToJson()}, {"first", first.ToJson()}})},
       {"ceiling", Json::MakeObject({{"acc25", ceiling.hit25 / n}, {"acc50", ceiling.hit50 / n}})},
       {"errors", std::move(error_counts)}});
}

}  // namespace spatium
