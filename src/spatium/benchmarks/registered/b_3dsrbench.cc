// 3DSRBench: 2,772 questions on 3D relations in pictures, twelve types; with every order of the
// options and mirrored pictures 11,686 (arXiv 2412.07825, ICCV 2025; Hub data set ccvl/3DSRBench,
// and oscarqjh/3DSRBench_lmmseval with configurations 3dsr and 3dsr_circular). Official record:
// {"index": 12, "qid": "VIN6MS3J-flip-1", "question": "Is the dog above the cat?", "A": "yes", "B":
// "no", "C": null, "D": null, "answer": "A", "category": "location_above", "image": {...}}. An
// item's id is its qid, else its index. Chance: one over the number of options, for the vanilla
// score.
//
// A question and its variants: "-1", ... orders its options anew, "-flip" mirrors the picture.
// Overall: official and strict count a question right if it is right in all orders and mirrored
// (VLMEvalKit's flip_circ_eval, which the authors' card names), EASI in all orders, lmms-eval each
// row by itself; all four are reported.

#include "spatium/base/text.h"
#include "spatium/benchmarks/choice_score.h"
#include "spatium/benchmarks/data_folder.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/metrics/official_prompts.h"

namespace spatium {
namespace {

constexpr std::string_view kLetters[] = {"A", "B", "C", "D"};

// Embedded; else COCO's file (train2017/000000123456.jpg) of the address that the authors' table
// names.
Result<std::vector<MediaRef>> ImageOf(const DataFolder::Row& row, DataFolder& folder) {
  const std::string url = FieldText(row.fields, "image_url");
  if (row.fields.Find("image") != nullptr || url.empty()) return folder.NeedImages(row, "image");
  const size_t file = url.rfind('/'), set = file == 0 ? url.npos : url.rfind('/', file - 1);
  SPATIUM_TRY(MediaRef media,
              folder.Media(MediaRef::Kind::kImage, url.substr(set == url.npos ? 0 : set + 1)));
  return std::vector<MediaRef>{std::move(media)};
}

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  DataFolder folder(data);
  return folder.ForEachRow({{{"3dsr_circular", "test"}},
                            {{"3dsr", "test"}},
                            {{"", "3DSRBench"}},
                            {{"", "3dsrbench_v1_vlmevalkit_circular"}},
                            {{"", "3dsrbench_v1"}},
                            {{"", "test"}}},
                           [&](const DataFolder::Row& row) -> Result<void> {
                             const Json& fields = row.fields;
                             Item item;
                             item.id = FieldText(fields, "qid");
                             if (item.id.empty()) {
                               SPATIUM_TRY(item.id, NeedText(fields, "index", row.where));
                             }
                             SPATIUM_TRY(item.task, NeedText(fields, "category", row.where));
                             SPATIUM_TRY(item.question, NeedText(fields, "question", row.where));
                             SPATIUM_TRY(item.answer, NeedText(fields, "answer", row.where));
                             Json options = Json::MakeObject({});
                             for (const std::string_view letter : kLetters) {
                               const std::string text = FieldText(fields, letter);
                               if (text.empty() || ToLower(text) == "nan") continue;
                               options.Set(letter, text);
                               item.options.push_back(text);
                             }
                             item.fields = Json::MakeObject({{"options", std::move(options)}});
                             SPATIUM_TRY(item.media, ImageOf(row, folder));
                             return sink(std::move(item));
                           });
}

Prompt MakePrompt(const Item& item, Profile) {
  constexpr int kMaxTokens = 4096;
  std::vector<std::optional<std::string>> options;
  if (const Json* given = item.fields.Find("options"))
    for (const std::string_view letter : kLetters)
      options.push_back(given->Find(letter) != nullptr ? std::optional(FieldText(*given, letter))
                                                       : std::nullopt);
  return PicturesThenText(item, ThreeDsrPrompt(item.question, options, {}), kMaxTokens);
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  if (profile == Profile::kEasi) return KitScore(item, reply);
  return ChoiceScore(item, reply, profile, ThreeDsrLetter);
}

// All forms of one question, flipped or with its options turned.
std::string QuestionOf(const Item& item) { return item.id.substr(0, kThreeDsrBaseId); }

Scores Aggregate(const ScoredItems& run, Profile profile) {
  Scores scores = MeanByTask(run, "percent");
  const NamedScores named = AggregateThreeDsr(QuestionsOf(run, ""));
  const std::string_view headline = profile == Profile::kLmmsEval ? "vanilla_accuracy"
                                    : profile == Profile::kEasi   ? "circular_accuracy"
                                                                  : "flip_circular_accuracy";
  const size_t n = scores.overall.n;
  std::vector<std::pair<std::string, Score>> rules, categories;
  for (const auto& [name, value] : named) {
    if (name == headline) scores.overall.value = 100 * value;
    const bool rule = name.find("vanilla") != name.npos || name.find("flip") != name.npos ||
                      name.find("circular") != name.npos;
    (rule ? rules : categories).push_back({ReplaceAll(name, "_accuracy", ""), {100 * value, n}});
  }
  // The main categories have as many items as their types together.
  for (auto& [category, score] : categories) {
    score.n = 0;
    for (const auto& [task, of_task] : scores.by[0].second)
      if (task.starts_with(category + "_")) score.n += of_task.n;
  }
  std::erase_if(categories, [](const auto& entry) { return entry.second.n == 0; });
  scores.by.insert(scores.by.begin(),
                   {{"rule", std::move(rules)}, {"category", std::move(categories)}});
  return scores;
}

constexpr PublishedRow kPublished[] = {
    {"Qwen2.5-VL-3B (circular)", 43.9, "SpatialThinker, arXiv 2511.07403"},
    {"Qwen2.5-VL-7B (circular)", 48.4, "SpatialThinker, arXiv 2511.07403"},
    {"Cambrian-S-7B (vanilla)", 54.8, "Cambrian-S, arXiv 2511.04670"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_b_3dsrbench() {
  static const BenchmarkInfo kInfo{
      .summary = "3DSRBench, 2,772 questions on 3D relations; vanilla, circular and flip scores",
      .hub =
          "Hub data set ccvl/3DSRBench (3dsrbench_v1_vlmevalkit_circular.tsv or 3dsrbench_v1.csv "
          "with "
          "COCO's pictures), or oscarqjh/3DSRBench_lmmseval; put it into FOLDER",
      .schema = "confirmed: VLMEvalKit's and lmms-eval's tasks (columns of both copies)",
      .unit = "percent",
      .profiles = kChoiceProfiles,
      .published = kPublished,
      .load = Load,
      .prompt = MakePrompt,
      .score = ScoreItem,
      .aggregate = Aggregate,
      .drawn_with = QuestionOf};
  return kInfo;
}

}  // namespace spatium
