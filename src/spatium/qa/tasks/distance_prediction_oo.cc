// The straight-line distance between two marked objects.
#include "spatium/qa/fact_rules.h"
#include "spatium/qa/limits.h"
#include "spatium/qa/render_number.h"
#include "spatium/qa/task.h"
#include "spatium/relations/measure.h"

namespace spatium {
namespace {

constexpr std::string_view kTask = "distance_prediction_oo";

constexpr std::string_view kQuestions[] = {
    "How far apart are {the red} and {the blue}?",
    "What is the straight-line distance between {the red} and {the blue}?",
    "Estimate the distance from {the red} to {the blue}.",
    "How many meters lie between {the blue} and {the red}?",
    "Give the Euclidean distance that separates {the red} from {the blue}.",
    "If a rope were tied from {the red} to {the blue} and pulled tight, how long would it be?",
    "As the crow flies, how far {red?is|are} {the red} from {the blue}?",
    "Determine how distant {the blue} {blue?is|are} from {the red} in 3D.",
    "What length would a tape measure show between {the red} and {the blue}?",
    "Find the gap between {the blue} and {the red}, center to center.",
    "Looking at this room, how large is the distance of {the red} to {the blue}?",
    "An insect flies directly from {the blue} to {the red}. How far does it fly?",
    "Work out the length of the line that joins {the red} and {the blue}.",
    "By how many meters {red?is|are} {the red} separated from {the blue} in space?"};

constexpr std::string_view kAnswers[] = {
    "{The red} and {the blue} are about {n} meters apart.",
    "The distance between {the red} and {the blue} is roughly {n} meters.",
    "It is {n} meters from {the red} to {the blue}.",
    "{The blue} {blue?is|are} {n} meters away from {the red}.",
    "About {n} meters lie between {the blue} and {the red}.",
    "A straight line from {the red} to {the blue} measures {n} meters.",
    "I estimate that {n} meters separate {the red} from {the blue}.",
    "Center to center, the distance comes to {n} meters.",
    "A tape measure between {the red} and {the blue} would show {n} meters.",
    "The line that joins {the blue} and {the red} is {n} meters long.",
    "{n} meters is the distance from {the blue} to {the red}.",
    "In space, {the red} {red?lies|lie} {n} meters from {the blue}."};

constexpr TaskFormat kFormats[] = {{AnswerFormat::kFill, kQuestions, {}},
                                   {AnswerFormat::kSelect, kQuestions, {}},
                                   {AnswerFormat::kSentence, kQuestions, kAnswers}};

double Distance(const QaScene& scene, int32_t a, int32_t b) {
  return DistanceBetween(scene.objects[static_cast<size_t>(a)].center,
                         scene.objects[static_cast<size_t>(b)].center);
}

Refusal CheckPair(const QaScene& scene,
                  const QaFrame& frame,
                  const SeenObject& a,
                  const SeenObject& b) {
  const Refusal markers = CheckMarkerPair(scene, frame, a, b);
  if (markers != Refusal::kNone) return markers;
  const double distance = Distance(scene, a.object, b.object);
  if (distance < limits::kMinDistance) return Refusal::kObjectsOverlap;
  return NearRounding(distance, limits::kMetreStep, limits::kRoundingMargin)
             ? Refusal::kRoundingBorder
             : Refusal::kNone;
}

void Enumerate(const QaScene& scene, uint64_t seed, FactList& out) {
  std::vector<const SeenObject*> views;
  for (int32_t f = 0; f < static_cast<int32_t>(scene.frames.size()); ++f) {
    const QaFrame& frame = scene.frames[static_cast<size_t>(f)];
    UsableViews(frame, ViewUse::kPoint, out, views);
    for (size_t a = 0; a < views.size(); ++a) {
      for (size_t b = a + 1; b < views.size(); ++b) {
        const Refusal refusal = CheckPair(scene, frame, *views[a], *views[b]);
        if (refusal != Refusal::kNone) {
          out.Refuse(refusal);
          continue;
        }
        const int32_t id_a = views[a]->object, id_b = views[b]->object;
        const uint64_t key = FactKey(scene, kTask, {f}, {id_a, id_b});
        const bool swap = FactStream(scene, seed, kTask, key).Coin();
        out.facts.push_back(
            {.key = key,
             .answer_class = uint64_t(Distance(scene, id_a, id_b) / limits::kMetreStep + 0.5),
             .num_frames = 1,
             .num_objects = 2,
             .frame = {f, -1},
             .object = {{{ObjectRole::kRed, 0, swap ? id_b : id_a},
                         {ObjectRole::kBlue, 0, swap ? id_a : id_b}}}});
      }
    }
  }
}

Refusal Render(const QaScene& scene,
               const Fact& fact,
               const TaskFormat& format,
               RandomStream& rng,
               Question& out) {
  const double answer = Distance(scene, fact.object[0].object, fact.object[1].object);
  const MarkedNames names(scene, fact, "point");
  AddPointMarkers(scene, fact, out);
  AddValue(out.value_json, "answer_m", answer);
  out.value_json += '}';
  return RenderMeters(format, names.slots(), answer, rng, out);
}

}  // namespace

const TaskInfo& TaskInfo_distance_prediction_oo() {
  static constexpr std::string_view kModalities[] = {"single"};
  static constexpr TaskInfo kInfo{.summary = "straight-line distance between two marked objects",
                                  .modalities = kModalities,
                                  .formats = kFormats,
                                  .enumerate = Enumerate,
                                  .render = Render};
  return kInfo;
}

}  // namespace spatium
