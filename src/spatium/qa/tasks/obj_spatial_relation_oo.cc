// Where one boxed object is relative to another, seen by the observer: left or right, above or
// below, closer or farther.
#include <algorithm>
#include <cmath>

#include "spatium/qa/fact_rules.h"
#include "spatium/qa/limits.h"
#include "spatium/qa/options.h"
#include "spatium/qa/render_number.h"
#include "spatium/qa/task.h"
#include "spatium/qa/wording/tails.h"
#include "spatium/relations/decide.h"

namespace spatium {
namespace {

constexpr std::string_view kTask = "obj_spatial_relation_oo";

constexpr std::string_view kQuestions[] = {
    "Where {red?is|are} {the red} relative to {the blue}, as the observer sees it?",
    "From the camera's point of view, how {red?is|are} {the red} placed with respect to {the "
    "blue}?",
    "Describe the position of {the red} compared with {the blue} from the viewpoint of this "
    "picture.",
    "Seen by the photographer, on which sides of {the blue} {red?does|do} {the red} lie?",
    "Take {the blue} as the reference. Where does the observer see {the red}?",
    "How {red?does|do} {the red} lie in relation to {the blue} when looking through the camera?",
    "Looking from where the picture was taken, locate {the red} relative to {the blue}.",
    "In the observer's view, what is the spatial relation of {the red} to {the blue}?",
    "Starting from {the blue}, in which directions would the viewer look to find {the red}?",
    "Give the place of {the red} as seen from the camera, with {the blue} as the landmark.",
    "For someone who stands at the camera, how {red?is|are} {the red} situated next to {the blue}?",
    "Judge from this viewpoint how {the red} {red?is|are} offset from {the blue}.",
    "Name the relation in which {the red} {red?stands|stand} to {the blue} for the observer.",
    "With the camera as the observer, say where {the red} {red?is|are} with regard to {the blue}."};

constexpr std::string_view kSlotNote[] = {
    "\nEach option has three parts: left or right, above or below, closer or farther; an empty "
    "part means "
    "that there is no clear difference.",
    "\nThe options list sideways, vertical and depth relation in this order, and leave a part "
    "empty where "
    "the two cannot be told apart.",
    "\nRead an option as (left/right, above/below, closer/farther); a blank stands for no "
    "noticeable "
    "difference.",
    "\nIn every option the first part is left or right, the second above or below, the third "
    "closer or "
    "farther. Parts without a clear difference are blank.",
    "\nOptions give three directions: sideways, up or down, near or far. Blank means "
    "indistinguishable."};

// {rel}: "to the left of", "farther from the observer than" ...
constexpr std::string_view kJudgeQuestions[] = {
    "Is it true that {the red} {red?is|are} {rel} {the blue} for the observer?",
    "Seen from the camera, {red?is|are} {the red} {rel} {the blue}?",
    "A viewer claims that {the red} {red?is|are} {rel} {the blue}. Does this fit the picture?",
    "From this viewpoint, would you say that {the red} {red?is|are} {rel} {the blue}?",
    "Check the statement: {the red} {red?is|are} {rel} {the blue}, as the observer sees it.",
    "Does the observer see {the red} {rel} {the blue}?",
    "Looking through the camera, {red?is|are} {the red} {rel} {the blue}?",
    "{The red} {red?is|are} {rel} {the blue} in the photographer's view. Correct?",
    "Consider the observer's perspective: {red?is|are} {the red} found {rel} {the blue}?",
    "Can one say from the camera's position that {the red} {red?is|are} {rel} {the blue}?",
    "Would someone standing at the camera find {the red} {rel} {the blue}?",
    "Judging by this picture, {red?does|do} {the red} lie {rel} {the blue}?",
    "Verify for the viewer: {the red} {red?is|are} located {rel} {the blue}.",
    "As seen in this view, {red?is|are} {the red} {rel} {the blue}, yes or no?"};

// {where}: "to the left of, above and closer than" put together.
constexpr std::string_view kAnswers[] = {
    "{The red} {red?is|are} {where} {the blue}.",
    "From the observer's view, {the red} {red?is|are} {where} {the blue}.",
    "The observer sees {the red} {where} {the blue}.",
    "As seen by the camera, {the red} {red?is|are} {where} {the blue}.",
    "One finds {the red} {where} {the blue} here.",
    "In this view, {the red} {red?is|are} located {where} {the blue}.",
    "For the viewer, {the red} {red?appears|appear} {where} {the blue}.",
    "Looking through the camera, {the red} {red?is|are} {where} {the blue}.",
    "Relative to the landmark, {the red} {red?is|are} {where} {the blue}.",
    "The position of {the red} is {where} {the blue}.",
    "Someone at the camera finds {the red} {where} {the blue}.",
    "One sees {the red} {where} {the blue}."};

constexpr TaskFormat kFormats[] = {{AnswerFormat::kSelect, kQuestions, {}},
                                   {AnswerFormat::kSentence, kQuestions, kAnswers},
                                   {AnswerFormat::kJudge, kJudgeQuestions, {}}};

Displacement Measure(const QaScene& scene, const QaFrame& frame, int32_t of, int32_t reference) {
  return InCamera(frame.cam_from_world,
                  scene.objects[static_cast<size_t>(of)].center,
                  scene.objects[static_cast<size_t>(reference)].center);
}

// Above and below are the camera's. Where gravity says otherwise (a camera that looks down sees a
// far thing on the floor "above" a near one) people disagree, so such a pair is not asked.
bool GravityDisagrees(const QaScene& scene,
                      const QaFrame& frame,
                      const SeenObject& a,
                      const SeenObject& b,
                      const ViewRelation& relation) {
  const Displacement level = InLevelCamera(frame.cam_from_world,
                                           scene.objects[static_cast<size_t>(a.object)].center,
                                           scene.objects[static_cast<size_t>(b.object)].center);
  const auto vertical = static_cast<size_t>(Axis::kVertical);
  const Sign upright = Decide(level.up_m, limits::kRelationZone);
  return relation.sign[vertical] != upright;
}

Refusal CheckPair(const QaScene& scene,
                  const QaFrame& frame,
                  const SeenObject& a,
                  const SeenObject& b) {
  const Refusal boxes = CheckBoxPair(scene, a, b);
  if (boxes != Refusal::kNone) return boxes;
  const ViewRelation relation =
      DecideView(Measure(scene, frame, a.object, b.object), limits::kRelationZone);
  if (!relation.Decided()) return Refusal::kDeadZoneBorder;
  if (!relation.AnyWord()) return Refusal::kTie;
  if (!scene.aligned) return Refusal::kNoUpright;
  return GravityDisagrees(scene, frame, a, b, relation) ? Refusal::kViewAgainstGravity
                                                        : Refusal::kNone;
}

void Enumerate(const QaScene& scene, uint64_t seed, FactList& out) {
  std::vector<const SeenObject*> views;
  for (int32_t f = 0; f < static_cast<int32_t>(scene.frames.size()); ++f) {
    const QaFrame& frame = scene.frames[static_cast<size_t>(f)];
    UsableViews(frame, ViewUse::kCenteredBox, out, views);
    for (size_t a = 0; a < views.size(); ++a) {
      for (size_t b = a + 1; b < views.size(); ++b) {
        const Refusal refusal = CheckPair(scene, frame, *views[a], *views[b]);
        if (refusal != Refusal::kNone) {
          out.Refuse(refusal);
          continue;
        }
        const uint64_t key = FactKey(scene, kTask, {f}, {views[a]->object, views[b]->object});
        const bool swap = FactStream(scene, seed, kTask, key).Coin();
        const int32_t red = views[swap ? b : a]->object, blue = views[swap ? a : b]->object;
        const ViewRelation relation =
            DecideView(Measure(scene, frame, red, blue), limits::kRelationZone);
        uint64_t answer = 0;
        for (const Sign sign : relation.sign) answer = answer * 4 + static_cast<uint64_t>(sign);
        out.facts.push_back(
            {.key = key,
             .answer_class = answer,
             .num_frames = 1,
             .num_objects = 2,
             .frame = {f, -1},
             .object = {{{ObjectRole::kRed, 0, red}, {ObjectRole::kBlue, 0, blue}}}});
      }
    }
  }
}

// "left" -> "to the left of", "farther" -> "farther away than"
std::string_view Relating(std::string_view word) {
  if (word == "left") return "to the left of";
  if (word == "right") return "to the right of";
  if (word == "closer") return "closer to the observer than";
  if (word == "farther") return "farther from the observer than";
  return word;
}

// "to the left of, above and closer to the observer than"
std::string Where(const SlotWords& words) {
  std::vector<std::string_view> parts;
  for (const std::string_view word : words)
    if (!word.empty()) parts.push_back(Relating(word));
  std::string text(parts[0]);
  for (size_t i = 1; i < parts.size(); ++i) {
    text += i + 1 == parts.size() ? " and " : ", ";
    text += parts[i];
  }
  return text;
}

void AppendSlots(std::string& out, const SlotWords& words) {
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += ", ";
    out += words[i];
  }
}

void AppendSlotsJson(std::string& out, const SlotWords& words) {
  out += '[';
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += ',';
    out.append("\"").append(words[i]) += '"';
  }
  out += ']';
}

