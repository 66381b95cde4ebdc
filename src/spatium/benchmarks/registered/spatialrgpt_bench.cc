// SpatialRGPT-Bench: 1,406 questions about marked regions of pictures of nuScenes, KITTI, SUN
// RGB-D, ARKitScenes and Hypersim: 657 qualitative, 749 quantitative (SpatialRGPT, NeurIPS 2024;
// Hub data set a8cheng/SpatialRGPT-Bench, Apache-2.0; pictures of Omni3D under their sources'
// terms). Official record: {"id": "qualitative_7", "image_info": {"file_path": "SUNRGBD/a.jpg",
// "height": 480, "width": 640}, "text_q": "Is Region [0] taller than Region [1]?", "conversations":
// [{"from": "human", "value": "<image>\nIs <mask> taller ..."}, {"from": "gpt", "value": "Yes,
// ..."}], "bbox":
// [[10, 20, 90, 200], ...], "rle": [...], "qa_info": {"type": "qualitative", "category":
// "tall_predicate"}}. The Parquet files (data/val-*.parquet) embed the pictures as "image" and hold
// image_info, conversations, bbox and qa_info as text of Python literals. Chance: not published.
//
// A language model compares each reply with the gold sentence (--judge). Models without region
// input see each region as a labelled box. Where the official script cannot read a qualitative
// verdict it takes the mark of the item before; strict counts a wrong answer. strict needs no judge
// for a reply that is the gold sentence itself.
#include <map>

#include "spatium/base/text.h"
#include "spatium/benchmarks/benchmark.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/dataset/table.h"
#include "spatium/metrics/spatialrgpt.h"
#include "spatium/metrics/spatialrgpt_judge.h"

