// Point-Bench: about 1,000 pointing tasks in five categories (affordance, counting, reasoning,
// spatial, steerable) with a mask each (PointArena, 2025; Hub data set PointArena/pointarena-data:
// data.json, selected_images.zip, selected_masks.zip; terms of its sources). Official record:
// {"image_filename": "desk.jpg", "category": "counting", "user_input": "Point to the pens.",
// "mask_filename": "desk_mask.png", "count": 3}. Chance: the masks' mean share of the picture, not
// published.
//
// Two scorers exist. PointArena's own asks for JSON in pixels and gives 1 if all points are inside
// (and, for counting, as many as expected); it looks at the first point only elsewhere. lmms-eval
// asks for tuples on a 0-999 grid, guesses the scale from their size, and reports the share of
// points inside beside the same binary score.
#include <algorithm>
#include <cmath>
#include <map>

#include "spatium/base/text.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/benchmarks/mask_family.h"
#include "spatium/benchmarks/media.h"
#include "spatium/dataset/archive.h"
#include "spatium/dataset/table.h"
#include "spatium/metrics/official_prompts.h"
#include "spatium/metrics/python_value.h"
#include "spatium/metrics/robospatial.h"

namespace spatium {
namespace {

constexpr std::string_view kCounting = "counting";

// Files by name, in a folder (also in FOLDER/CATEGORY) or an archive whose members may have
// folders in front.
class Pictures {
 public:
  static Result<Pictures> Open(const Path& data, std::string_view folder, std::string_view zip) {
    Pictures pictures;
    pictures.folder_ = data / folder;
    const Path archive = data / zip;
    if (!std::filesystem::is_directory(pictures.folder_) && std::filesystem::exists(archive)) {
      pictures.zip_ = archive;
      SPATIUM_TRY(const auto opened, Archive::Open(archive));
      SPATIUM_TRY(const auto members, opened->Members());
      for (const std::string& member : members)
        pictures.members_.emplace(member.substr(member.rfind('/') + 1), member);
    }
    return pictures;
  }
  // Errors: kBadValue for a name that leads out of the folder.
  Result<MediaRef> Find(const std::string& name, const std::string& category) const {
    if (!StaysInside(name) || !StaysInside(category))
      return Error{ErrorCode::kBadValue,
                   folder_.string(),
                   "names that stay inside the folder",
                   StrCat(Quote(category), ", ", Quote(name))};
    MediaRef ref;
    ref.source = name;
    if (const auto it = members_.find(name); it != members_.end()) {
      ref.file = zip_;
      ref.member = it->second;
    } else {
      const Path own = folder_ / category / name;
      std::error_code ignored;  // of a name that no file can have
      ref.file = std::filesystem::exists(own, ignored) ? own : folder_ / name;
    }
    return ref;
  }

