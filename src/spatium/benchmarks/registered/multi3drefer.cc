// Multi3DRefer: 61,926 descriptions of none, one or several objects of ScanNet rooms, 11,120 of
// them in the validation split (Multi3DRefer, ICCV 2023; its JSON under CC BY-NC-SA, rooms
// ScanNet's). Official record of multi3drefer_val.json: {"scene_id": "scene0011_00", "object_ids":
// [2, 5], "object_name": "chair", "ann_id": 7, "eval_type": "mt", "description": "the chairs at the
// ..."}; Video-3D-LLM's multi3drefer_val_llava_style.json holds the boxes as well. Chance: not
// published.
//
// A reply is a list of boxes [cx, cy, cz, dx, dy, dz] or of object ids (JSON, or under "boxes" or
// "ids"), or Video-3D-LLM's {"scores", "objects"}. Boxes are compared with those of
// FOLDER/boxes/SCENE.json or of the record; ids with ids. official has M3DRef-CLIP's arithmetic
// (the authors'); Video-3D-LLM's, which differs on a threshold, is shown beside it.
#include <algorithm>
#include <cmath>
#include <map>

#include "spatium/base/text.h"
#include "spatium/benchmarks/benchmark.h"
#include "spatium/benchmarks/box_reply.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/benchmarks/point_reply.h"
#include "spatium/benchmarks/scene_frames.h"
#include "spatium/dataset/table.h"
#include "spatium/metrics/box_iou.h"
#include "spatium/metrics/robospatial.h"

namespace spatium {
namespace {

// The assignment costs the cube of it; no room has so many objects.
constexpr size_t kMostObjects = 400;

Result<std::unique_ptr<TableReader>> Open(const Path& data) {
  for (const char* name : {"multi3drefer_val.json", "multi3drefer_val_llava_style.json"})
    if (std::filesystem::is_regular_file(data / name)) return OpenTable(data / name);
  return OpenSplit(data, "", "val");
}

// Video-3D-LLM's form has the sentence in its first turn, the boxes and the type.
Result<Item> ReadLlavaStyle(const Json& row, const std::string& where) {
  Item item;
  SPATIUM_TRY(item.id, NeedText(row, "id", where));
  const Json* turns = row.Find("conversations");
  const Json* metadata = row.Find("metadata");
  if (turns == nullptr || !turns->IsArray() || turns->AsArray().empty() || metadata == nullptr)
    return Error{ErrorCode::kNotFound, where, "fields conversations and metadata", "none"};
  SPATIUM_TRY(item.question, NeedText(turns->AsArray()[0], "value", where));
  item.question = ReplaceAll(item.question, "<image>", "");
  SPATIUM_TRY(item.task, NeedText(*metadata, "question_type", where));
  const auto boxes = BoxesOf(row.Find("box"));
  if (!boxes) return Error{ErrorCode::kNotFound, where, "field box, a list of boxes", "none"};
  item.gold = Json::MakeObject({{"boxes", *row.Find("box")}});
  if (const Json* ids = metadata->Find("object_id")) item.gold.Set("ids", *ids);
  item.fields = Json::MakeObject(
      {{"scene_id", Path(FieldText(row, "video")).filename().string()}, {"prompt", true}});
  return item;
}

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  SPATIUM_TRY(const auto table, Open(data));
  const Path folder = std::filesystem::is_directory(data) ? data : data.parent_path();
  std::map<std::string, std::optional<std::map<int64_t, Box6>>> scenes;
  size_t number = 0;
  return ForEachRow(*table, [&](const Json& row) -> Result<void> {
    const std::string where = StrCat(data.string(), ": row ", number);
    Item item;
    if (row.Find("conversations") != nullptr) {
      SPATIUM_TRY(item, ReadLlavaStyle(row, where));
    } else {
      SPATIUM_TRY(const std::string scene, NeedText(row, "scene_id", where));
      SPATIUM_TRY(item.question, NeedText(row, "description", where));
      SPATIUM_TRY(item.task, NeedText(row, "eval_type", where));
      SPATIUM_TRY(const auto ids_field, JsonCursor(row, where).At("object_ids"));
      SPATIUM_TRY(const auto ids, ids_field.Items());
      item.id = std::to_string(number);
      item.gold = Json::MakeObject({{"ids", ids_field.value()}});
      item.fields = Json::MakeObject({{"scene_id", scene}});
      if (!scenes.contains(scene)) {
        SPATIUM_TRY(scenes[scene], ReadSceneBoxes(folder, scene));
      }
      if (const auto& known = scenes[scene]) {
        Json boxes = Json::MakeArray();
        for (const JsonCursor& id_field : ids) {
          SPATIUM_TRY(const int64_t id, id_field.Int());
          const auto it = known->find(id);
          if (it == known->end())
            return Error{ErrorCode::kNotFound, where, StrCat("a box of object ", id), scene};
          boxes.Push(Json(std::vector<double>(it->second.begin(), it->second.end())));
        }
        item.gold.Set("boxes", std::move(boxes));
      }
    }
    ++number;
    item.media = SceneFrames(folder, FieldText(item.fields, "scene_id"));
    return sink(std::move(item));
  });
}

Prompt MakePrompt(const Item& item, Profile) {
  const std::string text =
      item.fields.Find("prompt") != nullptr
          ? item.question
          : StrCat("Identify the object according to the following description.\n",
                   py::ToUtf8(py::Capitalize(py::FromUtf8(item.question))),
                   "\nThere may be no corresponding object, or there may be one or more objects.");
  constexpr int kMaxTokens = 1024;
  return PicturesThenText(item, text, kMaxTokens);
}

// What a reply names: boxes, or objects by id.
struct Named {
  std::vector<Box6> boxes;
  std::vector<int64_t> ids;
  bool is_ids = false;
  size_t size() const { return is_ids ? ids.size() : boxes.size(); }
};

// Video-3D-LLM: softmax(scores / 0.07) over the objects and a last slot for "none"; if none wins,
// no object; else objects by falling probability until their sum reaches 0.4.
std::optional<Named> SelectByScore(const Json& scores, const Json& objects) {
  if (!scores.IsArray() || !objects.IsArray() ||
      scores.AsArray().size() != objects.AsArray().size() + 1)
    return std::nullopt;
  constexpr float kTemperature = 0.07f, kShare = 0.4f;
  std::vector<float> p;
  for (const Json& score : scores.AsArray()) {
    if (!score.IsNumber()) return std::nullopt;
    p.push_back(static_cast<float>(score.AsDouble()) / kTemperature);
  }
  Named named;
  const auto top = std::max_element(p.begin(), p.end());
  if (top + 1 == p.end()) return named;
  const float high = *top;
  float sum = 0;
  for (float& value : p) {
    value = std::exp(value - high);
    sum += value;
  }
  std::vector<size_t> order;
  for (size_t i = 0; i + 1 < p.size(); ++i) order.push_back(i);
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return p[a] != p[b] ? p[a] > p[b] : a < b;
  });
  float reached = 0;
  for (const size_t i : order) {
    const auto box = BoxOf(&objects.AsArray()[i]);
    if (!box) return std::nullopt;
    named.boxes.push_back(*box);
    reached += p[i] / sum;
    if (reached >= kShare) break;
  }
  return named;
}

