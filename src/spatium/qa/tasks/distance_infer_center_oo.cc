// Which of two marked objects is nearer to (or farther from) a third.
#include <cmath>

#include "spatium/qa/fact_rules.h"
#include "spatium/qa/limits.h"
#include "spatium/qa/options.h"
#include "spatium/qa/render_number.h"
#include "spatium/qa/task.h"
#include "spatium/qa/wording/tails.h"
#include "spatium/relations/measure.h"

namespace spatium {
namespace {

constexpr std::string_view kTask = "distance_infer_center_oo";

// {nearer}: "closer to" or "farther from"; {nearest}: "closest to" or "farthest from".
constexpr std::string_view kQuestions[] = {
    "Which is {nearer} {the red}: {the green} or {the blue}?",
    "Compare {the green} with {the blue}: which of the two is {nearer} {the red}?",
    "Of {the blue} and {the green}, which one is {nearer} {the red}?",
    "Starting at {the red}, decide which is {nearer_adv}: {the blue} or {the green}.",
    "{The green} and {the blue} are two candidates. Which one is {nearer} {the red}?",
    "Between {the blue} and {the green}, name the one that is {nearer} {the red}.",
    "Measure from {the red} to {the green} and to {the blue}. Which distance is {shorter}?",
    "Tell which object is {nearest} {the red}, {the green} or {the blue}.",
    "Suppose you are at {the red}. Is it {the blue} or {the green} that is {nearer_adv}?",
    "Seen from {the red}, which of {the green} and {the blue} is at the {shorter} distance?",
    "Choose the one that is {nearest} {the red}: {the blue} or {the green}.",
    "Two lines run from {the red}, one to {the green}, one to {the blue}. Which line is {shorter}?",
    "Would you say that {the green} or {the blue} is {nearer} {the red}?",
    "Which of these has the {shorter} way to {the red}, {the blue} or {the green}?"};

constexpr std::string_view kAnswers[] = {
    "{The win} {win?is|are} {nearer} {the red}.",
    "It is {the win} that {win?is|are} {nearer} {the red}.",
    "Of the two, {the win} {win?is|are} {nearer} {the red}.",
    "{The win} {win?is|are} {nearer} {the red} than {the lose} {lose?is|are}.",
    "Compared with {the lose}, {the win} {win?is|are} {nearer} {the red}.",
    "The {shorter} distance to {the red} belongs to {the win}.",
    "From {the red}, the way to {the win} is the {shorter} one.",
    "{The win} {win?has|have} the {shorter} distance to {the red}.",
    "Measured from {the red}, {the win} {win?is|are} {nearer_adv} than {the lose}.",
    "I would choose {the win}, which {win?is|are} {nearest} {the red}.",
    "The one {nearest} {the red} is {the win}.",
    "Between the two, the {shorter} line from {the red} leads to {the win}."};

constexpr std::string_view kFillTails[] = {
    " Answer with the object and its marker, as written in the question.",
    " Name only that object together with its marker.",
    " Reply with nothing but the object's name and marker.",
    " Copy the object's name and marker from the question.",
    " Write just the name with its marker.",
    " State only which object it is, marker included.",
    " Give the name followed by its marker in brackets.",
    " No sentence, only the name and the marker."};

constexpr TaskFormat kFormats[] = {{AnswerFormat::kFill, kQuestions, {}},
                                   {AnswerFormat::kSelect, kQuestions, {}},
                                   {AnswerFormat::kSentence, kQuestions, kAnswers}};

struct Distances {
  double green, blue;
};
Distances Measure(const QaScene& scene, int32_t red, int32_t green, int32_t blue) {
  const auto center = [&](int32_t i) { return scene.objects[static_cast<size_t>(i)].center; };
  return {DistanceBetween(center(green), center(red)), DistanceBetween(center(blue), center(red))};
}

// Why red's distances to a and b cannot be compared; kNone if they can.
Refusal CheckTriple(const QaScene& scene,
                    const QaFrame& frame,
                    const SeenObject& red,
                    const SeenObject& a,
                    const SeenObject& b) {
  for (const SeenObject* other : {&a, &b}) {
    const Refusal refusal = CheckMarkerPair(scene, frame, red, *other);
    if (refusal != Refusal::kNone) return refusal;
  }
  const Distances d = Measure(scene, red.object, a.object, b.object);
  switch (DecideLarger(d.green, d.blue, limits::kNearerZone, limits::kNearerRelative)) {
    case Sign::kNone:
      return Refusal::kTie;
    case Sign::kBorder:
      return Refusal::kDeadZoneBorder;
    default:
      return Refusal::kNone;
  }
}

void Enumerate(const QaScene& scene, uint64_t seed, FactList& out) {
  std::vector<const SeenObject*> views;
  for (int32_t f = 0; f < static_cast<int32_t>(scene.frames.size()); ++f) {
    const QaFrame& frame = scene.frames[static_cast<size_t>(f)];
    UsableViews(frame, ViewUse::kPoint, out, views);
    for (size_t a = 0; a < views.size(); ++a) {
      for (size_t b = a + 1; b < views.size(); ++b) {
        const Refusal pair = CheckMarkerPair(scene, frame, *views[a], *views[b]);
        if (pair != Refusal::kNone) {
          out.Refuse(pair);
          continue;
        }
        for (const SeenObject* red : views) {
          if (red == views[a] || red == views[b]) continue;
          const Refusal refusal = CheckTriple(scene, frame, *red, *views[a], *views[b]);
          if (refusal != Refusal::kNone) {
            out.Refuse(refusal);
            continue;
          }
          const uint64_t key =
              FactKey(scene, kTask, {f}, {red->object, views[a]->object, views[b]->object});
          RandomStream rng = FactStream(scene, seed, kTask, key);
          const bool swap = rng.Coin(), farther = rng.Coin();
          const int32_t green = views[swap ? b : a]->object, blue = views[swap ? a : b]->object;
          const Distances d = Measure(scene, red->object, green, blue);
          const bool green_wins = (d.green > d.blue) == farther;
          out.facts.push_back({.key = key,
                               .answer_class = uint64_t(green_wins) * 2 + uint64_t(farther),
                               .num_frames = 1,
                               .num_objects = 3,
                               .ask = farther,
                               .frame = {f, -1},
                               .object = {{{ObjectRole::kRed, 0, red->object},
                                           {ObjectRole::kGreen, 0, green},
                                           {ObjectRole::kBlue, 0, blue}}}});
        }
      }
    }
  }
}

void AppendAnswer(const TaskFormat& format,
                  const MarkedNames& names,
                  bool green_wins,
                  RandomStream& rng,
                  Question& out) {
  const std::string& winner = names.text(green_wins ? ObjectRole::kGreen : ObjectRole::kBlue);
  switch (format.format) {
    case AnswerFormat::kSelect: {
      const bool blue_first = rng.Coin();
      for (const bool blue : {blue_first, !blue_first}) {
        const ObjectRole role = blue ? ObjectRole::kBlue : ObjectRole::kGreen;
        QuestionOption& option = out.AddOption();
        option.text = names.text(role);
        option.value_json.append("\"").append(Name(role)) += '"';
        if (blue != green_wins) out.correct = static_cast<int>(out.num_options) - 1;
      }
      AppendOptions(out.text, rng, out);
      out.answer = OptionLetter(static_cast<size_t>(out.correct));
      break;
    }
    case AnswerFormat::kSentence:
      AppendSentenceTail(out.text, rng);
      Expand(out.answer, Pick(rng, format.answers), names.slots());
      break;
    default:
      out.text += Pick(rng, kFillTails);
      out.answer = winner;
  }
}

Refusal Render(const QaScene& scene,
               const Fact& fact,
               const TaskFormat& format,
               RandomStream& rng,
               Question& out) {
  const bool farther = fact.ask != 0;
  const Distances d =
      Measure(scene, fact.object[0].object, fact.object[1].object, fact.object[2].object);
  const bool green_wins = (d.green > d.blue) == farther;
  MarkedNames names(scene, fact, "point");
  const auto object = [&](ObjectRole role) -> const QaObject& {
    return scene
        .objects[static_cast<size_t>(fact.object[role == ObjectRole::kGreen ? 1 : 2].object)];
  };
  const ObjectRole win = green_wins ? ObjectRole::kGreen : ObjectRole::kBlue;
  const ObjectRole lose = green_wins ? ObjectRole::kBlue : ObjectRole::kGreen;
  names.Add({"nearer", farther ? "farther from" : "closer to"});
  names.Add({"nearest", farther ? "farthest from" : "closest to"});
  names.Add({"nearer_adv", farther ? "farther away" : "closer"});
  names.Add({"shorter", farther ? "longer" : "shorter"});
  names.Add({"win", names.text(win), object(win).plural});
  names.Add({"lose", names.text(lose), object(lose).plural});
  Expand(out.text, Pick(rng, format.questions), names.slots());
  AppendBasis(out.text, rng);
  AddPointMarkers(scene, fact, out);
  out.value_json =
      farther ? "{\"ask\":\"farther\",\"distances_m\":[" : "{\"ask\":\"closer\",\"distances_m\":[";
  AppendNumber(out.value_json, d.green, 4);
  out.value_json += ',';
  AppendNumber(out.value_json, d.blue, 4);
  out.value_json += "]}";
  out.margin_name = "difference_m";
  out.margin = std::abs(d.green - d.blue);
  out.margin_threshold =
      std::max(limits::kNearerZone.width, limits::kNearerRelative * std::max(d.green, d.blue));
  AppendAnswer(format, names, green_wins, rng, out);
  return Refusal::kNone;
}

}  // namespace

const TaskInfo& TaskInfo_distance_infer_center_oo() {
  static constexpr std::string_view kModalities[] = {"single"};
  static constexpr TaskInfo kInfo{.summary = "which of two marked objects is nearer to a third",
                                  .modalities = kModalities,
                                  .formats = kFormats,
                                  .enumerate = Enumerate,
                                  .render = Render};
  return kInfo;
}

}  // namespace spatium