 private:
  Path folder_, zip_;
  std::map<std::string, std::string> members_;  // file name -> member
};

// pixmo_metadata.csv, where it is: the point that a steerable picture already holds, by picture.
Result<std::map<std::string, Json>> ReadOriginalPoints(const Path& file) {
  std::map<std::string, Json> points;
  if (!std::filesystem::is_regular_file(file)) return points;
  SPATIUM_TRY(const auto table, OpenTable(file));
  SPATIUM_TRY_DO(ForEachRow(*table, [&](const Json& row) -> Result<void> {
    const std::string text = FieldText(row, "points");
    if (text.empty() || text == "[]") return {};
    SPATIUM_TRY(points[FieldText(row, "image_filename")], Json::Parse(text, file.string()));
    return {};
  }));
  return points;
}

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  const bool is_file = std::filesystem::is_regular_file(data);
  const Path folder = is_file ? data.parent_path() : data;
  SPATIUM_TRY(const auto table, OpenTable(is_file ? data : data / "data.json"));
  SPATIUM_TRY(const Pictures images, Pictures::Open(folder, "images", "selected_images.zip"));
  SPATIUM_TRY(const Pictures masks, Pictures::Open(folder, "masks", "selected_masks.zip"));
  SPATIUM_TRY(const auto points, ReadOriginalPoints(folder / "pixmo_metadata.csv"));
  MediaLoader loader;
  size_t number = 0;
  return ForEachRow(*table, [&](const Json& row) -> Result<void> {
    const std::string where = StrCat(data.string(), ": row ", number);
    Item item;
    item.id = std::to_string(number++);
    // The script passes over records without a mask.
    if (row.Find("mask_filename") == nullptr) return {};
    SPATIUM_TRY(item.task, NeedText(row, "category", where));
    SPATIUM_TRY(item.question, NeedText(row, "user_input", where));
    SPATIUM_TRY(const std::string image, NeedText(row, "image_filename", where));
    SPATIUM_TRY(const std::string mask, NeedText(row, "mask_filename", where));
    SPATIUM_TRY(item.media.emplace_back(), images.Find(image, item.task));
    SPATIUM_TRY(const MediaRef mask_file, masks.Find(mask, item.task));
    SPATIUM_TRY(const std::string bytes, loader.ReadBytes(mask_file));
    SPATIUM_TRY(item.gold, GoldOfMask(bytes, where + ": mask"));
    const Json* count = row.Find("count");
    item.fields =
        Json::MakeObject({{"count", count != nullptr && count->IsInt() ? *count : Json()}});
    if (const auto it = points.find(image); it != points.end() && item.task == "steerable")
      item.fields.Set("original_points", it->second);
    return sink(std::move(item));
  });
}

// `missing`: what the scorer takes where the record has no count.
int64_t CountOf(const Item& item, int64_t missing) {
  const Json* count = item.fields.Find("count");
  return count != nullptr && count->IsInt() ? count->AsInt() : missing;
}

// The points of the record, in percent, as the script says them in pixels.
std::string OriginalPoints(const Item& item, double width, double height) {
  std::vector<std::string> texts;
  if (const Json* points = item.fields.Find("original_points");
      points != nullptr && points->IsArray())
    for (const Json& point : points->AsArray()) {
      const Json *x = point.Find("x"), *y = point.Find("y");
      if (x == nullptr || y == nullptr || !x->IsNumber() || !y->IsNumber()) continue;
      texts.push_back(StrCat("[",
                             FormatFixed(x->AsDouble() * width / 100, 1),
                             ", ",
                             FormatFixed(y->AsDouble() * height / 100, 1),
                             "]"));
    }
  return Join(texts, ", ");
}

Prompt MakePrompt(const Item& item, Profile profile) {
  constexpr int kMaxTokens = 256;
  const std::string form = FormOf(item);
  if (form == "json")
    return PicturesThenText(item, PointBenchJsonPrompt(item.question, item.task, {}), kMaxTokens);
  if (form == "original")
    return PicturesThenText(item, PointBenchPrompt(item.question, {}), kMaxTokens);
  if (profile == Profile::kLmmsEval)
    return PicturesThenText(item, PointBenchGridPrompt(item.question), kMaxTokens);
  const auto size = [&](std::string_view key) {
    const Json* value = item.gold.Find(key);
    return value != nullptr && value->IsInt() ? value->AsInt() : 0;
  };
  const int64_t width = size("w"), height = size("h");
  const PointArenaPrompt texts = PointBenchOfficialPrompt(
      item.question,
      item.task,
      width,
      height,
      OriginalPoints(item, static_cast<double>(width), static_cast<double>(height)));
  Prompt prompt;
  prompt.system = texts.system;
  prompt.user = {{.text = texts.user}, {.media_idx = 0}};
  return prompt;
}

// int(x) of a coordinate as the script meets it; none where it raises.
std::optional<double> Coordinate(const py::Value& value) {
  if (const py::Str* text = value.As<py::Str>()) {
    const auto number = py::ParseInt(*text);
    return number ? std::optional(number->value) : std::nullopt;
  }
  if (!value.IsNumber() || !std::isfinite(value.Number())) return std::nullopt;
  return std::trunc(value.Number());
}

// The script: json.loads from the first "[" to the last "]"; a reply that it cannot read fails.
ItemScore ScoreOfficial(const Item& item, const Mask& mask, std::string_view reply) {
  ItemScore unreadable{.outcome = Outcome::kUnparsable};
  const py::Str text = py::FromUtf8(reply);
  const size_t begin = text.find(U'['), end = text.rfind(U']');
  if (begin == py::Str::npos || end == py::Str::npos || end < begin) return unreadable;
  const py::Parsed parsed = py::LoadsJson(py::View(text).substr(begin, end + 1 - begin));
  const py::List* list = parsed.value ? parsed.value->As<py::List>() : nullptr;
  if (list == nullptr || list->items.empty()) return unreadable;
  const bool counting = item.task == kCounting;
  const size_t n = list->items.size();
  PointSet read;
  const auto scored = [&](double value) {
    Json points = PointsRead(read);
    points.Set("points", n);
    return ItemScore{.outcome = Outcome::kScored, .score = value, .parsed = std::move(points)};
  };
  if (counting && static_cast<int64_t>(n) != CountOf(item, 1)) return scored(0);
  for (const py::Value& entry : counting ? std::span(list->items) : std::span(&list->items[0], 1)) {
    const py::Dict* dict = entry.As<py::Dict>();
    const py::Value* point = dict != nullptr ? py::Find(*dict, U"point") : nullptr;
    const py::List* pair = point != nullptr ? point->As<py::List>() : nullptr;
    if (pair == nullptr || pair->items.size() != 2) return unreadable;
    const auto x = Coordinate(pair->items[0]), y = Coordinate(pair->items[1]);
    if (!x || !y) return unreadable;
    read.items.push_back({.x = *x, .y = *y});
    if (!mask.Inside(*x, *y) || mask.At(*x, *y) <= 127) return scored(0);
  }
  return scored(1);
}

ItemScore ScoreLmmsEval(const Item& item, const Mask& mask, std::string_view reply) {
  const py::Str text = py::FromUtf8(reply);
  const PointsOrError points = FormOf(item) == "json"
                                   ? PointsFromPairs(text, mask.width, mask.height)
                                   : PointsFromAnyScale(text, mask.width, mask.height);
  ItemScore score = FractionScore(points, mask, MaskRule::kAbove127);
  if (Counts(score))
    score.parsed.Set(
        "binary", AllPointsInMask(points.points, mask, item.task == kCounting, CountOf(item, 0)));
  return score;
}

// The binary rule on any dialect, by form: JSON pixels, or tuples whose scale is read off their
// size.
ItemScore ScoreStrict(const Item& item, const Mask& mask, std::string_view reply) {
  PointSet points;
  if (reply.find("\"point") == reply.npos)
    points.items = PointsFromAnyScale(RemoveThinking(py::FromUtf8(reply)), mask.width, mask.height)
                       .points.items;
  if (points.items.empty())
    points = ToPixels(StrictRegions(reply, PointKey::kPixels), mask.width, mask.height);
  if (points.items.empty()) return {.outcome = Outcome::kUnparsable};
  const bool counting = item.task == kCounting;
  const bool right = AllPointsInMask(points, mask, counting, CountOf(item, 1));
  return {.outcome = Outcome::kScored, .score = right ? 1.0 : 0.0, .parsed = PointsRead(points)};
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  const auto mask = MaskOf(item);
  if (!mask) return {.outcome = Outcome::kSkipped, .score = 0, .parsed = Json("no mask")};
  if (profile == Profile::kStrict) return ScoreStrict(item, *mask, reply);
  return profile == Profile::kLmmsEval ? ScoreLmmsEval(item, *mask, reply)
                                       : ScoreOfficial(item, *mask, reply);
}

Scores Aggregate(const ScoredItems& run, Profile profile) {
  Scores scores = MeanByTask(run, "percent");
  if (profile != Profile::kLmmsEval) return scores;
  std::vector<ItemScore> binary(run.scores.begin(), run.scores.end());
  for (ItemScore& score : binary) {
    const Json* hit = score.parsed.Find("binary");
    score.score = hit != nullptr && hit->IsBool() && hit->AsBool() ? 1 : 0;
  }
  ScoredItems binary_run = run;
  binary_run.scores = binary;
  Scores also = MeanByTask(binary_run, "percent");
  scores.by.push_back({"metric", {{"fraction", scores.overall}, {"binary", also.overall}}});
  scores.by.push_back({"task (binary)", std::move(also.by[0].second)});
  return scores;
}

// As many pixels of the mask as are to be counted, as JSON.
std::string Oracle(const Item& item) {
  const auto mask = MaskOf(item);
  const auto middle = mask ? MiddleOfMask(*mask) : std::nullopt;
  if (!middle) return "";
  constexpr int64_t kMostPoints = 10000;
  const int64_t n = item.task == kCounting ? std::min(CountOf(item, 1), kMostPoints) : 1;
  Json points = Json::MakeArray();
  for (int64_t i = 0; i < n; ++i)
    points.Push(Json::MakeObject({{"point", Json::Array{middle->x, middle->y}}}));
  return points.Dump();
}

constexpr Profile kProfiles[] = {Profile::kOfficial, Profile::kLmmsEval, Profile::kStrict};
constexpr std::string_view kArena = "PointArena, arXiv 2505.09990";
constexpr std::string_view kGemini = "Gemini Robotics 1.5 report, table 19";
constexpr std::string_view kMolmo = "MolmoPoint, arXiv 2603.28069, table 1";
constexpr PublishedRow kPublished[] = {{"human", 89.1, kArena},
                                       {"Molmo-72B", 63.8, kArena},
                                       {"Gemini Robotics-ER 1.5", 73.3, kGemini},
                                       {"Gemini-2.5-Pro", 62.7, kGemini},
                                       {"GPT-5", 43.6, kGemini},
                                       {"MolmoPoint-8B", 70.7, kMolmo},
                                       {"Molmo2-8B", 68.7, kMolmo}};
constexpr PromptForm kForms[] = {{"json", Profile::kLmmsEval}, {"original", Profile::kLmmsEval}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_pointbench() {
  static const BenchmarkInfo kInfo{
      .summary = "Point-Bench, about 1,000 pointing tasks in five categories, scored by a mask",
      .hub =
          "Hub data set PointArena/pointarena-data; put data.json, selected_images.zip and "
          "selected_masks.zip (or the folders images and masks) into FOLDER",
      .schema = "confirmed: PointArena's model_evaluator.py, and lmms-eval 0.7.2 for the archives",
      .unit = "percent",
      .profiles = kProfiles,
      .published = kPublished,
      .load = Load,
      .prompt = MakePrompt,
      .forms = kForms,
      .score = ScoreItem,
      .aggregate = Aggregate,
      .oracle = Oracle};
  return kInfo;
}

}  // namespace spatium
