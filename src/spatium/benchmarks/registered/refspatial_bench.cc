// RefSpatial-Bench: 277 questions on real cluttered rooms that are answered by points, scored by a
// hand-made mask (RoboRefer, NeurIPS 2025; Hub data set BAAI/RefSpatial-Bench, Apache-2.0):
// location 100, placement 100, unseen 77; and RefSpatial-Expand-Bench (JingkunAn/
// RefSpatial-Expand-Bench): location 241, placement 200, with the field "scene". Official record of
// the Parquet files: {"id": 3, "image": PICTURE, "mask": PICTURE, "object": "the left mug",
// "prompt": "Please point to the left mug.", "suffix": "Your answer should be ...", "step": 1};
// of Location/question.json: "rgb_path" and "mask_path" for the pictures. Chance: the masks' mean
// share of the picture, not published.
//
// The official script chooses prompt and parser by the model's name: Molmo answers in XML, Gemini
// in JSON, Qwen and RoboBrain in pixels, all others in tuples. The name is that of the run's model,
// or "model" in a prediction row's "meta"; without one the tuples are read. EASI's table of
// questions could not be seen: its prompt is made of the data set's.

#include "spatium/base/text.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/benchmarks/mask_family.h"
#include "spatium/benchmarks/media.h"
#include "spatium/dataset/table.h"
#include "spatium/metrics/official_prompts.h"
#include "spatium/metrics/points_kit.h"