namespace spatium {
namespace {

// The regions as marks on the picture: "Region [0]" and so on.
std::vector<Marker> RegionMarkers(const Json& row) {
  std::vector<Marker> markers;
  const Json info = LiteralField(row, "image_info"), boxes = LiteralField(row, "bbox");
  const Json *width = info.Find("width"), *height = info.Find("height");
  if (!boxes.IsArray() || width == nullptr || height == nullptr || !width->IsNumber() ||
      !height->IsNumber())
    return markers;
  for (const Json& box : boxes.AsArray()) {
    if (!box.IsArray() || box.AsArray().size() != 4) continue;
    std::array<double, 4> at{};
    for (size_t k = 0; k < 4; ++k)
      if (box.AsArray()[k].IsNumber())
        at[k] = 1000 * box.AsArray()[k].AsDouble() / (k % 2 == 0 ? *width : *height).AsDouble();
    Marker& marker =
        markers.emplace_back(Marker::Box(kMarkerColors[markers.size() % kMarkerColors.size()], at));
    marker.label = StrCat("Region [", markers.size() - 1, "]");
  }
  return markers;
}

Result<std::unique_ptr<TableReader>> Open(const Path& data) {
  const Path json = data / "SpatialRGPT-Bench_v1.json";
  if (std::filesystem::is_regular_file(json)) return OpenTable(json);
  for (const std::string_view split : {"val", "train"})
    if (auto table = OpenSplit(data, "", split); table) return table;
  return OpenSplit(data, "", "test");
}

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  SPATIUM_TRY(const auto table, Open(data));
  const Path folder = std::filesystem::is_directory(data) ? data : data.parent_path();
  size_t number = 0;
  return ForEachRow(*table, [&](const Json& row) -> Result<void> {
    const std::string where = StrCat(data.string(), ": row ", number++);
    Item item;
    SPATIUM_TRY(item.id, NeedText(row, "id", where));
    SPATIUM_TRY(item.question, NeedText(row, "text_q", where));
    const Json qa = LiteralField(row, "qa_info");
    if (!qa.IsObject())
      return Error{ErrorCode::kNotFound, where, "field qa_info with type and category", "none"};
    SPATIUM_TRY(const std::string type, NeedText(qa, "type", where + ".qa_info"));
    SPATIUM_TRY(item.task, NeedText(qa, "category", where + ".qa_info"));
    item.fields = Json::MakeObject({{"type", type}});
    const Json turns = LiteralField(row, "conversations");
    if (!turns.IsArray() || turns.AsArray().size() < 2)
      return Error{ErrorCode::kNotFound, where, "field conversations with two turns", "none"};
    SPATIUM_TRY(item.answer, NeedText(turns.AsArray()[1], "value", where + ".conversations[1]"));
    SPATIUM_TRY(item.media, FieldImages(row, "image", folder));
    if (item.media.empty()) {
      const std::string path = FieldText(LiteralField(row, "image_info"), "file_path");
      if (!StaysInside(path))
        return Error{ErrorCode::kBadValue,
                     where + ".image_info",
                     "a file_path inside the folder",
                     Quote(path)};
      item.media.push_back({.file = folder / path, .source = path});
    }
    item.media[0].markers = RegionMarkers(row);
    return sink(std::move(item));
  });
}

Prompt MakePrompt(const Item& item, Profile) {
  constexpr int kMaxTokens = 128;
  return PicturesThenText(item, item.question, kMaxTokens);
}

// Of the record, or by its category where a prediction row does not say it.
std::string TypeOf(const Item& item) {
  std::string type = FieldText(item.fields, "type");
  if (!type.empty()) return type;
  return item.task.ends_with("_data") || item.task == "direction" ? "quantitative" : "qualitative";
}

std::optional<Prompt> AskJudge(const Item& item, std::string_view reply, Profile profile) {
  if (profile == Profile::kStrict && Trim(reply) == Trim(item.answer)) return std::nullopt;
  const auto texts = SpatialRgptJudge(TypeOf(item), item.task, item.question, item.answer, reply);
  if (!texts) return std::nullopt;
  Prompt prompt;
  prompt.system = texts->system;
  prompt.user.push_back({.text = texts->user});
  prompt.sampling.max_tokens = 512;
  prompt.sampling.json_object = true;
  return prompt;
}

// One item by the script's rule, a failed match being wrong.
ItemScore Judged(const Item& item, std::string_view, std::string_view verdict, Profile) {
  const SpatialRgptItem row{TypeOf(item), item.task, py::FromUtf8(verdict)};
  const SpatialRgptScores scores = ScoreSpatialRgpt({&row, 1}, true);
  ItemScore out{
      .outcome = Outcome::kScored, .score = 0, .parsed = Json::MakeObject({{"judge", verdict}})};
  if (scores.match_failures > 0) out.outcome = Outcome::kUnparsable;
  for (const auto* groups : {&scores.qualitative, &scores.success})
    for (const auto& [name, values] : *groups) out.score = values.at(0);
  for (const auto& [name, errors] : scores.error) out.parsed.Set("error", errors.at(0));
  return out;
}

// Without a judge: the gold sentence under strict, or what the script does not score.
ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  if (profile == Profile::kStrict && Trim(reply) == Trim(item.answer))
    return {.outcome = Outcome::kScored, .score = 1, .parsed = Json("the gold sentence")};
  return {.outcome = Outcome::kSkipped, .score = 0, .parsed = Json("not a category of the script")};
}

constexpr std::string_view kNoEnd = "the official script would end with ";