std::optional<Named> NamedOf(const Json& value) {
  if (value.IsObject()) {
    const Json *scores = value.Find("scores"), *objects = value.Find("objects");
    if (scores != nullptr && objects != nullptr) return SelectByScore(*scores, *objects);
    for (const std::string_view key : {"boxes", "ids", "object_ids", "box", "pred_bbox"})
      if (const Json* inner = value.Find(key)) return NamedOf(*inner);
    return std::nullopt;
  }
  Named named;
  if (auto boxes = BoxesOf(&value)) {
    named.boxes = *std::move(boxes);
    return named;
  }
  named.is_ids = true;
  if (value.IsInt()) {
    named.ids = {value.AsInt()};
    return named;
  }
  if (!value.IsArray()) return std::nullopt;
  for (const Json& id : value.AsArray()) {
    if (!id.IsInt()) return std::nullopt;
    named.ids.push_back(id.AsInt());
  }
  return named;
}

std::optional<Named> ReadReply(std::string_view reply, Profile profile) {
  const auto json = Json::Parse(Trim(reply), "reply");
  if (json) return NamedOf(*json);
  if (profile != Profile::kStrict) return std::nullopt;
  // Boxes anywhere in the text; "none" alone for no object.
  const py::Str text = RemoveThinking(py::FromUtf8(reply));
  Named named;
  for (const std::vector<double>& numbers : BracketedNumbers(text)) {
    if (numbers.size() != 6) continue;
    Box6& box = named.boxes.emplace_back();
    std::copy(numbers.begin(), numbers.end(), box.begin());
  }
  const py::Str word = py::Lower(py::Strip(text, U" .\n\t\"'"));
  if (named.boxes.empty() && word != U"none" && word != U"no object") return std::nullopt;
  return named;
}

// Ids are right or wrong whole: F1 of the two sets, the same at both thresholds.
double IdF1(std::vector<int64_t> ids, const Json& gold) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  const Json::Array& right = gold.AsArray();
  if (ids.empty() && right.empty()) return 1;
  double hits = 0;
  for (const int64_t id : ids)
    hits += std::any_of(right.begin(), right.end(), [&](const Json& g) { return g == Json(id); });
  return 2 * hits / static_cast<double>(ids.size() + right.size());
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  const auto named = ReadReply(reply, profile);
  if (!named || named->size() > kMostObjects)
    return {.outcome = Outcome::kUnparsable,
            .score = 0,
            .parsed = named ? Json(StrCat("more than ", kMostObjects, " objects")) : Json()};
  // A prediction row may give its gold boxes or ids as "answer".
  const Json* ids = item.gold.IsArray() ? &item.gold : item.gold.Find("ids");
  const auto boxes = BoxesOf(item.gold.IsArray() ? &item.gold : item.gold.Find("boxes"));
  double f25 = 0, f50 = 0;
  Json parsed = Json::MakeObject({{"objects", named->size()}});
  if (named->is_ids || (named->size() == 0 && !boxes)) {
    if (ids == nullptr || !ids->IsArray())
      return {.outcome = Outcome::kSkipped, .score = 0, .parsed = Json("no gold ids")};
    f25 = f50 = IdF1(named->ids, *ids);
  } else {
    if (!boxes) return {.outcome = Outcome::kSkipped, .score = 0, .parsed = Json("no gold boxes")};
    const auto official = Multi3dReferF1(named->boxes, *boxes, F1Rule::kM3dRefClip);
    const auto video = Multi3dReferF1(named->boxes, *boxes, F1Rule::kVideo3dLlm);
    if (!official || !video)
      return {.outcome = Outcome::kUnparsable, .score = 0, .parsed = Json("boxes too large")};
    std::tie(f25, f50) = *official;
    // By type, not by the boxes: a query without a target is right if nothing is predicted.
    if (item.task.starts_with("zt_")) f25 = f50 = named->boxes.empty() ? 1 : 0;
    parsed.Set("video_3d_llm", Json::Array{video->first, video->second});
  }
  parsed.Set("f1", Json::Array{f25, f50});
  return {.outcome = Outcome::kScored, .score = f50, .parsed = std::move(parsed)};
}

