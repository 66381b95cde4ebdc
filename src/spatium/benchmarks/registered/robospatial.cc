// RoboSpatial-Home: 350 questions on real indoor pictures: compatibility (105) and configuration
// (123) with yes or no, context (122), a point in free space whose gold is a polygon (RoboSpatial,
// CVPR 2025; Hub data set chanhee-luke/RoboSpatial-Home, Apache-2.0, one split each). Official
// record: {"category": "context", "question": "In the image ... Your answer should be ...",
// "answer": "[(0.31, 0.52), ...]", "img": PICTURE, "depth_image": PICTURE, "mask": PICTURE | null};
// the authors' download script writes annotations.json with paths for the pictures. Chance: 50 for
// the yes/no categories.
#include "spatium/metrics/robospatial.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "spatium/base/text.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/benchmarks/mask_family.h"
#include "spatium/benchmarks/media.h"
#include "spatium/benchmarks/strict.h"
#include "spatium/dataset/table.h"
#include "spatium/metrics/official_prompts.h"
#include "spatium/metrics/points_kit.h"

namespace spatium {
namespace {

bool IsYesNo(const Item& item) {
  const std::string answer = ToLower(Trim(item.answer));
  return answer == "yes" || answer == "no";
}

Result<void> LoadRows(TableReader& table,
                      const Path& folder,
                      size_t& number,
                      const std::function<Result<void>(Item)>& sink) {
  MediaLoader loader;
  return ForEachRow(table, [&](const Json& row) -> Result<void> {
    const std::string where = StrCat(folder.string(), ": row ", number);
    Item item;
    item.id = std::to_string(number++);
    SPATIUM_TRY(item.task, NeedText(row, "category", where));
    SPATIUM_TRY(item.question, NeedText(row, "question", where));
    SPATIUM_TRY(item.answer, NeedText(row, "answer", where));
    SPATIUM_TRY(item.media, FieldImages(row, "img", folder));
    if (row.Find("mask") != nullptr && !row.Find("mask")->IsNull()) {
      SPATIUM_TRY(const auto masks, FieldImages(row, "mask", folder));
      SPATIUM_TRY(const std::string bytes, loader.ReadBytes(masks.at(0)));
      SPATIUM_TRY(item.gold, GoldOfMask(bytes, where + ": mask"));
    }
    return sink(std::move(item));
  });
}

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  size_t number = 0;
  const bool is_file = std::filesystem::is_regular_file(data);
  const Path annotations = is_file ? data : data / "annotations.json";
  if (std::filesystem::is_regular_file(annotations)) {
    SPATIUM_TRY(const auto table, OpenTable(annotations));
    return LoadRows(*table, annotations.parent_path(), number, sink);
  }
  // In this order, as the download script and the Hub list the splits.
  for (const std::string_view split : {"context", "compatibility", "configuration"}) {
    auto table = OpenSplit(data, "", split);
    if (!table && table.error().code == ErrorCode::kNotFound) continue;
    if (!table) return std::move(table).error();
    SPATIUM_TRY_DO(LoadRows(**table, data, number, sink));
  }
  if (number == 0)
    return Error{ErrorCode::kNotFound,
                 data.string(),
                 "annotations.json, or compatibility-*.parquet and its like here or in data/",
                 "none"};
  return {};
}

Prompt MakePrompt(const Item& item, Profile profile) {
  constexpr int kMaxTokens = 1024;
  const bool one_point = FormOf(item) == "one_point";
  return PicturesThenText(item,
                          profile == Profile::kLmmsEval || one_point
                              ? RoboSpatialPrompt(item.question, item.task, one_point)
                          : profile == Profile::kEasi
                              ? RoboSpatialEasiPrompt(item.question, item.task)
                              : item.question,
                          kMaxTokens);
}

ItemScore ScoreOfficial(const Item& item, std::string_view reply) {
  const RoboSpatialOutcome out =
      ScoreRoboSpatialOfficial(py::FromUtf8(item.answer), py::FromUtf8(reply));
  if (!out.parsable) return {.outcome = Outcome::kUnparsable};
  ItemScore score{.outcome = Outcome::kScored, .score = out.correct ? 1.0 : 0.0};
  if (out.point)
    score.parsed = Json(Json::Array{out.point->first, out.point->second});
  else
    score.parsed = Json(py::ToUtf8(py::View(out.text).substr(0, 200)));
  return score;
}

ItemScore ScoreLmmsEval(const Item& item, std::string_view reply) {
  const py::Str text = RemoveThinking(py::FromUtf8(reply));
  const Json parsed(py::ToUtf8(py::View(text).substr(0, 200)));
  if (IsYesNo(item)) {
    const bool right = YesNoOnLastLine(py::FromUtf8(item.answer), text);
    return {.outcome = Outcome::kScored, .score = right ? 1.0 : 0.0, .parsed = parsed};
  }
  const auto mask = MaskOf(item);
  if (!mask) return {.outcome = Outcome::kSkipped, .score = 0, .parsed = Json("no mask")};
  const PointsOrError points = PointsFromJson(text, mask->width, mask->height, U"point_2d", false);
  if (!points.error.empty())
    return {.outcome = Outcome::kSkipped, .score = 0, .parsed = Json(points.error)};
  if (points.points.empty()) return {.outcome = Outcome::kUnparsable};
  ItemScore score{.outcome = Outcome::kScored,
                  .score = AnyPointInMask(points.points, *mask, false),
                  .parsed = parsed};
  ItemScore first = score;
  first.score = AnyPointInMask(points.points, *mask, true);
  NoteVariant("first point only", first, score);
  return score;
}

// The first point, in the polygon by EASI's rule; yes and no as the official script.
ItemScore ScoreEasi(const Item& item, std::string_view reply) {
  if (IsYesNo(item)) return ScoreOfficial(item, reply);
  const auto mask = MaskOf(item);
  const auto corners = PolygonCorners(py::FromUtf8(item.answer));
  const auto regions =
      KitRegions(py::FromUtf8(reply), mask ? mask->width : 1, mask ? mask->height : 1);
  if (corners.empty() || !regions || regions->empty()) return {.outcome = Outcome::kUnparsable};
  const KitRegion& first = regions->front();
  return {.outcome = Outcome::kScored,
          .score = KitInPolygon(first.x, first.y, corners) ? 1.0 : 0.0,
          .parsed = Json(Json::Array{first.x, first.y})};
}

// Never in exponents, which the official pattern does not read.
std::string PointText(double x, double y) {
  return StrCat("(", FormatFixed(x, 12), ", ", FormatFixed(y, 12), ")");
}

// Yes or no: the one of the two words that the reply holds. A point: the first of any dialect, in
// the polygon.
ItemScore ScoreStrict(const Item& item, std::string_view reply) {
  if (IsYesNo(item)) {
    const auto said = StrictYesNo(py::FromUtf8(reply));
    if (!said) return {.outcome = Outcome::kUnparsable};
    const bool gold = ToLower(Trim(item.answer)) == "yes";
    return {.outcome = Outcome::kScored,
            .score = *said == gold ? 1.0 : 0.0,
            .parsed = Json(*said ? "yes" : "no")};
  }
  const std::vector<NamedRegion> regions = StrictRegions(reply, PointKey::kGemini);
  if (regions.empty()) return {.outcome = Outcome::kUnparsable};
  double x = (regions[0].x0 + regions[0].x1) / 2, y = (regions[0].y0 + regions[0].y1) / 2;
  const auto mask = MaskOf(item);
  if (mask && !regions[0].is_share) {
    x /= mask->width;
    y /= mask->height;
  }
  const std::string point = PointText(x, y);
  const RoboSpatialOutcome out =
      ScoreRoboSpatialOfficial(py::FromUtf8(item.answer), py::FromUtf8(point));
  ItemScore score{
      .outcome = Outcome::kScored, .score = out.correct ? 1.0 : 0.0, .parsed = Json(point)};
  if (mask) {
    PointSet read;
    read.items.push_back({.x = std::floor(x * mask->width), .y = std::floor(y * mask->height)});
    score.parsed = PointsRead(read);
  }
  return score;
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  if (profile == Profile::kStrict) return ScoreStrict(item, reply);
  if (profile == Profile::kEasi) return ScoreEasi(item, reply);
  return profile == Profile::kLmmsEval ? ScoreLmmsEval(item, reply) : ScoreOfficial(item, reply);
}

// The script's accuracy is over all questions; the leaderboard averages its three categories.
Scores Aggregate(const ScoredItems& run, Profile) {
  Scores scores = MeanByTask(run, "percent");
  AddVariants(run, scores);
  std::map<std::string, Score> tasks;
  for (const auto& [task, score] : scores.by[0].second) tasks[task] = score;
  if (!tasks.contains("configuration") || !tasks.contains("compatibility")) return scores;
  const Score &a = tasks["configuration"], &b = tasks["compatibility"];
  auto& board =
      scores.by.emplace_back("leaderboard", std::vector<std::pair<std::string, Score>>{}).second;
  board.push_back({"VQA average", {(a.value + b.value) / 2, a.n + b.n}});
  if (tasks.contains("context")) {
    const Score& c = tasks["context"];
    board.push_back({"total", {(a.value + b.value + c.value) / 3, a.n + b.n + c.n}});
  }
  return scores;
}

// A point inside of the polygon: the middle of the widest stretch halfway between two corners'
// heights.
std::string Oracle(const Item& item) {
  if (IsYesNo(item)) return item.answer;
  const auto corners = PolygonCorners(py::FromUtf8(item.answer));
  std::vector<double> heights;
  heights.reserve(corners.size());
  for (const auto& [x, y] : corners) heights.push_back(y);
  std::sort(heights.begin(), heights.end());
  double best = 0, best_x = 0, best_y = 0;
  for (size_t k = 0; k + 1 < heights.size(); ++k) {
    const double y = (heights[k] + heights[k + 1]) / 2;
    std::vector<double> crossings;
    for (size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
      const auto [xi, yi] = corners[i];
      const auto [xj, yj] = corners[j];
      if ((yi > y) != (yj > y)) crossings.push_back((xj - xi) * (y - yi) / (yj - yi) + xi);
    }
    std::sort(crossings.begin(), crossings.end());
    for (size_t i = 0; i + 1 < crossings.size(); i += 2) {
      const double room = std::min(crossings[i + 1] - crossings[i], heights[k + 1] - heights[k]);
      if (room <= best) continue;
      best = room;
      best_x = (crossings[i] + crossings[i + 1]) / 2;
      best_y = y;
    }
  }
  return best > 0 ? PointText(best_x, best_y) : "";
}

std::vector<std::string> Choices(const Item& item) {
  return IsYesNo(item) ? std::vector<std::string>{"Yes", "No"} : std::vector<std::string>{};
}

constexpr Profile kProfiles[] = {
    Profile::kOfficial, Profile::kLmmsEval, Profile::kEasi, Profile::kStrict};
constexpr PromptForm kForms[] = {{"one_point", Profile::kLmmsEval}};
constexpr std::string_view kTable = "RoboSpatial-Eval README, mean of the three categories";
constexpr PublishedRow kPublished[] = {
    {"GPT-4o", 45.3, kTable},
    {"Gemini-2.5-Pro", 50.3, kTable},
    {"Gemini-2.5-Flash", 51.6, kTable},
    {"GPT-5", 52.5, kTable},
    {"RoboPoint-13B", 47.3, kTable},
    {"RoboRefer-8B-SFT", 59.4, kTable},
    {"SpaceTools-3B", 70.4, kTable},
    {"RoboBrain2.5-8B", 73.0, kTable},
    {"Qwen3-VL-235B-A22B-Thinking", 73.9, kTable},
    {"Qwen3-VL-8B-Instruct", 66.9, "Qwen3-VL report, arXiv 2511.21631"},
    {"Qwen3-VL-8B-Instruct (EASI)", 62.0, "EASI, docs/Benchmark_Verification.md"},
};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_robospatial() {
  static const BenchmarkInfo kInfo{
      .summary = "RoboSpatial-Home, yes/no and points in free space of real rooms",
      .hub =
          "Hub data set chanhee-luke/RoboSpatial-Home; put data/*.parquet, or what the authors' "
          "download_benchmark.py writes, into FOLDER",
      .schema =
          "confirmed: the official scripts of chanhee-luke/RoboSpatial-Eval and the Hub's viewer "
          "(splits and their sizes)",
      .unit = "percent",
      .profiles = kProfiles,
      .published = kPublished,
      .load = Load,
      .prompt = MakePrompt,
      .forms = kForms,
      .score = ScoreItem,
      .aggregate = Aggregate,
      .oracle = Oracle,
      .choices = Choices};
  return kInfo;
}

}  // namespace spatium
