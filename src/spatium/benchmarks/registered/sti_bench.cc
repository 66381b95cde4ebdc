// STI-Bench: 2,064 questions on 300 videos of desks, rooms and streets, eight tasks, options A to E
// (arXiv 2503.23765, ICCV 2025; Hub data set MINT-SJTU/STI-Bench, MIT code; qa.parquet and
// video.zip). Official record: {"Video": "scene0000_00.mp4", "Source": "ScanNet", "Task": "Spatial
// Relation", "QType": "...", "Question": "Where is ...?", "Prompt": "...", "time_start": 0.0,
// "time_end": 4.5, "Candidates": "{\"A\": \"left\", \"B\": ...}", "Answer": "B", "Answer Detail":
// "...", "ID": 17, "scene": "indoor"}. An item's id is "scene0000_00.mp4_17". Chance: one over the
// number of options.
//
// Media: 30 frames spread over the whole video. Official is opensource_test.py, whose prompt does
// not name the frame rate.
#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/benchmarks/choice_score.h"
#include "spatium/benchmarks/data_folder.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/metrics/official_prompts.h"

namespace spatium {
namespace {

// "scene0000_00.mp4" is indoor, six digits a desk, a name with "camera" a street.
std::string SceneOf(std::string_view video) {
  if (video.find("camera") != video.npos) return "outdoor";
  if (video.starts_with("scene")) return "indoor";
  const std::string_view stem = video.substr(0, video.find('.'));
  const bool digits = !stem.empty() && std::all_of(stem.begin(), stem.end(), [](char c) {
    return c >= '0' && c <= '9';
  });
  return digits && stem.size() == 6 ? "desktop" : "unknown";
}

// An object, or its text; letters in the order of the file.
Result<Json> CandidatesOf(const DataFolder::Row& row) {
  const Json* candidates = row.fields.Find("Candidates");
  const std::string where = row.where + ": Candidates";
  Json parsed;
  if (candidates != nullptr && candidates->IsString()) {
    SPATIUM_TRY(parsed, Json::Parse(candidates->AsString(), where));
  } else if (candidates != nullptr) {
    parsed = *candidates;
  }
  if (!parsed.IsObject() || parsed.AsObject().size() < 2)
    return Error{ErrorCode::kBadValue, where, "an object of two options or more", parsed.Dump()};
  return parsed;
}

// A time as Python prints it: "3.0" for a whole float, "3" for an integer.
std::string TimeText(const Json& fields, std::string_view key) {
  const Json* value = fields.Find(key);
  std::string text = FieldText(fields, key);
  const bool whole = text.find_first_not_of("-0123456789") == text.npos;
  return value != nullptr && value->IsNumber() && !value->IsInt() && whole ? text + ".0" : text;
}

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  DataFolder folder(data);
  return folder.ForEachRow(
      {{{"", "qa"}}, {{"", "test"}}}, [&](const DataFolder::Row& row) -> Result<void> {
        const Json& fields = row.fields;
        Item item;
        SPATIUM_TRY(const std::string video, NeedText(fields, "Video", row.where));
        SPATIUM_TRY(const std::string id, NeedText(fields, "ID", row.where));
        SPATIUM_TRY(item.task, NeedText(fields, "Task", row.where));
        SPATIUM_TRY(item.question, NeedText(fields, "Question", row.where));
        SPATIUM_TRY(item.answer, NeedText(fields, "Answer", row.where));
        SPATIUM_TRY(Json candidates, CandidatesOf(row));
        item.id = StrCat(video, "_", id);
        item.answer = GoldLetter(item);
        for (const auto& [letter, text] : candidates.AsObject())
          if (!text.IsNull()) item.options.push_back(FieldText(candidates, letter));
        std::string scene = FieldText(fields, "scene");
        if (scene.empty()) scene = FieldText(fields, "Scene");
        item.fields = Json::MakeObject({{"scene", scene.empty() ? SceneOf(video) : scene},
                                        {"time_start", TimeText(fields, "time_start")},
                                        {"time_end", TimeText(fields, "time_end")},
                                        {"candidates", std::move(candidates)}});
        SPATIUM_TRY(item.media.emplace_back(),
                    folder.MediaByAny(MediaRef::Kind::kVideo,
                                      {"video/" + video, "videos/" + video, video}));
        return sink(std::move(item));
      });
}

Prompt MakePrompt(const Item& item, Profile profile) {
  constexpr int kMaxTokens = 512, kFrames = 30;
  LetteredOptions options;
  if (const Json* candidates = item.fields.Find("candidates"))
    for (const auto& [letter, text] : candidates->AsObject())
      if (!text.IsNull()) options.emplace_back(letter, FieldText(*candidates, letter));
  const std::string start = FieldText(item.fields, "time_start"),
                    end = FieldText(item.fields, "time_end");
  Prompt prompt =
      PicturesThenText(item,
                       profile == Profile::kEasi ? StiEasiPrompt(start, end, item.question, options)
                                                 : StiPrompt(start, end, item.question, options),
                       kMaxTokens);
  prompt.num_video_frames = kFrames;
  return prompt;
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  return ChoiceScore(item, reply, profile, StiOwnLetter);
}

constexpr Profile kProfiles[] = {Profile::kOfficial, Profile::kEasi, Profile::kStrict};
constexpr std::string_view kGroupings[] = {"scene"};
constexpr PublishedRow kPublished[] = {
    {"Qwen2.5-VL-72B", 40.7, "STI-Bench, arXiv 2503.23765"},
    {"Qwen2.5-VL-72B (EASI)", 42.1, "EASI, docs/Benchmark_Verification.md"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_sti_bench() {
  static const BenchmarkInfo kInfo{
      .summary = "STI-Bench, 2,064 questions on 300 videos, eight tasks",
      .hub =
          "Hub data set MINT-SJTU/STI-Bench; put qa.parquet and video.zip (or its folder) into "
          "FOLDER",
      .schema = "confirmed: the authors' scripts",
      .unit = "percent",
      .profiles = kProfiles,
      .published = kPublished,
      .chance = 20,
      .load = Load,
      .prompt = MakePrompt,
      .score = ScoreItem,
      .groupings = kGroupings};
  return kInfo;
}

}  // namespace spatium