// The official marks in the order of the items, and under official the script's own table.
Scores Corpus(std::span<const Item> items, std::span<ItemScore> scores, Profile profile, unsigned) {
  std::vector<SpatialRgptItem> rows;
  std::vector<size_t> idx;
  for (size_t i = 0; i < items.size(); ++i)
    if (const Json* verdict = scores[i].parsed.Find("judge")) {
      rows.push_back({TypeOf(items[i]), items[i].task, py::FromUtf8(verdict->AsString())});
      idx.push_back(i);
    }
  Scores extra;
  if (rows.empty()) return extra;
  const SpatialRgptScores official = ScoreSpatialRgpt(rows, profile == Profile::kStrict);
  if (!official.exception.empty()) {
    extra.notes.push_back(StrCat(kNoEnd, official.exception, "; its table is left out"));
    return extra;
  }
  // Values stand in their group in the order of the items.
  std::map<std::string, size_t> next;
  for (const size_t i : idx) {
    const SpatialRgptItem row{TypeOf(items[i]), items[i].task, U"{\"your_mark\": 0}"};
    const SpatialRgptScores one = ScoreSpatialRgpt({&row, 1}, true);
    for (const auto& [group, unused] : one.qualitative)
      for (const auto& [name, values] : official.qualitative)
        if (name == group) scores[i].score = values.at(next[name]++);
  }
  if (official.match_failures > 0)
    extra.notes.push_back(StrCat(official.match_failures, " verdicts could not be read"));
  // Replies that strict takes without a verdict would be missing from the script's table.
  if (profile == Profile::kStrict) return extra;
  const auto count = [&](std::string_view name) {
    size_t n = 0;
    const bool quality = name.starts_with("Qual_");
    for (const auto& [group, values] : quality ? official.qualitative : official.success)
      if (name.find("overall") != name.npos || name.substr(5).starts_with(group) ||
          (group == "direct_distance" && name.substr(5).starts_with("distance_data")))
        n += values.size();
    return n;
  };
  std::vector<std::pair<std::string, Score>> table;
  table.reserve(official.results.size());
  for (const auto& [name, value] : official.results)
    table.emplace_back(name, Score{value, count(name)});
  extra.by.emplace_back("official table", std::move(table));
  return extra;
}

Scores Aggregate(const ScoredItems& run, Profile) {
  Scores scores = MeanByTask(run, "percent");
  AddGrouping(run, "type", scores);
  return scores;
}

constexpr JudgeRule kJudge{
    .prompt = "confirmed: AnjieCheng/SpatialRGPT, scripts/srgpt/eval (gpt-4-turbo, JSON mode)",
    .request = AskJudge,
    .judged = Judged};
constexpr Profile kProfiles[] = {Profile::kOfficial, Profile::kStrict};
constexpr std::string_view kTable = "SpatialRGPT, table of SpatialRGPT-Bench: qualitative only";
constexpr PublishedRow kPublished[] = {{"GPT-4 (blind)", 57.83, kTable},
                                       {"GPT-4V", 58.14, kTable},
                                       {"GPT-4V + SoM", 54.33, kTable},
                                       {"LLaVA-v1.6-34B", 43.98, kTable},
                                       {"KOSMOS-2", 17.04, kTable},
                                       {"RegionVILA-7B", 40.48, kTable},
                                       {"SpatialRGPT-7B", 91.78, kTable},
                                       {"SpatialRGPT-VILA1.5-8B", 92.69, kTable}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_spatialrgpt_bench() {
  static const BenchmarkInfo kInfo{
      .summary = "SpatialRGPT-Bench, 1,406 questions about regions, judged by a language model",
      .hub =
          "Hub data set a8cheng/SpatialRGPT-Bench; put data/val-*.parquet into FOLDER/data, or "
          "SpatialRGPT-Bench_v1.json and the folders of Omni3D's pictures into FOLDER",
      .schema =
          "confirmed: the official scripts of AnjieCheng/SpatialRGPT (JSON); the Parquet columns "
          "by "
          "three public loaders of split val, which read them with ast.literal_eval",
      .unit = "percent",
      .profiles = kProfiles,
      .published = kPublished,
      .load = Load,
      .prompt = MakePrompt,
      .score = ScoreItem,
      .aggregate = Aggregate,
      .judge = &kJudge,
      .corpus = Corpus};
  return kInfo;
}

}  // namespace spatium
