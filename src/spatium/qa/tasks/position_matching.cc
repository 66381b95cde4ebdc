// The box of an object in a second picture, given its box in a first one.
#include "spatium/qa/fact_rules.h"
#include "spatium/qa/limits.h"
#include "spatium/qa/options.h"
#include "spatium/qa/render_number.h"
#include "spatium/qa/task.h"
#include "spatium/qa/wording/tails.h"
#include "spatium/relations/decide.h"

namespace spatium {
namespace {

constexpr std::string_view kTask = "position_matching";

constexpr std::string_view kQuestions[] = {
    "The first picture shows {the red}. Find the same {name} in the second picture and give the "
    "box around "
    "{red?it|them}.",
    "Where in the second picture is the box of {the red} from the first picture?",
    "{The red} {red?is|are} marked in the first image. Which box {red?does|do} the same {name} "
    "fill in the "
    "second image?",
    "Locate the {name} of the red box again in the second view.",
    "Match {the red} of image one to image two: what is the bounding box there?",
    "Both pictures show one room. Given {the red} in the first, box the same {name} in the second.",
    "After the camera moved, where {red?does|do} {the red} of the first image appear in the second "
    "one?",
    "Look at {the red} in picture one. Report the bounding box of the same {name} in picture two.",
    "Track {the red} from the first view to the second and state the new bounding box.",
    "The camera took a second picture. Which region of it shows {the red} of the first?",
    "Point out, as a box in the second image, the {name} that the red box marks in the first.",
    "Identify {the red} of the first photo in the second photo; which rectangle encloses "
    "{red?it|them} there?",
    "What are the corners of the rectangle that holds {the red} in the second image, if the first "
    "image "
    "has {red?it|them} in the red box?",
    "Search the second image for {the red} of the first image and say where the match is."};

constexpr std::string_view kScale[] = {
    " Coordinates run from 0 to 1000 on both axes, from the top left corner.",
    " Boxes are [x1, y1, x2, y2] on a scale of 0 to 1000 per axis, origin at the top left.",
    " The scale is 0 to 1000 in width and in height, starting at the top left.",
    " Positions are given as thousandths of the image's width and height, counted from the top "
    "left.",
    " Use [left, top, right, bottom], each between 0 and 1000.",
    " Left and top edges are 0, right and bottom edges 1000; a box is [x1, y1, x2, y2].",
    " x and y are scaled to 0-1000 with the origin at the top left corner.",
    " A box is written [x1, y1, x2, y2] with values from 0 to 1000."};

constexpr std::string_view kWhole[] = {
    " The box bounds the whole 3D extent of the object.",
    " The box spans the object's entire 3D bounding box as seen in the picture.",
    " Enclose the full extent of the object, hidden parts included.",
    " Take the outline of the object's 3D box in that picture.",
    " The rectangle goes around the projected 3D box of the object.",
    " What counts is the object's complete 3D box, projected into the picture."};

constexpr std::string_view kFillTails[] = {" Reply with the box only.",
                                           " Give nothing but the four numbers in brackets.",
                                           " Answer in the form [x1, y1, x2, y2].",
                                           " Write just the box, as [x1, y1, x2, y2].",
                                           " No words, only [x1, y1, x2, y2].",
                                           " State the four coordinates in square brackets.",
                                           " The answer is one box and no text.",
                                           " Return a single box [x1, y1, x2, y2]."};

constexpr std::string_view kAnswers[] = {
    "In the second image, the {name} {red?is|are} in the box {box}.",
    "The same {name} {red?appears|appear} at {box} in the second image.",
    "{box} is the bounding box of the {name} in the second picture.",
    "The second picture shows the {name} at {box}.",
    "The matching box in the second image is {box}.",
    "I find the {name} again at {box}.",
    "After the camera moved, the {name} {red?fills|fill} the box {box}.",
    "The box around the {name} in image two is {box}.",
    "In picture two the {name} {red?lies|lie} inside {box}.",
    "The match for the red box is {box}.",
    "The {name} {red?is|are} enclosed by {box} in the second view.",
    "The new position is the box {box}."};

constexpr TaskFormat kFormats[] = {{AnswerFormat::kFill, kQuestions, {}},
                                   {AnswerFormat::kSelect, kQuestions, {}},
                                   {AnswerFormat::kSentence, kQuestions, kAnswers}};

// A box at a rounding border would differ by one between two ways of measuring the object.
constexpr double kBoxMargin = 0.005;

bool Undecided(const SeenObject& seen) {
  for (const double value : seen.box_exact)
    if (value > 0 && value < 1000 && NearRounding(value, 1, kBoxMargin)) return true;
  return false;
}

// What can be asked of an object in a pair of views whose motion is fine.
Refusal CheckObject(const SeenObject& first, const SeenObject& second) {
  if (first.as_box != Refusal::kNone) return first.as_box;
  if (first.truncated_fraction > limits::kSearchTruncated) return Refusal::kTruncated;
  if (second.as_match != Refusal::kNone) return second.as_match;
  return Undecided(second) ? Refusal::kRoundingBorder : Refusal::kNone;
}

void EnumeratePair(const QaScene& scene, int32_t first, int32_t second, FactList& out) {
  const QaFrame& one = scene.frames[static_cast<size_t>(first)];
  const QaFrame& two = scene.frames[static_cast<size_t>(second)];
  for (const SeenObject& seen : one.seen) {
    const SeenObject* other = two.Find(seen.object);
    if (other == nullptr) continue;
    const Refusal refusal = CheckObject(seen, *other);
    if (refusal != Refusal::kNone) {
      out.Refuse(refusal);
      continue;
    }
    const uint64_t key = FactKey(scene, kTask, {first, second}, {seen.object});
    out.facts.push_back(
        {.key = key,
         .answer_class = key,
         .num_frames = 2,
         .num_objects = 2,
         .frame = {first, second},
         .object = {{{ObjectRole::kRed, 0, seen.object}, {ObjectRole::kTarget, 1, seen.object}}}});
  }
}

void Enumerate(const QaScene& scene, uint64_t, FactList& out) {
  const auto n = static_cast<int32_t>(scene.frames.size());
  for (int32_t a = 0; a < n; ++a) {
    for (int32_t b = a + 1; b < n; ++b) {
      // That both show the object well is overlap enough.
      const Refusal pair =
          CheckMotion(scene.frames[static_cast<size_t>(a)], scene.frames[static_cast<size_t>(b)]);
      if (pair != Refusal::kNone) {
        out.Refuse(pair);
        continue;
      }
      // From the one to the other and back are two questions with two answers.
      EnumeratePair(scene, a, b, out);
      EnumeratePair(scene, b, a, out);
    }
  }
}

void AppendBox(std::string& out, const std::array<int, 4>& box, std::string_view separator) {
  out += '[';
  for (size_t i = 0; i < box.size(); ++i) {
    if (i > 0) out += separator;
    AppendInt(out, box[i]);
  }
  out += ']';
}

// Boxes of other things in the second picture, then of anything in pictures drawn from the scene:
// real shapes of real things.
std::vector<std::array<int, 4>> OtherBoxes(const QaScene& scene,
                                           const Fact& fact,
                                           RandomStream& rng) {
  constexpr size_t kFrames = 6;
  std::vector<std::array<int, 4>> boxes;
  const auto add = [&](const QaFrame& frame) {
    for (const SeenObject& seen : frame.seen)
      if (seen.object != fact.object[0].object && seen.as_match == Refusal::kNone)
        boxes.push_back(seen.box);
  };
  add(scene.frames[static_cast<size_t>(fact.frame[1])]);
  for (size_t i = 0; i < kFrames; ++i) add(rng.Choice(scene.frames));
  return boxes;
}

Refusal RenderSelect(const QaScene& scene,
                     const Fact& fact,
                     const std::array<int, 4>& truth,
                     RandomStream& rng,
                     Question& out) {
  const auto wrong = BoxDistractors(truth, OtherBoxes(scene, fact, rng), rng);
  if (!wrong) return Refusal::kNoRoomForOptions;
  const auto add = [&](const std::array<int, 4>& box) {
    QuestionOption& option = out.AddOption();
    AppendBox(option.text, box, ", ");
    AppendBox(option.value_json, box, ",");
  };
  add(truth);
  for (const std::array<int, 4>& box : *wrong) add(box);
  out.correct = 0;
  ShuffleOptions(out, rng);
  AppendOptions(out.text, rng, out);
  out.answer = OptionLetter(static_cast<size_t>(out.correct));
  return Refusal::kNone;
}

Refusal Render(const QaScene& scene,
               const Fact& fact,
               const TaskFormat& format,
               RandomStream& rng,
               Question& out) {
  const SeenObject& target = ViewOf(scene, fact, fact.object[1]);
  const QaObject& object = scene.objects[static_cast<size_t>(fact.object[0].object)];
  MarkedNames names(scene, fact, "bbox");
  names.Add({"name", object.name, object.plural});
  AddBoxMarkers(scene, fact, out);
  out.value_json = "{\"box_1000\":";
  AppendBox(out.value_json, target.box, ",");
  out.value_json += '}';
  out.margin_name = "visible_fraction";
  out.margin = target.visible_fraction;
  out.margin_threshold = limits::kMatchUnhidden * (1 - limits::kMatchTruncated);
  Expand(out.text, Pick(rng, format.questions), names.slots());
  out.text += Pick(rng, kScale);
  out.text += Pick(rng, kWhole);
  switch (format.format) {
    case AnswerFormat::kSelect:
      return RenderSelect(scene, fact, target.box, rng, out);
    case AnswerFormat::kSentence: {
      std::string box;
      AppendBox(box, target.box, ", ");
      names.Add({"box", box});
      AppendSentenceTail(out.text, rng);
      Expand(out.answer, Pick(rng, format.answers), names.slots());
      break;
    }
    default:
      out.text += Pick(rng, kFillTails);
      AppendBox(out.answer, target.box, ", ");
  }
  return Refusal::kNone;
}

}  // namespace

const TaskInfo& TaskInfo_position_matching() {
  static constexpr std::string_view kModalities[] = {"multi"};
  static constexpr TaskInfo kInfo{
      .summary = "the box in a second picture of an object boxed in the first",
      .modalities = kModalities,
      .formats = kFormats,
      .enumerate = Enumerate,
      .render = Render};
  return kInfo;
}

}  // namespace spatium