namespace spatium {
namespace {

struct Split {
  std::string_view folder;  // of the raw files
  std::string_view name;    // of the Parquet files, and the task
};
constexpr Split kSplits[] = {
    {"Location", "location"}, {"Placement", "placement"}, {"Unseen", "unseen"}};

Result<void> LoadRows(TableReader& table,
                      const Path& folder,
                      const Split& split,
                      const std::function<Result<void>(Item)>& sink) {
  MediaLoader loader;
  size_t number = 0;
  return ForEachRow(table, [&](const Json& row) -> Result<void> {
    const std::string where = StrCat(folder.string(), ": ", split.name, " row ", number++);
    Item item;
    SPATIUM_TRY(const std::string id, NeedText(row, "id", where));
    item.id = StrCat(split.name, "/", id);
    item.task = split.name;
    SPATIUM_TRY(item.question, NeedText(row, "prompt", where));
    item.fields = Json::MakeObject({{"object", FieldText(row, "object")},
                                    {"suffix", FieldText(row, "suffix")},
                                    {"step", FieldText(row, "step")}});
    if (row.Find("scene") != nullptr) item.fields.Set("scene", FieldText(row, "scene"));
    const bool raw = row.Find("rgb_path") != nullptr;
    SPATIUM_TRY(item.media, FieldImages(row, raw ? "rgb_path" : "image", folder));
    SPATIUM_TRY(const auto masks, FieldImages(row, raw ? "mask_path" : "mask", folder));
    if (masks.size() != 1)
      return Error{ErrorCode::kNotFound, where, "field mask, or mask_path", "none"};
    SPATIUM_TRY(const std::string bytes, loader.ReadBytes(masks[0]));
    SPATIUM_TRY(item.gold, GoldOfMask(bytes, where + ": mask"));
    return sink(std::move(item));
  });
}

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  if (std::filesystem::is_regular_file(data)) {
    SPATIUM_TRY(const auto table, OpenTable(data));
    const std::string stem = ToLower(data.string());
    for (const Split& split : kSplits)
      if (stem.find(split.name) != stem.npos)
        return LoadRows(*table, data.parent_path(), split, sink);
    return Error{ErrorCode::kBadValue,
                 data.string(),
                 "a file of the split location, placement or unseen",
                 data.filename().string()};
  }
  size_t found = 0;
  for (const Split& split : kSplits) {
    const Path raw = data / split.folder / "question.json";
    const bool is_raw = std::filesystem::is_regular_file(raw);
    auto table = is_raw ? OpenTable(raw) : OpenSplit(data, "", split.name);
    // The Expand data are configurations with one split each.
    for (const Path& config : {data / split.name, data / "data" / split.name})
      if (!table && table.error().code == ErrorCode::kNotFound &&
          std::filesystem::is_directory(config))
        table = OpenSplit(config, "", "train");
    if (!table && table.error().code == ErrorCode::kNotFound) continue;
    if (!table) return std::move(table).error();
    ++found;
    SPATIUM_TRY_DO(LoadRows(**table, is_raw ? raw.parent_path() : data, split, sink));
  }
  if (found == 0)
    return Error{ErrorCode::kNotFound,
                 data.string(),
                 "Location/question.json, or location-*.parquet here or in data/",
                 "none"};
  return {};
}

enum class Dialect { kTuples, kPixels, kMolmo, kGemini };

Dialect DialectOf(const Item& item) {
  const std::string model = ToLower(FieldText(item.fields, "model"));
  const auto named = [&](std::string_view name) { return model.find(name) != model.npos; };
  if (named("robopoint") || named("claude") || named("gpt4o") || named("roborefer"))
    return Dialect::kTuples;
  if (named("robobrain") || named("qwen")) return Dialect::kPixels;
  if (named("molmo")) return Dialect::kMolmo;
  return named("gemini") ? Dialect::kGemini : Dialect::kTuples;
}

Prompt MakePrompt(const Item& item, Profile profile) {
  constexpr int kMaxTokens = 1024;
  const std::string suffix = FieldText(item.fields, "suffix");
  const std::string form = FormOf(item);
  if (form == "json")
    return PicturesThenText(
        item, RefSpatialJsonPrompt(FieldText(item.fields, "object")), kMaxTokens);
  if (form == "0_999")
    return PicturesThenText(item, RefSpatialGridPrompt(item.question), kMaxTokens);
  if (profile == Profile::kLmmsEval)
    return PicturesThenText(item, RefSpatialPrompt(item.question, suffix), kMaxTokens);
  if (profile == Profile::kEasi)
    return PicturesThenText(item, RefSpatialEasiPrompt(item.question), kMaxTokens);
  return PicturesThenText(
      item,
      RefSpatialOfficialPrompt(
          FieldText(item.fields, "model"), FieldText(item.fields, "object"), item.question, suffix),
      kMaxTokens);
}

// A reply that the parser cannot take scores 0; it is not dropped.
ItemScore ScoreEasi(const Mask& mask, py::View reply) {
  const auto regions = KitRegions(reply, mask.width, mask.height);
  if (!regions || regions->empty()) return {.outcome = Outcome::kUnparsable};
  return {.outcome = Outcome::kScored,
          .score = KitShareInMask(*regions, mask),
          .parsed = Json::MakeObject({{"regions", regions->size()}})};
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  if (profile == Profile::kStrict) return ScoreStrictPoints(item, reply);
  const auto mask = MaskOf(item);
  if (!mask) return {.outcome = Outcome::kSkipped, .score = 0, .parsed = Json("no mask")};
  const py::Str text = py::FromUtf8(reply);
  if (profile == Profile::kLmmsEval) return ScoreLmmsEvalPoints(item, *mask, reply);
  if (profile == Profile::kEasi) return ScoreEasi(*mask, text);
  PointsOrError points;
  switch (DialectOf(item)) {
    case Dialect::kTuples:
      points = PointsFromTuples(text, mask->width, mask->height, TupleRule::kRefSpatial);
      break;
    case Dialect::kPixels:
      points = PointsFromTuples(text, mask->width, mask->height, TupleRule::kRefSpatialAbsolute);
      break;
    case Dialect::kMolmo:
      points = PointsFromXml(text, mask->width, mask->height);
      break;
    case Dialect::kGemini:
      points = PointsFromJson(text, mask->width, mask->height, U"point", true);
      break;
  }
  return FractionScore(points, *mask, MaskRule::kAboveZero);
}

// Micro; by split, by number of steps, and by scene where the data say it. "headline" leaves out
// the unseen split, as EASI's table does.
Scores Aggregate(const ScoredItems& run, Profile) {
  Scores scores = MeanByTask(run, "percent");
  for (const std::string_view key : {"step", "scene"}) AddGrouping(run, key, scores);
  AddVariants(run, scores);
  double sum = 0;
  size_t n = 0;
  for (size_t i = 0; i < run.size(); ++i) {
    if (run.item(i).task == "unseen" || !Counts(run.score(i))) continue;
    sum += run.score(i).score;
    ++n;
  }
  if (n > 0)
    scores.by.push_back(
        {"headline", {{"location and placement", {100 * sum / static_cast<double>(n), n}}}});
  return scores;
}

constexpr Profile kProfiles[] = {
    Profile::kOfficial, Profile::kLmmsEval, Profile::kEasi, Profile::kStrict};
constexpr std::string_view kTable = "RoboRefer, RefSpatial-Bench: mean of location and placement";
constexpr PublishedRow kPublished[] = {
    {"Gemini-2.5-Pro", 35.585, kTable},
    {"Molmo-72B", 30.255, kTable},
    {"Molmo-7B", 17.38, kTable},
    {"RoboPoint-13B", 16.07, kTable},
    {"SpaceLLaVA-13B", 5.065, kTable},
    {"RoboRefer-2B-SFT", 47.5, kTable},
    {"RoboRefer-8B-SFT", 52.5, kTable},
    {"RoboRefer-2B-RFT", 53.0, kTable},
    {"Qwen3-VL-8B", 54.2, "Qwen3-VL report, without unseen"},
    {"Qwen3-VL-8B (EASI)", 56.5, "EASI, docs/Benchmark_Verification.md, without unseen"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_refspatial_bench() {
  static const BenchmarkInfo kInfo{
      .summary = "RefSpatial-Bench (and Expand), points for spatial referring, scored by a mask",
      .hub =
          "Hub data set BAAI/RefSpatial-Bench or JingkunAn/RefSpatial-Expand-Bench; put the "
          "folders "
          "Location, Placement and Unseen, or data/*.parquet, into FOLDER",
      .schema = "confirmed: the data set's card and the official scripts of Zhoues/RoboRefer",
      .unit = "percent",
      .profiles = kProfiles,
      .published = kPublished,
      .load = Load,
      .prompt = MakePrompt,
      .forms = kLmmsPointForms,
      .score = ScoreItem,
      .aggregate = Aggregate,
      .oracle = PointOracle};
  return kInfo;
}

}  // namespace spatium
