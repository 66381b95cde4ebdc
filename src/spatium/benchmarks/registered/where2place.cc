// Where2Place: 100 questions on real rooms, answered by points in free space and scored by a mask
// (RoboPoint, CoRL 2024; Hub data set wentao-yuan/where2place, Apache-2.0: point_questions.jsonl,
// images/NN.jpg, masks/NN.jpg; FlagEval/Where2Place holds the same as Parquet). Official record:
// {"question_id": 7, "image": "07.jpg", "text": "Point out ... Your answer should be ...",
// "category": "spatial"}; Parquet: "question" without the sentence on the answer's form, "image"
// and "mask" embedded. Chance: the masks' mean share of the picture, not published.
//
// The official script scales to 640 x 480 whatever the picture's size, and the JPEG masks' grey
// pixels give partial credit. A question whose reply it cannot parse is in no mean.

#include "spatium/base/text.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/benchmarks/mask_family.h"
#include "spatium/benchmarks/media.h"
#include "spatium/dataset/table.h"
#include "spatium/metrics/official_prompts.h"

namespace spatium {
namespace {

constexpr int kScriptWidth = 640, kScriptHeight = 480;
constexpr std::string_view kForm = "Your answer should be formatted";

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  const Path lines = std::filesystem::is_directory(data) ? data / "point_questions.jsonl" : data;
  const bool is_raw = std::filesystem::is_regular_file(lines) && lines.extension() == ".jsonl";
  SPATIUM_TRY(const auto table, is_raw ? OpenTable(lines) : OpenSplit(data, "", "test"));
  const Path folder = lines.parent_path();
  MediaLoader loader;
  size_t number = 0;
  return ForEachRow(*table, [&](const Json& row) -> Result<void> {
    const size_t i = number++;
    const std::string where = StrCat(data.string(), ": row ", i);
    Item item;
    SPATIUM_TRY(item.id, NeedText(row, "question_id", where));
    SPATIUM_TRY(item.question, NeedText(row, is_raw ? "text" : "question", where));
    item.task = FieldText(row, "category");
    if (item.task.empty()) item.task = "where2place";
    SPATIUM_TRY(item.media, FieldImages(row, "image", is_raw ? folder / "images" : data));
    SPATIUM_TRY(std::vector<MediaRef> masks, FieldImages(row, "mask", data));
    if (is_raw) {
      // The script takes masks by the question's line, not by its picture's name.
      const std::string name = StrCat(i < 10 ? "0" : "", i, ".jpg");
      masks = {{.file = folder / "masks" / name, .source = name}};
    }
    if (masks.size() != 1) return Error{ErrorCode::kNotFound, where, "field mask", "none"};
    SPATIUM_TRY(const std::string bytes, loader.ReadBytes(masks[0]));
    SPATIUM_TRY(item.gold, GoldOfMask(bytes, where + ": mask"));
    return sink(std::move(item));
  });
}

Prompt MakePrompt(const Item& item, Profile profile) {
  constexpr int kMaxTokens = 1024;
  const size_t form = item.question.find(kForm);
  const std::string question(Trim(std::string_view(item.question).substr(0, form)));
  const std::string asked = FormOf(item);
  if (asked == "json") return PicturesThenText(item, Where2PlaceJsonPrompt(question), kMaxTokens);
  if (asked == "0_999") return PicturesThenText(item, Where2PlaceGridPrompt(question), kMaxTokens);
  if (profile == Profile::kLmmsEval)
    return PicturesThenText(item, Where2PlacePrompt(question), kMaxTokens);
  return PicturesThenText(
      item,
      form == item.question.npos ? Where2PlaceOfficialPrompt(item.question) : item.question,
      kMaxTokens);
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  if (profile == Profile::kStrict) return ScoreStrictPoints(item, reply);
  const auto mask = MaskOf(item);
  if (!mask) return {.outcome = Outcome::kSkipped, .score = 0, .parsed = Json("no mask")};
  if (profile == Profile::kLmmsEval) return ScoreLmmsEvalPoints(item, *mask, reply);
  const py::Str text = py::FromUtf8(reply);
  ItemScore score =
      FractionScore(PointsFromTuples(text, kScriptWidth, kScriptHeight, TupleRule::kRoboPoint),
                    *mask,
                    MaskRule::kGrey);
  // The published rows are from there: the picture's own size, any value above 0.
  NoteVariant(
      "RoboRefer's evaluator",
      FractionScore(PointsFromTuples(text, mask->width, mask->height, TupleRule::kRefSpatial),
                    *mask,
                    MaskRule::kAboveZero),
      score);
  return score;
}

Scores Aggregate(const ScoredItems& run, Profile) {
  Scores scores = MeanByTask(run, "percent");
  AddVariants(run, scores);
  return scores;
}

constexpr Profile kProfiles[] = {Profile::kOfficial, Profile::kLmmsEval, Profile::kStrict};
constexpr std::string_view kTable = "RoboRefer, table of Where2Place (its own evaluator)";
constexpr PublishedRow kPublished[] = {{"Gemini-2.5-Pro", 61.9, kTable},
                                       {"SpaceLLaVA-13B", 11.8, kTable},
                                       {"RoboPoint-13B", 46.8, kTable},
                                       {"Molmo-7B", 45.0, kTable},
                                       {"Molmo-72B", 63.8, kTable},
                                       {"RoboRefer-2B-SFT", 66.0, kTable},
                                       {"RoboRefer-8B-SFT", 70.0, kTable},
                                       {"RoboRefer-2B-RFT", 71.0, kTable}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_where2place() {
  static const BenchmarkInfo kInfo{
      .summary = "Where2Place, points in free space of 100 real rooms, scored by a mask",
      .hub =
          "Hub data set wentao-yuan/where2place (point_questions.jsonl, images, masks) or "
          "FlagEval/Where2Place (data/test-*.parquet); put its files into FOLDER",
      .schema =
          "confirmed: RoboPoint's evaluation scripts, and lmms-eval 0.7.2 for the Parquet files",
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
