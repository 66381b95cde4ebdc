#include "spatium/benchmarks/grounding_family.h"

#include <map>

#include "spatium/base/text.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/dataset/table.h"
#include "spatium/metrics/box_iou.h"

namespace spatium {
namespace {

std::optional<Box6> BoxOf(const Json* value) {
  if (value == nullptr || !value->IsArray()) return std::nullopt;
  // SPAZER's undetected records hold a list of boxes.
  if (value->AsArray().size() == 1) return BoxOf(&value->AsArray()[0]);
  if (value->AsArray().size() != 6) return std::nullopt;
  Box6 box;
  for (size_t i = 0; i < 6; ++i) {
    if (!value->AsArray()[i].IsNumber()) return std::nullopt;
    box[i] = value->AsArray()[i].AsDouble();
  }
  return box;
}

const Json* FirstOf(const Json& a, const Json& b, std::string_view key) {
  const Json* found = a.Find(key);
  return found != nullptr ? found : b.Find(key);
}

}  // namespace

Result<void> LoadGroundingQueries(const Path& data, const std::function<Result<void>(Item)>& sink) {
  SPATIUM_TRY(const auto table, OpenSplit(data, "", "val"));
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
    return sink(std::move(item));
  });
}

Prompt GroundingPrompt(const Item& item, Profile) {
  Prompt prompt;
  prompt.user.push_back({.text = item.question, .media_idx = -1});
  return prompt;
}

ItemScore ScoreGrounding(const Item& item, std::string_view reply, Profile profile) {
  const auto json = Json::Parse(Trim(reply), "reply");
  if (!json) return {.outcome = Outcome::kUnparsable, .score = 0, .parsed = {}};
  ItemScore score;
  const auto predicted = BoxOf(json->IsObject() ? FirstOf(*json, Json(), "pred_bbox") : &*json);
  const auto gold = BoxOf(FirstOf(*json, item.fields, "gt_bbox"));
  const Json* id = json->IsObject() ? json->Find("predicted_id") : &*json;
  const Json* gold_id = FirstOf(*json, item.fields, "gt_id");
  if (id != nullptr && id->IsArray() && id->AsArray().size() == 1) id = &id->AsArray()[0];
  const bool same_id = id != nullptr && id->IsInt() &&
                       ((gold_id != nullptr && gold_id->IsInt() && *id == *gold_id) ||
                        (gold_id == nullptr && std::to_string(id->AsInt()) == item.answer));
  const double iou = predicted && gold ? PlainIou(*predicted, *gold) : 0;
  const bool has_boxes = gold.has_value();
  score.score = has_boxes ? (profile == Profile::kStrict ? iou >= 0.25 : iou > 0.25) : same_id;
  score.parsed = Json::MakeObject({{"iou", iou}, {"same_id", same_id}});
  for (const std::string_view key : {"is_easy", "is_vd", "is_unique"})
    if (const Json* flag = FirstOf(*json, item.fields, key); flag != nullptr && flag->IsBool())
      score.parsed.Set(key, *flag);
  return score;
}

Scores AggregateGrounding(const ScoredItems& run, Profile profile) {
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
  for (const ItemScore& score : run.scores) {
    if (score.outcome == Outcome::kSkipped || score.outcome == Outcome::kFailed) continue;
    const bool hit = score.score > 0;
    all.Add(hit);
    const Json* iou = score.parsed.Find("iou");
    const Json* same = score.parsed.Find("same_id");
    const double overlap = iou != nullptr ? iou->AsDouble() : 0;
    groups["threshold"]["0.25"].Add(hit);
    groups["threshold"]["0.5"].Add(profile == Profile::kStrict ? overlap >= 0.5 : overlap > 0.5);
    groups["threshold"]["id"].Add(same != nullptr && same->AsBool());
    const auto flag =
        [&](std::string_view key, const char* grouping, const char* yes, const char* no) {
          if (const Json* value = score.parsed.Find(key))
            groups[grouping][value->AsBool() ? yes : no].Add(hit);
        };
    flag("is_easy", "difficulty", "easy", "hard");
    flag("is_vd", "view", "dependent", "independent");
    flag("is_unique", "unique", "unique", "multiple");
  }
  Scores scores{.overall = all.Percent(), .by = {}};
  for (const auto& [grouping, keys] : groups) {
    auto& list =
        scores.by.emplace_back(grouping, std::vector<std::pair<std::string, Score>>{}).second;
    for (const auto& [key, tally] : keys) list.emplace_back(key, tally.Percent());
  }
  return scores;
}

}  // namespace spatium
