#include "spatium/benchmarks/grounding_family.h"

#include <map>

#include "spatium/base/text.h"
#include "spatium/benchmarks/box_reply.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/benchmarks/scene_frames.h"
#include "spatium/dataset/table.h"
#include "spatium/metrics/box_iou.h"
#include "spatium/metrics/regex.h"

namespace spatium {
namespace {

// The authors' files by their own names, or a table of the split.
Result<std::unique_ptr<TableReader>> OpenQueries(const Path& data) {
  for (const char* name :
       {"ScanRefer_filtered_val.json", "nr3d_test.csv", "nr3d.csv", "sr3d_test.csv", "sr3d.csv"})
    if (std::filesystem::is_regular_file(data / name)) return OpenTable(data / name);
  return OpenSplit(data, "", "val");
}

}  // namespace

Result<void> LoadGroundingQueries(const Path& data, const std::function<Result<void>(Item)>& sink) {
  SPATIUM_TRY(const auto table, OpenQueries(data));
  const Path folder = std::filesystem::is_directory(data) ? data : data.parent_path();
  std::map<std::string, std::optional<std::map<int64_t, Box6>>> scenes;
  size_t number = 0;
  return ForEachRow(*table, [&](const Json& row) -> Result<void> {
    Item item;
    item.id = std::to_string(number++);
    for (const std::string_view key : {"scene_id", "scan_id"})
      if (item.task.empty()) item.task = FieldText(row, key);
    for (const std::string_view key : {"description", "utterance", "caption"})
      if (item.question.empty()) item.question = FieldText(row, key);
    if (item.question.empty())
      return Error{ErrorCode::kNotFound,
                   StrCat(data.string(), ": row ", number - 1),
                   "description, utterance or caption",
                   "none"};
    for (const std::string_view key : {"object_id", "target_id"})
      if (item.answer.empty()) item.answer = FieldText(row, key);
    item.fields = row;
    if (!scenes.contains(item.task)) {
      SPATIUM_TRY(scenes[item.task], ReadSceneBoxes(folder, item.task));
    }
    const auto id = ParseInt(item.answer);
    if (const auto& boxes = scenes[item.task]; boxes && id && boxes->contains(*id)) {
      const Box6& box = boxes->at(*id);
      item.gold = Json::MakeObject({{"gt_box", Json(std::vector<double>(box.begin(), box.end()))}});
    }
    item.media = SceneFrames(folder, item.task);
    return sink(std::move(item));
  });
}

Prompt GroundingPrompt(const Item& item, Profile) {
  constexpr int kMaxTokens = 512;
  return PicturesThenText(item,
                          StrCat("Identify the object according to the following description.\n",
                                 py::ToUtf8(py::Capitalize(py::FromUtf8(item.question)))),
                          kMaxTokens);
}

namespace {

// The breakdowns that records state, each in its own words: ours -> (their key, word by word).
struct Breakdown {
  const char* grouping;
  std::string_view key;
  std::vector<std::pair<Json, const char*>> words;
};
const std::vector<Breakdown>& Breakdowns() {
  static const std::vector<Breakdown> kAll = {
      {"difficulty", "is_easy", {{true, "easy"}, {false, "hard"}}},
      {"difficulty", "easy_or_hard", {{"easy", "easy"}, {"hard", "hard"}}},
      {"view", "is_vd", {{true, "dependent"}, {false, "independent"}}},
      {"view", "dep_or_indep", {{"dep", "dependent"}, {"indep", "independent"}}},
      {"unique", "is_unique", {{true, "unique"}, {false, "multiple"}}},
      {"unique", "type", {{"unique", "unique"}, {"multiple", "multiple"}}}};
  return kAll;
}

// Which overlaps count: SPAZER's more than k, TAB's at least k after rounding to hundredths half
// up, ScanRefer's at least k.
enum class Overlap { kMore, kRounded, kAtLeast };
bool Hits(double iou, double k, Overlap rule) {
  switch (rule) {
    case Overlap::kMore:
      return iou > k;
    case Overlap::kRounded:
      return static_cast<double>(Hundredths(iou)) >= 100 * k;
    case Overlap::kAtLeast:
      break;
  }
  return iou >= k;
}

// JSON, else the first "<OBJ012>" of Chat-Scene, else the first six numbers in brackets.
std::optional<Json> ReadReply(std::string_view reply) {
  if (auto json = Json::Parse(Trim(reply), "reply")) return *std::move(json);
  static const py::Regex kObject(UR"(<OBJ(\d{3})>)");
  static const py::Regex kBox(UR"(\[\s*-?\d+(?:\.\d+)?(?:\s*,\s*-?\d+(?:\.\d+)?){5}\s*\])");
  const py::Str text = py::FromUtf8(reply);
  if (const auto object = kObject.Search(text))
    if (const auto id = py::ParseInt(object->Group(1)); id && id->i64) return Json(*id->i64);
  if (const auto box = kBox.Search(text))
    if (auto json = Json::Parse(py::ToUtf8(box->Group(0)), "reply")) return *std::move(json);
  return std::nullopt;
}

}  // namespace

ItemScore ScoreGrounding(const Item& item, std::string_view reply, Profile profile) {
  const auto json = ReadReply(reply);
  if (!json) return {.outcome = Outcome::kUnparsable};
  const auto predicted = BoxOf(json->IsObject() ? json->Find("pred_bbox") : &*json);
  // The gold box of the data, else of the record; never what a reply says it is.
  const auto known = BoxOf(item.gold.Find("gt_box"));
  const auto gold = known ? known : BoxOf(item.fields.Find("gt_bbox"));
  const Json* id = json->IsObject() ? json->Find("predicted_id") : &*json;
  const Json* gold_id = item.fields.Find("gt_id");
  if (id != nullptr && id->IsArray() && id->AsArray().size() == 1) id = &id->AsArray()[0];
  const bool same_id = id != nullptr && id->IsInt() &&
                       ((gold_id != nullptr && gold_id->IsInt() && *id == *gold_id) ||
                        (gold_id == nullptr && std::to_string(id->AsInt()) == item.answer));
  const Json* matched = item.fields.Find("matched_bbox");
  const Overlap rule = profile == Profile::kStrict || known ? Overlap::kAtLeast
                       : matched != nullptr                 ? Overlap::kRounded
                                                            : Overlap::kMore;
  const double iou = !predicted || !gold ? 0
                     : known && profile != Profile::kStrict
                         ? ScanReferIou(CornersOf(*predicted), CornersOf(*gold))
                         : PlainIou(*predicted, *gold);
  ItemScore score;
  score.parsed = Json::MakeObject({{"iou", iou}, {"same_id", same_id}});
  if (gold && (predicted || !same_id)) {
    score.score = Hits(iou, 0.25, rule) ? 1 : 0;
    score.parsed.Set("hit50", Hits(iou, 0.5, rule));
  } else {
    score.score = same_id ? 1 : 0;
    score.parsed.Set("hit50", same_id);
  }
  if (matched != nullptr && gold) {
    const auto box = BoxOf(matched);
    const double overlap = box ? PlainIou(*box, *gold) : 0;
    score.parsed.Set("matched25", Hits(overlap, 0.25, rule))
        .Set("matched50", Hits(overlap, 0.5, rule));
  }
  for (const Breakdown& breakdown : Breakdowns())
    if (const Json* value = item.fields.Find(breakdown.key))
      for (const auto& [word, name] : breakdown.words)
        if (*value == word) score.parsed.Set(breakdown.grouping, name);
  // SPAZER's first stage: Python's names of truth as text.
  for (const std::string_view key : {"in_top_1", "in_top_k"})
    if (const Json* value = item.fields.Find(key); value != nullptr && value->IsString())
      score.parsed.Set(key, value->AsString() == "True");
  return score;
}

Scores AggregateGrounding(const ScoredItems& run, Profile) {
  struct Tally {
    double right = 0;
    size_t n = 0;
    void Add(bool hit) {
      right += hit ? 1 : 0;
      ++n;
    }
    Score Percent() const { return {n == 0 ? 0 : 100 * right / static_cast<double>(n), n}; }
  };
  std::map<std::string, std::map<std::string, Tally>> groups;
  Tally all;
  for (size_t i = 0; i < run.size(); ++i) {
    const ItemScore& score = run.score(i);
    if (!Counts(score)) continue;
    const auto flag = [&](std::string_view key) {
      const Json* value = score.parsed.Find(key);
      return value != nullptr && value->IsBool() && value->AsBool();
    };
    const bool hit = score.score > 0, hit50 = flag("hit50");
    all.Add(hit);
    groups["threshold"]["0.25"].Add(hit);
    groups["threshold"]["0.5"].Add(hit50);
    groups["threshold"]["id"].Add(flag("same_id"));
    if (score.parsed.Find("matched25") != nullptr) {
      groups["threshold"]["matched object 0.25"].Add(flag("matched25"));
      groups["threshold"]["matched object 0.5"].Add(flag("matched50"));
    }
    for (const std::string_view key : {"in_top_1", "in_top_k"})
      if (score.parsed.Find(key) != nullptr) groups["candidates"][std::string(key)].Add(flag(key));
    for (const std::string grouping : {"difficulty", "view", "unique"})
      if (const Json* name = score.parsed.Find(grouping)) {
        groups[grouping][name->AsString()].Add(hit);
        groups[grouping + "@0.5"][name->AsString()].Add(hit50);
      }
  }
  Scores scores{.overall = all.Percent()};
  for (const auto& [grouping, keys] : groups) {
    auto& list =
        scores.by.emplace_back(grouping, std::vector<std::pair<std::string, Score>>{}).second;
    for (const auto& [key, tally] : keys) list.emplace_back(key, tally.Percent());
  }
  return scores;
}

}  // namespace spatium
