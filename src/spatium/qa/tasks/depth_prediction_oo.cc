// The difference in depth of two marked objects, given the depth of a third as a scale.
#include <cmath>

#include "spatium/qa/fact_rules.h"
#include "spatium/qa/limits.h"
#include "spatium/qa/render_number.h"
#include "spatium/qa/task.h"

namespace spatium {
namespace {

constexpr std::string_view kTask = "depth_prediction_oo";

constexpr std::string_view kQuestions[] = {
    "{The red} {red?is|are} {ref} meters deep. By how much do the depths of {the green} and {the "
    "blue} "
    "differ?",
    "With {ref} meters as the depth of {the red}, what is the depth difference between {the blue} "
    "and "
    "{the green}?",
    "Given a depth of {ref} meters for {the red}, compare {the green} with {the blue}: how large "
    "is the gap "
    "in depth?",
    "Use {the red} at {ref} meters of depth as a scale and find how much deeper one of {the green} "
    "and "
    "{the blue} is than the other.",
    "How many meters of depth lie between {the blue} and {the green}, if {the red} {red?has|have} "
    "depth "
    "{ref} meters?",
    "A depth of {ref} meters is known for {the red}. Determine the absolute depth difference of "
    "{the "
    "green} and {the blue}.",
    "Along the viewing direction {the red} {red?is|are} {ref} meters away. How far apart along it "
    "are {the "
    "green} and {the blue}?",
    "Subtract the smaller depth from the larger one for {the blue} and {the green}, knowing that "
    "{the "
    "red} {red?lies|lie} at {ref} meters.",
    "{The red} {red?gives|give} the scale: {ref} meters of depth. What separates {the green} from "
    "{the "
    "blue} in depth?",
    "In the camera's frame {the red} {red?has|have} z = {ref} meters. What is the difference in z "
    "of {the "
    "green} and {the blue}?",
    "Suppose the depth at {the red} is {ref} meters. How much do {the blue} and {the green} differ "
    "in "
    "depth?",
    "Estimate the depth gap from {the green} to {the blue}; as a hint, {the red} {red?is|are} "
    "{ref} "
    "meters deep.",
    "If a depth map shows {ref} meters at {the red}, by what amount would its values at {the "
    "green} and "
    "{the blue} differ?",
    "Taking {ref} meters for {the red}, tell how large the difference of depth is between {the "
    "green} "
    "and {the blue}."};

constexpr std::string_view kAnswers[] = {
    "The depths of {the green} and {the blue} differ by about {n} meters.",
    "There are {n} meters of depth between {the green} and {the blue}.",
    "The difference in depth is {n} meters.",
    "{n} meters of depth separate {the blue} from {the green}.",
    "Along the viewing direction, {the green} and {the blue} are {n} meters apart.",
    "I find a depth difference of roughly {n} meters between {the blue} and {the green}.",
    "With {the red} at {ref} meters, the gap in depth comes to {n} meters.",
    "One of {the green} and {the blue} is about {n} meters deeper than the other.",
    "The z values of {the green} and {the blue} are {n} meters apart.",
    "Seen from the camera, the depth gap measures {n} meters.",
    "Between {the blue} and {the green} the depth changes by {n} meters.",
    "Their depths are {n} meters apart."};

constexpr TaskFormat kFormats[] = {{AnswerFormat::kFill, kQuestions, {}},
                                   {AnswerFormat::kSelect, kQuestions, {}},
                                   {AnswerFormat::kSentence, kQuestions, kAnswers}};

// Why the depths of a pair cannot be compared; kNone if they can.
Refusal CheckDifference(const SeenObject& a, const SeenObject& b) {
  const double difference = std::abs(a.depth_m - b.depth_m);
  if (difference < limits::kMinDepthDifference) return Refusal::kTie;
  return NearRounding(difference, limits::kMetreStep, limits::kRoundingMargin)
             ? Refusal::kRoundingBorder
             : Refusal::kNone;
}

// A red object for the pair; nothing if its depth is at a rounding border or a marker in the way.
Refusal CheckReference(const QaScene& scene,
                       const QaFrame& frame,
                       const SeenObject& red,
                       const SeenObject& a,
                       const SeenObject& b) {
  if (NearRounding(red.depth_m, limits::kMetreStep, limits::kRoundingMargin))
    return Refusal::kRoundingBorder;
  const Refusal first = CheckMarkerPair(scene, frame, red, a);
  return first != Refusal::kNone ? first : CheckMarkerPair(scene, frame, red, b);
}

void Enumerate(const QaScene& scene, uint64_t seed, FactList& out) {
  std::vector<const SeenObject*> views;
  for (int32_t f = 0; f < static_cast<int32_t>(scene.frames.size()); ++f) {
    const QaFrame& frame = scene.frames[static_cast<size_t>(f)];
    UsableViews(frame, ViewUse::kPoint, out, views);
    for (size_t a = 0; a < views.size(); ++a) {
      for (size_t b = a + 1; b < views.size(); ++b) {
        Refusal refusal = CheckMarkerPair(scene, frame, *views[a], *views[b]);
        if (refusal == Refusal::kNone) refusal = CheckDifference(*views[a], *views[b]);
        if (refusal != Refusal::kNone) {
          out.Refuse(refusal);
          continue;
        }
        const double difference = std::abs(views[a]->depth_m - views[b]->depth_m);
        for (const SeenObject* red : views) {
          if (red == views[a] || red == views[b]) continue;
          refusal = CheckReference(scene, frame, *red, *views[a], *views[b]);
          if (refusal != Refusal::kNone) {
            out.Refuse(refusal);
            continue;
          }
          const uint64_t key =
              FactKey(scene, kTask, {f}, {red->object, views[a]->object, views[b]->object});
          const bool swap = FactStream(scene, seed, kTask, key).Coin();
          const SeenObject &blue = *views[swap ? b : a], &green = *views[swap ? a : b];
          out.facts.push_back({.key = key,
                               .answer_class = uint64_t(difference / limits::kMetreStep + 0.5),
                               .num_frames = 1,
                               .num_objects = 3,
                               .frame = {f, -1},
                               .object = {{{ObjectRole::kRed, 0, red->object},
                                           {ObjectRole::kBlue, 0, blue.object},
                                           {ObjectRole::kGreen, 0, green.object}}}});
        }
      }
    }
  }
}

Refusal Render(const QaScene& scene,
               const Fact& fact,
               const TaskFormat& format,
               RandomStream& rng,
               Question& out) {
  const double ref = ViewOf(scene, fact, fact.object[0]).depth_m;
  const double blue = ViewOf(scene, fact, fact.object[1]).depth_m;
  const double green = ViewOf(scene, fact, fact.object[2]).depth_m;
  std::string ref_text;
  AppendFixed(ref_text, ref, 1);
  MarkedNames names(scene, fact, "point");
  names.Add({"ref", ref_text});
  AddPointMarkers(scene, fact, out);
  AddValue(out.value_json, "depth_ref_m", ref);
  AddValue(out.value_json, "depth_a_m", blue);
  AddValue(out.value_json, "depth_b_m", green);
  AddValue(out.value_json, "answer_m", std::abs(green - blue));
  out.value_json += '}';
  return RenderMeters(format, names.slots(), std::abs(green - blue), rng, out);
}

}  // namespace

const TaskInfo& TaskInfo_depth_prediction_oo() {
  static constexpr std::string_view kModalities[] = {"single"};
  static constexpr TaskInfo kInfo{
      .summary = "difference in depth of two marked objects, given the depth of a third",
      .modalities = kModalities,
      .formats = kFormats,
      .enumerate = Enumerate,
      .render = Render};
  return kInfo;
}

}  // namespace spatium
