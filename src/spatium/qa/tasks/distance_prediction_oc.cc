// The straight-line distance from the camera to a marked object.
#include "spatium/qa/fact_rules.h"
#include "spatium/qa/limits.h"
#include "spatium/qa/render_number.h"
#include "spatium/qa/task.h"

namespace spatium {
namespace {

constexpr std::string_view kTask = "distance_prediction_oc";

constexpr std::string_view kQuestions[] = {
    "How far {red?is|are} {the red} from the observer?",
    "What is the straight-line distance from the camera to {the red}?",
    "Estimate how many meters lie between the photographer and {the red}.",
    "At what distance from the viewpoint of this picture {red?is|are} {the red}?",
    "If you stretched a string from the camera to {the red}, how long would it be?",
    "How far away {red?was|were} {the red} when this picture was taken, as the crow flies?",
    "Give the Euclidean distance between the camera's center and {the red}.",
    "Standing where the camera stands, how far would you be from {the red}?",
    "Determine the distance that separates {the red} from the person holding the camera.",
    "What length does a direct line from the observer to {the red} have?",
    "Find the range of {the red} as seen from this camera.",
    "A laser rangefinder at the camera is pointed at {the red}. What distance does it show?",
    "How much space is there between the lens and {the red}, measured in a straight line?",
    "Tell the distance to {the red} from where the observer is."};

constexpr std::string_view kAnswers[] = {
    "{The red} {red?is|are} about {n} meters from the observer.",
    "The distance from the camera to {the red} is roughly {n} meters.",
    "It is {n} meters in a straight line to {the red}.",
    "From the viewpoint, {the red} {red?is|are} {n} meters away.",
    "About {n} meters lie between the camera and {the red}.",
    "{The red} {red?lies|lie} at a distance of {n} meters.",
    "I estimate {n} meters from the photographer to {the red}.",
    "A direct line from the camera to {the red} measures {n} meters.",
    "The observer stands {n} meters away from {the red}.",
    "The range of {the red} is close to {n} meters.",
    "{n} meters separate the camera from {the red}.",
    "A string from the camera to {the red} would be {n} meters long."};

constexpr TaskFormat kFormats[] = {{AnswerFormat::kFill, kQuestions, {}},
                                   {AnswerFormat::kSelect, kQuestions, {}},
                                   {AnswerFormat::kSentence, kQuestions, kAnswers}};

void Enumerate(const QaScene& scene, uint64_t, FactList& out) {
  std::vector<const SeenObject*> views;
  for (int32_t f = 0; f < static_cast<int32_t>(scene.frames.size()); ++f) {
    UsableViews(scene.frames[static_cast<size_t>(f)], ViewUse::kPoint, out, views);
    for (const SeenObject* red : views) {
      if (NearRounding(red->distance_m, limits::kMetreStep, limits::kRoundingMargin)) {
        out.Refuse(Refusal::kRoundingBorder);
        continue;
      }
      out.facts.push_back({.key = FactKey(scene, kTask, {f}, {red->object}),
                           .answer_class = uint64_t(red->distance_m / limits::kMetreStep + 0.5),
                           .num_frames = 1,
                           .num_objects = 1,
                           .frame = {f, -1},
                           .object = {{{ObjectRole::kRed, 0, red->object}}}});
    }
  }
}

Refusal Render(const QaScene& scene,
               const Fact& fact,
               const TaskFormat& format,
               RandomStream& rng,
               Question& out) {
  const double answer = ViewOf(scene, fact, fact.object[0]).distance_m;
  const MarkedNames names(scene, fact, "point");
  AddPointMarkers(scene, fact, out);
  AddValue(out.value_json, "answer_m", answer);
  out.value_json += '}';
  return RenderMeters(format, names.slots(), answer, rng, out);
}

}  // namespace

const TaskInfo& TaskInfo_distance_prediction_oc() {
  static constexpr std::string_view kModalities[] = {"single"};
  static constexpr TaskInfo kInfo{.summary = "straight-line distance from the camera to an object",
                                  .modalities = kModalities,
                                  .formats = kFormats,
                                  .enumerate = Enumerate,
                                  .render = Render};
  return kInfo;
}

}  // namespace spatium
