// The depth of one marked object, given that of another in the same picture.
#include "spatium/qa/fact_rules.h"
#include "spatium/qa/limits.h"
#include "spatium/qa/render_number.h"
#include "spatium/qa/task.h"

namespace spatium {
namespace {

constexpr std::string_view kTask = "depth_prediction_oc";

constexpr std::string_view kQuestions[] = {
    "{The red} {red?lies|lie} at a depth of {ref} meters. At what depth {blue?is|are} {the blue}?",
    "If {the red} {red?has|have} a depth of {ref} meters, how deep in the scene {blue?is|are} {the "
    "blue}?",
    "Knowing that {the red} {red?is|are} {ref} meters deep, estimate the depth of {the blue}.",
    "The depth of {the red} is {ref} meters. Find the depth of {the blue} in this picture.",
    "Take {ref} meters as the depth of {the red}; what depth does that give {the blue}?",
    "Along the viewing direction {the red} {red?is|are} {ref} meters from the camera. How far "
    "along it "
    "{blue?is|are} {the blue}?",
    "With {the red} as a reference at {ref} meters of depth, tell the depth of {the blue}.",
    "A depth map would read {ref} meters for {the red}. What would it read for {the blue}?",
    "Measured from the image plane, {the red} {red?is|are} {ref} meters away. Work out the same "
    "measure for {the blue}.",
    "In the camera's frame the z value of {the red} is {ref} meters. What is the z value of {the "
    "blue}?",
    "{The red} {red?serves|serve} as the yardstick: depth {ref} meters. Give the depth of {the "
    "blue}.",
    "Someone measured a depth of {ref} meters for {the red}. Which depth would they measure for "
    "{the "
    "blue}?",
    "Given {ref} meters of depth at {the red}, derive how deep {the blue} {blue?is|are}.",
    "How many meters of depth separate the camera from {the blue}, when {the red} {red?is|are} "
    "{ref} "
    "meters deep?"};

constexpr std::string_view kAnswers[] = {
    "{The blue} {blue?is|are} about {n} meters deep.",
    "The depth of {the blue} is roughly {n} meters.",
    "{The blue} {blue?lies|lie} at a depth of {n} meters.",
    "I estimate a depth of {n} meters for {the blue}.",
    "With the reference at {ref} meters, {the blue} {blue?comes|come} out at {n} meters.",
    "It is {n} meters along the viewing direction to {the blue}.",
    "A depth of about {n} meters belongs to {the blue}.",
    "The camera sees {the blue} at {n} meters of depth.",
    "Compared with {ref} meters for {the red}, the depth of {the blue} is {n} meters.",
    "Measured along the optical axis, {the blue} {blue?is|are} {n} meters away.",
    "{n} meters is the depth of {the blue}.",
    "The z value of {the blue} is close to {n} meters."};

constexpr TaskFormat kFormats[] = {{AnswerFormat::kFill, kQuestions, {}},
                                   {AnswerFormat::kSelect, kQuestions, {}},
                                   {AnswerFormat::kSentence, kQuestions, kAnswers}};

bool Undecided(const SeenObject& seen) {
  return NearRounding(seen.depth_m, limits::kMetreStep, limits::kRoundingMargin);
}

// Either object may be the reference: these are two different questions.
void AddFact(const QaScene& scene,
             int32_t frame,
             const SeenObject& red,
             const SeenObject& blue,
             FactList& out) {
  out.facts.push_back(
      {.key = FactKey(scene, kTask, {frame}, {red.object, blue.object}),
       .answer_class = uint64_t(blue.depth_m / limits::kMetreStep + 0.5),
       .num_frames = 1,
       .num_objects = 2,
       .frame = {frame, -1},
       .object = {{{ObjectRole::kRed, 0, red.object}, {ObjectRole::kBlue, 0, blue.object}}}});
}

void Enumerate(const QaScene& scene, uint64_t, FactList& out) {
  std::vector<const SeenObject*> views;
  for (int32_t f = 0; f < static_cast<int32_t>(scene.frames.size()); ++f) {
    const QaFrame& frame = scene.frames[static_cast<size_t>(f)];
    UsableViews(frame, ViewUse::kPoint, out, views);
    out.Refuse(Refusal::kRoundingBorder,
               std::erase_if(views, [](const SeenObject* v) { return Undecided(*v); }));
    for (size_t a = 0; a < views.size(); ++a) {
      for (size_t b = a + 1; b < views.size(); ++b) {
        const Refusal refusal = CheckMarkerPair(scene, frame, *views[a], *views[b]);
        if (refusal != Refusal::kNone) {
          out.Refuse(refusal);
          continue;
        }
        AddFact(scene, f, *views[a], *views[b], out);
        AddFact(scene, f, *views[b], *views[a], out);
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
  const double answer = ViewOf(scene, fact, fact.object[1]).depth_m;
  std::string ref_text;
  AppendFixed(ref_text, ref, 1);
  MarkedNames names(scene, fact, "point");
  names.Add({"ref", ref_text});
  AddPointMarkers(scene, fact, out);
  AddValue(out.value_json, "depth_ref_m", ref);
  AddValue(out.value_json, "answer_m", answer);
  out.value_json += '}';
  return RenderMeters(format, names.slots(), answer, rng, out);
}

}  // namespace

const TaskInfo& TaskInfo_depth_prediction_oc() {
  static constexpr std::string_view kModalities[] = {"single"};
  static constexpr TaskInfo kInfo{
      .summary = "depth of a marked object, given the depth of another one in the picture",
      .modalities = kModalities,
      .formats = kFormats,
      .enumerate = Enumerate,
      .render = Render};
  return kInfo;
}

}  // namespace spatium
