// How the camera moved and turned from a first picture to a second.
#include <algorithm>
#include <cmath>

#include "spatium/geometry/rigid.h"
#include "spatium/qa/fact_rules.h"
#include "spatium/qa/limits.h"
#include "spatium/qa/render_number.h"
#include "spatium/qa/task.h"
#include "spatium/qa/wording/tails.h"
#include "spatium/relations/decide.h"

namespace spatium {
namespace {

constexpr std::string_view kTask = "view_change_infer";

constexpr std::string_view kQuestions[] = {
    "How did the camera move and turn between the first picture and the second?",
    "Two pictures of one room: which motion takes the camera from the first view to the second?",
    "Work out the change of viewpoint from image one to image two.",
    "What must an observer at the first view do to see the second one?",
    "Compare the two images and infer how the photographer's position and direction changed.",
    "By which movement and rotation does the first view become the second?",
    "Estimate the camera's translation and rotation from the first image to the second.",
    "Someone took the first picture, then the second. How did their camera change its place and "
    "direction?",
    "Determine the step and the turn that lead from the viewpoint of image one to that of image "
    "two.",
    "Starting in the pose of the first photo, how does one reach the pose of the second photo?",
    "Recover the motion of the observer who saw the first image before the second.",
    "Which way, and how far, did the viewer go and look around between these two images?",
    "Tell the difference between the two camera poses, seen from the first.",
    "The same room is seen twice. Describe in numbers how the viewpoint was changed in between."};

constexpr std::string_view kAxes[] = {
    " Shifts are along the first camera's own right, up and forward directions; turns are to the "
    "left or "
    "right about the vertical, and up or down against the horizon.",
    " Measure the shift in the axes of the first camera, the turn as a change of heading and of "
    "tilt.",
    " Right, up and forward mean those of the first view. Left and right turns change the compass "
    "heading, up and down turns the tilt.",
    " Use the first camera's directions for the shift; give the rotation as heading (left, right) "
    "and "
    "tilt (up, down).",
    " The shift is told in the first camera's frame; the rotation is split into yaw about the "
    "vertical "
    "axis and pitch against the horizon.",
    " Translation refers to the first view's axes, rotation to heading and inclination."};

constexpr std::string_view kFillTails[] = {"\nUse exactly this form:\n",
                                           "\nFill in this pattern and write nothing else:\n",
                                           "\nGive the result in the following format only:\n",
                                           "\nThe reply has this shape:\n",
                                           "\nAnswer with one line of this kind:\n",
                                           "\nWrite the five values like this:\n",
                                           "\nThe answer must look like this:\n",
                                           "\nFormat of the reply, no other text:\n"};
constexpr std::string_view kPattern =
    "move_<right_or_left>:<meters>,move_<down_or_up>:<meters>,move_<forward_or_back>:<meters>,"
    "rotate_<down_or_up>:<degrees>,rotate_<right_or_left>:<degrees>";
constexpr std::string_view kPatternNotes[] = {
    "\nThe moves are in meters, the rotations in degrees; separate the parts by commas.",
    "\nMeters for the three moves, whole degrees for the two rotations, commas in between.",
    "\nFirst three values in meters, last two in degrees, joined by commas without blanks.",
    "\nPut meters after each move and degrees after each rotation, with commas between the five "
    "parts."};
constexpr std::string_view kExamples[] = {
    "\nFor example: move_right:0.4,move_up:0.2,move_forward:1.3,rotate_down:10,rotate_left:35",
    "\nAn example: move_left:1.1,move_down:0,move_backward:0.6,rotate_up:5,rotate_right:20",
    "\nSuch as: move_right:0.9,move_down:0.3,move_backward:0,rotate_up:0,rotate_left:15",
    "\nOne such line: move_left:0.2,move_up:0,move_forward:0.8,rotate_down:15,rotate_right:40"};

// {does}: "moves 0.4 meters to the right and rotates 10 degrees down", {do}, {did} likewise.
constexpr std::string_view kAnswers[] = {
    "The camera {does}.",
    "From the first view to the second, the camera {does}.",
    "The observer {did}.",
    "To get the second view, {do}.",
    "Between the two pictures the camera {did}.",
    "It takes this to reach the second view: {do}.",
    "The photographer {did}.",
    "Starting at the first image, the viewer {does}.",
    "One has to {do}.",
    "The viewpoint changes as follows: the camera {does}.",
    "The second picture was taken after the camera {did}.",
    "To see what the second image shows, an observer would {do}."};

constexpr TaskFormat kFormats[] = {{AnswerFormat::kFill, kQuestions, {}},
                                   {AnswerFormat::kSentence, kQuestions, kAnswers}};

// The five values in the order of the answer, with their words.
struct Part {
  std::string_view negative, positive;  // "left", "right"
  std::string_view in_words[2];         // of a sentence
  bool turn;
};
constexpr Part kParts[] = {{"left", "right", {"to the left", "to the right"}, false},
                           {"down", "up", {"down", "up"}, false},
                           {"backward", "forward", {"backward", "forward"}, false},
                           {"down", "up", {"down", "up"}, true},
                           {"left", "right", {"to the left", "to the right"}, true}};
using Values = std::array<double, 5>;

Values ValuesOf(const Motion& m) {
  return {m.moved.right_m, m.moved.up_m, m.moved.forward_m, m.pitch_up_deg, m.yaw_right_deg};
}
double StepOf(size_t part) { return kParts[part].turn ? limits::kTurnStepDeg : limits::kMoveStep; }

// The smallest distance to a rounding border, in steps.
double MarginInSteps(const Values& values) {
  double margin = 0.5;
  for (size_t i = 0; i < values.size(); ++i)
    margin = std::min(margin, RoundingMargin(values[i], StepOf(i)) / StepOf(i));
  return margin;
}

// Whether the other frames' surfaces put the camera elsewhere by more than the answer's steps.
bool PoseOff(const QaFrame& frame) {
  if (frame.pose_off || !frame.seen_from_world) return frame.pose_off;
  const auto &given = frame.cam_from_world, &seen = *frame.seen_from_world;
  const double turned_rad = AngleOf(seen.R * given.R.transpose()).rad();
  const double moved_m = (Inverse(seen).t - Inverse(given).t).norm();
  return moved_m > limits::kPoseMove ||
         turned_rad > Radians::FromDegrees(limits::kPoseTurnDeg).rad();
}

Refusal CheckPair(const QaScene& scene, const QaFrame& a, const QaFrame& b) {
  if (PoseOff(a) || PoseOff(b)) return Refusal::kPoseOff;
  const Refusal pair = CheckMotion(a, b);
  if (pair != Refusal::kNone) return pair;
  if (!Overlap(a, b)) return Refusal::kNoOverlap;
  const Motion motion = MotionBetween(a.cam_from_world, b.cam_from_world);
  if (!scene.aligned) return Refusal::kNoUpright;
  if (std::abs(motion.roll_deg) > limits::kMaxRollDeg) return Refusal::kRolled;
  const Values values = ValuesOf(motion);
  if (MarginInSteps(values) < limits::kStepMargin) return Refusal::kRoundingBorder;
  return Refusal::kNone;
}

void Enumerate(const QaScene& scene, uint64_t seed, FactList& out) {
  const auto n = static_cast<int32_t>(scene.frames.size());
  for (int32_t a = 0; a < n; ++a) {
    for (int32_t b = a + 1; b < n; ++b) {
      const uint64_t key = FactKey(scene, kTask, {a, b}, {});
      const bool swap = FactStream(scene, seed, kTask, key).Coin();
      const int32_t first = swap ? b : a, second = swap ? a : b;
      const Refusal refusal = CheckPair(scene,
                                        scene.frames[static_cast<size_t>(first)],
                                        scene.frames[static_cast<size_t>(second)]);
      if (refusal != Refusal::kNone) {
        out.Refuse(refusal);
        continue;
      }
      out.facts.push_back({.key = key,
                           .answer_class = key,
                           .num_frames = 2,
                           .frame = {first, second},
                           .object = {}});
    }
  }
}

// "1.6", "0", "15"
void AppendStep(std::string& out, double value, bool turn) {
  const double size = std::abs(value);
  const double rounded = RoundTo(size, turn ? limits::kTurnStepDeg : limits::kMoveStep);
  if (turn || rounded < limits::kMoveStep / 2) {
    AppendInt(out, std::llround(rounded));
  } else {
    AppendFixed(out, rounded, 1);
  }
}

std::string FillAnswer(const Values& values) {
  std::string out;
  for (size_t i = 0; i < values.size(); ++i) {
    const Part& part = kParts[i];
    if (i > 0) out += ',';
    out += part.turn ? "rotate_" : "move_";
    out += values[i] < 0 ? part.negative : part.positive;
    out += ':';
    AppendStep(out, values[i], part.turn);
  }
  return out;
}

// "0.4 meters to the right, 0.2 meters up and 1.3 meters forward"; empty if all are zero.
std::string PartsInWords(const Values& values, bool turns) {
  std::vector<std::string> words;
  for (size_t i = 0; i < values.size(); ++i) {
    if (kParts[i].turn != turns || RoundTo(std::abs(values[i]), StepOf(i)) < StepOf(i) / 2)
      continue;
    std::string& text = words.emplace_back();
    AppendStep(text, values[i], turns);
    text += turns ? " degrees " : " meters ";
    text += kParts[i].in_words[values[i] < 0 ? 0 : 1];
  }
  std::string out;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
    out += words[i];
  }
  return out;
}

std::string InWords(const Values& values, std::string_view move, std::string_view rotate) {
  const std::string moves = PartsInWords(values, false), turns = PartsInWords(values, true);
  std::string out;
  if (!moves.empty()) out.append(move).append(" ").append(moves);
  if (!moves.empty() && !turns.empty()) out += ", and ";
  if (!turns.empty()) out.append(rotate).append(" ").append(turns);
  return out;
}

Refusal Render(const QaScene& scene,
               const Fact& fact,
               const TaskFormat& format,
               RandomStream& rng,
               Question& out) {
  const Motion motion =
      MotionBetween(scene.frames[static_cast<size_t>(fact.frame[0])].cam_from_world,
                    scene.frames[static_cast<size_t>(fact.frame[1])].cam_from_world);
  const Values values = ValuesOf(motion);
  AddValue(out.value_json, "right_m", motion.moved.right_m);
  AddValue(out.value_json, "up_m", motion.moved.up_m);
  AddValue(out.value_json, "forward_m", motion.moved.forward_m);
  AddValue(out.value_json, "yaw_right_deg", motion.yaw_right_deg);
  AddValue(out.value_json, "pitch_up_deg", motion.pitch_up_deg);
  out.value_json += '}';
  out.margin_name = "rounding_steps";
  out.margin = MarginInSteps(values);
  out.margin_threshold = limits::kStepMargin;
  out.text += Pick(rng, format.questions);
  out.text += Pick(rng, kAxes);
  if (format.format == AnswerFormat::kFill) {
    out.text += Pick(rng, kFillTails);
    out.text += kPattern;
    out.text += Pick(rng, kPatternNotes);
    out.text += Pick(rng, kExamples);
    out.answer = FillAnswer(values);
  } else {
    AppendSentenceTail(out.text, rng);
    const std::string base = InWords(values, "move", "rotate");
    const std::string third = InWords(values, "moves", "rotates");
    const std::string past = InWords(values, "moved", "rotated");
    const std::array<Slot, 3> slots{{{"do", base}, {"does", third}, {"did", past}}};
    Expand(out.answer, Pick(rng, format.answers), slots);
  }
  return Refusal::kNone;
}

}  // namespace

const TaskInfo& TaskInfo_view_change_infer() {
  static constexpr std::string_view kModalities[] = {"multi"};
  static constexpr TaskInfo kInfo{.summary = "how the camera moved and turned between two pictures",
                                  .modalities = kModalities,
                                  .formats = kFormats,
                                  .enumerate = Enumerate,
                                  .render = Render};
  return kInfo;
}

}  // namespace spatium
