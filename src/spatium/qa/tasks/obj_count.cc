// How many things of one category a video of the room shows.
#include <algorithm>

#include "spatium/qa/fact_rules.h"
#include "spatium/qa/limits.h"
#include "spatium/qa/render_number.h"
#include "spatium/qa/task.h"
#include "spatium/qa/wording/language.h"
#include "spatium/qa/wording/tails.h"

namespace spatium {
namespace {

constexpr std::string_view kTask = "obj_count";

constexpr std::string_view kQuestions[] = {
    "How many {things} are there in the room of this video?",
    "Count the {things} that the video shows.",
    "What is the number of different {things} seen in these frames?",
    "Watch the whole sequence: how many {things} does the room have?",
    "These frames walk through a room. How many {things} can you find in it?",
    "Tell how many distinct {things} appear over the course of the video.",
    "Across all frames, how many individual {things} come into view?",
    "Find every {thing} in this room. How many are there?",
    "Go through the frames and state the total of {things}, each counted once.",
    "If you listed each {thing} in the video once, how long would the list be?",
    "How often does the room contain {a thing}, counting separate ones only?",
    "Determine the count of {things} in the scanned room.",
    "Taking all views together, what is the number of {things} here?",
    "The camera moves through a room. Say how many {things} it passes."};

constexpr std::string_view kFillTails[] = {" Reply with a number.",
                                           " Give one whole number.",
                                           " Answer with digits only.",
                                           " Just the number, please.",
                                           " Write the count as a numeral.",
                                           " State a single whole number and nothing else.",
                                           " No words, one number.",
                                           " The reply is one integer.",
                                           " Respond with the bare count.",
                                           " One numeral is enough."};

constexpr std::string_view kAnswers[] = {
    "There {counted?is|are} {n} {counted} in the room.",
    "The video shows {n} {counted}.",
    "I count {n} {counted}.",
    "The room has {n} {counted}.",
    "In total, {n} {counted} {counted?appears|appear} in the frames.",
    "{n} {counted} can be found in this room.",
    "Over the whole video I see {n} {counted}.",
    "The number of {things} is {n}.",
    "Counting each one once, there {counted?is|are} {n} {counted}.",
    "Altogether the room holds {n} {counted}.",
    "The camera passes {n} {counted}.",
    "Across all frames, {n} {counted} {counted?comes|come} into view."};

constexpr TaskFormat kFormats[] = {{AnswerFormat::kFill, kQuestions, {}},
                                   {AnswerFormat::kSentence, kQuestions, kAnswers}};

void Enumerate(const QaScene& scene, uint64_t, FactList& out) {
  if (scene.video.empty()) return;
  for (size_t i = 0; i < scene.categories.size(); ++i) {
    const QaCategory& category = scene.categories[i];
    if (category.refusal != Refusal::kNone) {
      out.Refuse(category.refusal);
      continue;
    }
    out.facts.push_back({.key = FactKey(scene, kTask, {}, {}, category.name),
                         .answer_class = category.objects.size(),
                         .category = static_cast<int32_t>(i),
                         .object = {}});
  }
}

// The frame of the video that shows an object best.
uint8_t BestFrame(const QaScene& scene, int32_t object) {
  uint8_t best = 0;
  double fraction = -1;
  for (size_t i = 0; i < scene.video.size(); ++i) {
    const SeenObject* seen = scene.frames[static_cast<size_t>(scene.video[i])].Find(object);
    if (seen == nullptr || seen->visible_fraction <= fraction) continue;
    fraction = seen->visible_fraction;
    best = static_cast<uint8_t>(i);
  }
  return best;
}

Refusal Render(const QaScene& scene,
               const Fact& fact,
               const TaskFormat& format,
               RandomStream& rng,
               Question& out) {
  const QaCategory& category = scene.categories[static_cast<size_t>(fact.category)];
  out.value_json = "{\"category\":";
  out.value_json += scene.categories_json[static_cast<size_t>(fact.category)];
  out.value_json += ",\"ids\":[";
  double least_seen = 1;
  for (const int32_t object : category.objects) {
    const uint8_t frame = BestFrame(scene, object);
    const int32_t source = scene.video[frame];
    least_seen = std::min(least_seen,
                          scene.frames[static_cast<size_t>(source)].Find(object)->visible_fraction);
    if (out.value_json.back() != '[') out.value_json += ',';
    AppendInt(out.value_json, scene.objects[static_cast<size_t>(object)].id.value);
    out.objects.push_back({ObjectRole::kCounted, frame, object});
  }
  out.value_json += "]}";
  out.margin_name = "visible_fraction";
  out.margin = least_seen;
  out.margin_threshold = limits::kCountVisible;
  std::string number;
  AppendInt(number, static_cast<int64_t>(category.objects.size()));
  const std::string things = Pluralize(category.name);
  const bool several = category.objects.size() != 1;
  const std::array<Slot, 4> slots{{{"thing", category.name},
                                   {"things", things, true},
                                   {"counted", several ? things : category.name, several},
                                   {"n", number}}};
  Expand(out.text, Pick(rng, format.questions), slots);
  if (format.format == AnswerFormat::kFill) {
    out.text += Pick(rng, kFillTails);
    out.answer = number;
  } else {
    AppendSentenceTail(out.text, rng);
    Expand(out.answer, Pick(rng, format.answers), slots);
  }
  return Refusal::kNone;
}

}  // namespace

const TaskInfo& TaskInfo_obj_count() {
  static constexpr std::string_view kModalities[] = {"video"};
  static constexpr TaskInfo kInfo{
      .summary = "how many things of a category a video of the room shows",
      .modalities = kModalities,
      .formats = kFormats,
      .thin_dominant_answers = false,  // every category is asked once
      .enumerate = Enumerate,
      .render = Render};
  return kInfo;
}

}  // namespace spatium