Refusal RenderSelect(const SlotWords& words, RandomStream& rng, Question& out) {
  const auto options = SlotOptions(words, rng);
  if (!options) return Refusal::kNoRoomForOptions;
  for (const SlotWords& slots : *options) {
    QuestionOption& option = out.AddOption();
    AppendSlots(option.text, slots);
    AppendSlotsJson(option.value_json, slots);
  }
  out.correct = 0;
  ShuffleOptions(out, rng);
  out.text += Pick(rng, kSlotNote);
  AppendOptions(out.text, rng, out);
  out.answer = OptionLetter(static_cast<size_t>(out.correct));
  return Refusal::kNone;
}

// One relation that has a word, or its opposite; the asked word joins the value.
void RenderJudge(const TaskFormat& format,
                 const SlotWords& words,
                 MarkedNames& names,
                 RandomStream& rng,
                 Question& out) {
  std::vector<std::string_view> known;
  for (const std::string_view word : words)
    if (!word.empty()) known.push_back(word);
  const std::string_view truth = rng.Choice(known);
  const bool yes = rng.Coin();
  const std::string_view asked = yes ? truth : OppositeWord(truth);
  names.Add({"rel", Relating(asked)});
  Expand(out.text, Pick(rng, format.questions), names.slots());
  AppendBasis(out.text, rng);
  AppendJudgeTail(out.text, rng);
  out.answer = yes ? "Yes" : "No";
  out.value_json.append(",\"asked\":\"").append(asked) += '"';
}