// The overall score is F1@0.5.
Scores Aggregate(const ScoredItems& run, Profile profile) {
  // The official means are numpy's of float32, Video-3D-LLM's of doubles.
  struct Values {
    bool in_float = true;
    std::vector<double> all = {};
    std::map<std::string, std::vector<double>> by_type = {};
    Score MeanOf(const std::vector<double>& values) const {
      const std::vector<float> floats(values.begin(), values.end());
      return {100.0 * (in_float ? NumpyMeanFloat(floats) : py::NumpyMean(values)), values.size()};
    }
    Score Mean() const { return MeanOf(all); }
    std::vector<std::pair<std::string, Score>> Types() const {
      std::vector<std::pair<std::string, Score>> types;
      types.reserve(by_type.size());
      for (const auto& [type, values] : by_type) types.emplace_back(type, MeanOf(values));
      return types;
    }
  };
  const Values official{.in_float = profile != Profile::kStrict}, doubles{.in_float = false};
  Values at25 = official, at50 = official, video25 = doubles, video50 = doubles;
  for (size_t i = 0; i < run.size(); ++i) {
    const ItemScore& score = run.score(i);
    if (!Counts(score)) continue;
    const auto add = [&](Values& to, double value) {
      to.all.push_back(value);
      to.by_type[run.item(i).task].push_back(value);
    };
    const Json* f1 = score.parsed.Find("f1");
    add(at25, f1 != nullptr ? f1->AsArray()[0].AsDouble() : 0);
    add(at50, score.score);
    const Json* video = score.parsed.Find("video_3d_llm");
    add(video25, video != nullptr ? video->AsArray()[0].AsDouble() : 0);
    add(video50, video != nullptr ? video->AsArray()[1].AsDouble() : 0);
  }
  Scores scores;
  scores.overall = at50.all.empty() ? Score{} : at50.Mean();
  if (at50.all.empty()) return scores;
  scores.by.push_back({"threshold", {{"F1@0.25", at25.Mean()}, {"F1@0.5", at50.Mean()}}});
  scores.by.push_back({"eval_type", at50.Types()});
  scores.by.push_back({"eval_type@0.25", at25.Types()});
  scores.by.push_back(
      {"Video-3D-LLM's arithmetic", {{"F1@0.25", video25.Mean()}, {"F1@0.5", video50.Mean()}}});
  return scores;
}

std::string Oracle(const Item& item) {
  const Json* boxes = item.gold.Find("boxes");
  if (boxes == nullptr) boxes = item.gold.Find("ids");
  return boxes != nullptr ? boxes->Dump() : "";
}

constexpr Profile kProfiles[] = {Profile::kOfficial, Profile::kStrict};
constexpr std::string_view kTable = "as printed by Video-3D-LLM, F1@0.5";
constexpr PublishedRow kPublished[] = {{"M3DRef-CLIP", 38.4, "Multi3DRefer, F1@0.5"},
                                       {"Chat-Scene", 52.4, kTable},
                                       {"Video-3D-LLM", 52.7, kTable},
                                       {"Inst3D-LMM", 53.5, "Inst3D-LMM, F1@0.5"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_multi3drefer() {
  static const BenchmarkInfo kInfo{
      .summary = "Multi3DRefer: descriptions of none, one or several objects, F1 of boxes",
      .hub =
          "multi3drefer_val.json of 3dlg-hcvc/M3DRef-CLIP and boxes/SCENE.json with each room's "
          "boxes, or Video-3D-LLM's multi3drefer_val_llava_style.json, into FOLDER",
      .schema = "confirmed: 3dlg-hcvc/M3DRef-CLIP and LaVi-Lab/Video-3D-LLM",
      .unit = "percent",
      .profiles = kProfiles,
      .published = kPublished,
      .load = Load,
      .prompt = MakePrompt,
      .score = ScoreItem,
      .aggregate = Aggregate,
      .oracle = Oracle};
  return kInfo;
}

}  // namespace spatium
