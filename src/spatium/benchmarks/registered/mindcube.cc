// MindCube: one scene seen from few places, questions of the settings rotation, among and around
// (arXiv 2506.21458; Hub data set MLL-Lab/MindCube, MIT; MindCube 21,154 and MindCube_tinybench
// 1,050 questions, data.zip; oscarqjh/MindCube_lmmseval is the same as Parquet). Official record:
// {"id": "among_group012_q3", "category": [...], "type": "...", "question": "These four pictures
// ... A. Left B. Right C. Behind D. In front", "images": ["other_all_image/among/.../front.jpg",
// ...], "gt_answer": "B"}. Chance: one over the number of options.

#include "spatium/base/text.h"
#include "spatium/benchmarks/choice_score.h"
#include "spatium/benchmarks/data_folder.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/benchmarks/prompt_layout.h"
#include "spatium/metrics/official_prompts.h"

namespace spatium {
namespace {

constexpr std::string_view kTranslation = "translation";

// The authors' setting: the first of these words that the id holds.
std::string SettingOf(std::string_view id) {
  const std::string lower = ToLower(id);
  for (const std::string_view setting : {std::string_view("around"),
                                         std::string_view("rotation"),
                                         kTranslation,
                                         std::string_view("among")})
    if (lower.find(setting) != lower.npos) return std::string(setting);
  return "other";
}

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  DataFolder folder(data);
  return folder.ForEachRow(
      {{{"", "MindCube_tinybench"}},
       {{"raw", "MindCube_tinybench"}},
       {{"", "MindCube"}},
       {{"raw", "MindCube"}},
       {{"tiny", "combined"}},
       {{"full", "combined"}},
       {{"", "combined"}},
       {{"", "test"}}},
      [&](const DataFolder::Row& row) -> Result<void> {
        const Json& fields = row.fields;
        Item item;
        SPATIUM_TRY(item.id, NeedText(fields, "id", row.where));
        SPATIUM_TRY(item.answer, NeedText(fields, "gt_answer", row.where));
        const std::string prompt = FieldText(fields, "input_prompt");
        item.question = FieldText(fields, "question");
        if (prompt.empty()) {
          SPATIUM_TRY(item.question, NeedText(fields, "question", row.where));
        }
        item.task = SettingOf(item.id);
        item.options = OptionsInText(item.question.empty() ? prompt : item.question);
        item.fields =
            Json::MakeObject({{"prompt", prompt.empty() ? MindCubePrompt(item.question) : prompt}});
        SPATIUM_TRY(item.media, folder.NeedImages(row, "images"));
        return sink(std::move(item));
      });
}

Prompt MakePrompt(const Item& item, Profile profile) {
  constexpr int kMaxTokens = 4096;
  return Interleaved(item, FieldText(item.fields, "prompt"), profile == Profile::kEasi, kMaxTokens);
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  // The authors' overall score leaves this setting out.
  if (profile == Profile::kOfficial && item.task == kTranslation)
    return {.outcome = Outcome::kSkipped};
  return ChoiceScore(
      item, reply, profile, [](py::View text) { return MindCubeLetter(py::Strip(text)); });
}

constexpr PublishedRow kPublished[] = {
    {"Qwen2.5-VL-3B (tiny, raw)", 37.81, "EASI, docs/Benchmark_Verification.md (paper)"},
    {"Qwen2.5-VL-3B (full, raw)", 33.21, "EASI, docs/Benchmark_Verification.md (paper)"},
    {"Qwen2.5-VL-7B (full, raw)", 29.26, "EASI, docs/Benchmark_Verification.md (paper)"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_mindcube() {
  static const BenchmarkInfo kInfo{
      .summary = "MindCube, scenes from few views: tinybench 1,050 or all 21,154 questions",
      .hub =
          "Hub data set MLL-Lab/MindCube; put data.zip (or its folder data) into FOLDER, or the "
          "Parquet files of oscarqjh/MindCube_lmmseval; tinybench comes before all",
      .schema = "confirmed: the authors' scripts and lmms-eval's task",
      .unit = "percent",
      .profiles = kChoiceProfiles,
      .published = kPublished,
      .load = Load,
      .prompt = MakePrompt,
      .score = ScoreItem};
  return kInfo;
}

}  // namespace spatium
