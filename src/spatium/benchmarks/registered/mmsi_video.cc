// MMSI-Video-Bench: 1,106 questions on 1,278 clips, 13 types (arXiv 2512.10863; Hub data set
// rbler/MMSI-Video-Bench, CC BY-NC 4.0; one split). Official record: {"id": "question_0007",
// "type": "Planning", "video_list": [{"path": "a.mp4", "start": 0, "end": 9, "base_fps": 2}],
// "frames_list":
// [["a/00:00.00_frame_0.50_0.jpg", ...]], "ref_images": [], "system_prompt": "...", "task_prompt":
// "...", "user_prompt": "<video>\nWhich way ...? A. Left B. Right ...", "format_prompt": "...",
// "ground_truth": "B"}. Chance: one over the number of options.
//
// Setting Uniform-50: of all clips' frames together 50, spread evenly, at least one of each clip.
#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/benchmarks/choice_score.h"
#include "spatium/benchmarks/data_folder.h"
#include "spatium/benchmarks/fields.h"

namespace spatium {
namespace {

constexpr size_t kMaxFrames = 50;

// The official proportional sampling: positions int(i * step) over all lists laid end to end.
std::vector<std::vector<size_t>> SampleOf(const std::vector<size_t>& sizes) {
  size_t total = 0;
  for (const size_t size : sizes) total += size;
  std::vector<std::vector<size_t>> picks(sizes.size());
  if (total <= kMaxFrames) {
    for (size_t k = 0; k < sizes.size(); ++k)
      for (size_t i = 0; i < sizes[k]; ++i) picks[k].push_back(i);
    return picks;
  }
  const double step = static_cast<double>(total - 1) / (kMaxFrames - 1);
  size_t list = 0, begin = 0;
  for (size_t i = 0; i < kMaxFrames; ++i) {
    const auto at = static_cast<size_t>(static_cast<double>(i) * step);
    while (at >= begin + sizes[list]) begin += sizes[list++];
    picks[list].push_back(at - begin);
  }
  for (size_t k = 0; k < sizes.size(); ++k)
    if (picks[k].empty() && sizes[k] > 0) picks[k].push_back(0);
  return picks;
}

// Media: the frames of each clip, then the reference pictures; "frames" of the fields counts them.
Result<void> AddMedia(const DataFolder::Row& row, DataFolder& folder, Item& item) {
  const JsonCursor record(row.fields, row.where);
  SPATIUM_TRY(const auto list_field, record.At("frames_list"));
  SPATIUM_TRY(const auto lists, list_field.Items());
  std::vector<std::vector<std::string>> names;
  std::vector<size_t> sizes;
  for (const JsonCursor& list : lists) {
    SPATIUM_TRY(const auto frames, list.Items());
    auto& clip = names.emplace_back();
    for (const JsonCursor& frame : frames) {
      SPATIUM_TRY(clip.emplace_back(), frame.String());
    }
    sizes.push_back(clip.size());
  }
  Json counts = Json::MakeArray();
  const auto picks = SampleOf(sizes);
  for (size_t k = 0; k < names.size(); ++k) {
    counts.Push(Json(picks[k].size()));
    for (const size_t i : picks[k]) {
      SPATIUM_TRY(item.media.emplace_back(),
                  folder.Media(MediaRef::Kind::kImage, "frames/" + names[k][i]));
    }
  }
  for (const std::string& name : FieldTexts(row.fields, "ref_images")) {
    SPATIUM_TRY(item.media.emplace_back(),
                folder.Media(MediaRef::Kind::kImage, "ref_images/" + name));
  }
  item.fields.Set("frames", std::move(counts));
  return {};
}

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  DataFolder folder(data);
  return folder.ForEachRow(
      {{{"", "mmsivideo"}}, {{"", "test"}}}, [&](const DataFolder::Row& row) -> Result<void> {
        const Json& fields = row.fields;
        Item item;
        SPATIUM_TRY(item.id, NeedText(fields, "id", row.where));
        SPATIUM_TRY(item.task, NeedText(fields, "type", row.where));
        SPATIUM_TRY(item.question, NeedText(fields, "user_prompt", row.where));
        SPATIUM_TRY(item.answer, NeedText(fields, "ground_truth", row.where));
        item.answer = GoldLetter(item);
        item.options = OptionsInText(item.question);
        // "(Cross-Video) Memory Update" is of category Cross-Video; Planning is its own.
        const size_t close = item.task.find(')');
        item.fields = Json::MakeObject(
            {{"category",
              item.task.starts_with('(') && close != item.task.npos ? item.task.substr(1, close - 1)
                                                                    : item.task},
             {"system_prompt", FieldText(fields, "system_prompt")},
             {"prompt",
              StrCat(FieldText(fields, "task_prompt"),
                     item.question,
                     FieldText(fields, "format_prompt"))}});
        SPATIUM_TRY_DO(AddMedia(row, folder, item));
        return sink(std::move(item));
      });
}

// <video> becomes its clip's frames, <image> the next reference picture. The authors' script hands
// all pictures out in their order instead, which differs where <image> stands before a <video>.
Prompt MakePrompt(const Item& item, Profile profile) {
  Prompt prompt;
  prompt.sampling.max_tokens = 1024;
  const std::string system = FieldText(item.fields, "system_prompt");
  if (profile == Profile::kLmmsEval)
    prompt.user.push_back({.text = system});
  else
    prompt.system = system;
  std::vector<size_t> counts;
  size_t num_frames = 0;
  if (const Json* frames = item.fields.Find("frames"))
    for (const Json& count : frames->AsArray()) {
      counts.push_back(static_cast<size_t>(count.AsInt()));
      num_frames += counts.back();
    }
  const bool in_order = profile == Profile::kOfficial;
  size_t next_frame = 0, next_clip = 0, next_image = num_frames;
  const auto show = [&](size_t n, size_t& next) {
    for (; n > 0 && next < item.media.size(); --n, ++next)
      prompt.user.push_back({.media_idx = static_cast<int>(next)});
  };
  const std::string all = FieldText(item.fields, "prompt");
  std::string_view text = all;
  while (!text.empty()) {
    constexpr std::string_view kVideo = "<video>", kImage = "<image>";
    const size_t video = text.find(kVideo), image = text.find(kImage);
    const size_t at = std::min(video, image);
    if (at > 0) prompt.user.push_back({.text = std::string(text.substr(0, at))});
    if (at == text.npos) break;
    if (video < image) {
      if (next_clip < counts.size()) show(counts[next_clip++], next_frame);
    } else {
      show(1, in_order ? next_frame : next_image);
    }
    text.remove_prefix(at + kVideo.size());
  }
  return prompt;
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  return ChoiceScore(item, reply, profile, [&](py::View text) {
    if (profile == Profile::kOfficial) return MmsiVideoOwnLetter(text);
    const py::Str letter = MmsiVideoLetter(py::Strip(text));
    return letter == U"O" ? Letter() : Letter(letter);
  });
}

constexpr std::string_view kGroupings[] = {"category"};
constexpr PublishedRow kPublished[] = {
    {"Human", 96.40, "MMSI-Video-Bench repository, README (Uniform-50)"},
    {"Gemini 3 Pro", 37.97, "MMSI-Video-Bench repository, README (Uniform-50)"},
    {"o3", 36.98, "MMSI-Video-Bench repository, README (Uniform-50)"},
    {"GPT-5", 36.80, "MMSI-Video-Bench repository, README (Uniform-50)"},
    {"Qwen2.5-VL-72B", 32.73, "MMSI-Video-Bench repository, README (Uniform-50)"},
    {"InternVL3-78B", 32.55, "MMSI-Video-Bench repository, README (Uniform-50)"},
    {"GPT-4o", 31.56, "MMSI-Video-Bench repository, README (Uniform-50)"},
    {"InternVL3-8B", 30.38, "MMSI-Video-Bench repository, README (Uniform-50)"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_mmsi_video() {
  static const BenchmarkInfo kInfo{
      .summary = "MMSI-Video-Bench, 1,106 questions on video clips, 13 types (Uniform-50)",
      .hub =
          "Hub data set rbler/MMSI-Video-Bench; put mmsivideo.json, frames.zip and ref_images.zip "
          "(or "
          "their folders) into FOLDER",
      .schema = "confirmed: the authors' README and loader",
      .unit = "percent",
      .profiles = kChoiceProfiles,
      .published = kPublished,
      .chance = 25,
      .load = Load,
      .prompt = MakePrompt,
      .score = ScoreItem,
      .groupings = kGroupings};
  return kInfo;
}

}  // namespace spatium