Refusal Render(const QaScene& scene,
               const Fact& fact,
               const TaskFormat& format,
               RandomStream& rng,
               Question& out) {
  const QaFrame& frame = scene.frames[static_cast<size_t>(fact.frame[0])];
  const Displacement d = Measure(scene, frame, fact.object[0].object, fact.object[1].object);
  const ViewRelation relation = DecideView(d, limits::kRelationZone);
  const SlotWords words{relation.Word(Axis::kSideways),
                        relation.Word(Axis::kVertical),
                        relation.Word(Axis::kLineOfSight)};
  MarkedNames names(scene, fact, "bbox");
  AddBoxMarkers(scene, fact, out);
  AddValue(out.value_json, "right_m", d.right_m);
  AddValue(out.value_json, "up_m", d.up_m);
  AddValue(out.value_json, "far_m", d.forward_m);
  out.value_json += ",\"slots\":";
  AppendSlotsJson(out.value_json, words);
  out.margin_name = "dead_zone_m";
  out.margin = std::min({DecisionMargin(d.right_m, limits::kRelationZone),
                         DecisionMargin(d.up_m, limits::kRelationZone),
                         DecisionMargin(d.forward_m, limits::kRelationZone)});
  out.margin_threshold = limits::kRelationZone.margin;
  Refusal refusal = Refusal::kNone;
  if (format.format == AnswerFormat::kJudge) {
    RenderJudge(format, words, names, rng, out);
  } else {
    Expand(out.text, Pick(rng, format.questions), names.slots());
    AppendBasis(out.text, rng);
    if (format.format == AnswerFormat::kSelect) {
      refusal = RenderSelect(words, rng, out);
    } else {
      const std::string where = Where(words);
      names.Add({"where", where});
      AppendSentenceTail(out.text, rng);
      Expand(out.answer, Pick(rng, format.answers), names.slots());
    }
  }
  out.value_json += '}';
  return refusal;
}

}  // namespace

const TaskInfo& TaskInfo_obj_spatial_relation_oo() {
  static constexpr std::string_view kModalities[] = {"single"};
  static constexpr TaskInfo kInfo{
      .summary =
          "left or right, above or below, closer or farther: one boxed object against another",
      .modalities = kModalities,
      .formats = kFormats,
      .enumerate = Enumerate,
      .render = Render};
  return kInfo;
}

}  // namespace spatium
