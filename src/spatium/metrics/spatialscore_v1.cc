#include "spatium/metrics/spatialscore_v1.h"

#include <algorithm>
#include <array>

#include "spatium/base/json.h"
#include "spatium/base/text.h"
#include "spatium/metrics/mra.h"
#include "spatium/metrics/python_value.h"
#include "spatium/metrics/regex.h"
#include "spatium/metrics/spatialscore.h"

namespace spatium {
namespace {

// A longer reply is read from here before its end: collapsing ranges costs the square of it.
constexpr size_t kLongestReply = size_t{1} << 14;

bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

py::View Tail(py::View text) {
  return text.size() > kLongestReply ? text.substr(text.size() - kLongestReply) : text;
}

// extract_number: the last number, else a number word ("twenty" wins over "two", whatever their
// order), else the text itself.
py::Str LastNumber(py::View reply) {
  static const py::Regex kTags(
      U"</?(?:CONCLUSION|conclusion|ANSWER|answer|ASSISTANT|assistant|think|/think)>");
  const py::Str cleaned = kTags.Sub(reply, U"");
  const py::View text = py::Strip(cleaned);
  if (py::IsDigitText(text)) return py::Str(text);
  static const py::Regex kNumber(UR"(\d+(?:\.\d+)?)");
  if (const auto numbers = kNumber.FindAll(text); !numbers.empty())
    return py::Str(numbers.back().Group(0));
  static constexpr std::array<py::View, 21> kWords = {
      U"zero",     U"one",     U"two",     U"three",     U"four",     U"five",     U"six",
      U"seven",    U"eight",   U"nine",    U"ten",       U"eleven",   U"twelve",   U"thirteen",
      U"fourteen", U"fifteen", U"sixteen", U"seventeen", U"eighteen", U"nineteen", U"twenty"};
  const py::Str lower = py::Lower(text);
  const auto words = py::Split(lower);
  for (size_t n = kWords.size(); n-- > 0;)
    if (std::find(words.begin(), words.end(), kWords[n]) != words.end())
      return py::FromUtf8(std::to_string(n));
  return py::Str(text);
}

double Mra(double value, double target) {
  if (target == 0) return value == 0 ? 1 : 0;
  return VsiMra(value, target).value_or(0);
}

// "10-15 cm" becomes "15.0 cm", until no range is left.
py::Str CollapseRanges(py::Str text) {
  static const py::Regex kRange(
      UR"((-?\d+(?:\.\d+)?)\s*(?:-|–|—|~|to)\s*(-?\d+(?:\.\d+)?)(?:\s*([A-Za-z]+))?)",
      py::Regex::kIgnoreCase);
  while (const auto match = kRange.Search(text)) {
    const double high = std::max(*py::Float(match->Group(1)), *py::Float(match->Group(2)));
    py::Str replacement = py::FromUtf8(py::Repr(high));
    if (match->Has(3) && !match->Group(3).empty()) {
      replacement += U' ';
      replacement += match->Group(3);
    }
    const size_t begin = match->begin(), end = match->end();
    text.replace(begin, end - begin, replacement);
  }
  return text;
}

std::string Unit(py::View name) {
  std::string lower = py::ToUtf8(py::Lower(py::Strip(name)));
  if (IsOneOf(lower, {"m", "meter", "metre", "meters", "metres"})) return "meter";
  if (IsOneOf(lower, {"cm", "centimeter", "centimeters"})) return "centimeter";
  if (IsOneOf(lower, {"mm", "millimeter", "millimeters"})) return "millimeter";
  if (IsOneOf(lower, {"in", "inch", "inches"})) return "inch";
  if (IsOneOf(lower, {"ft", "feet", "foot"})) return "foot";
  return lower;
}
// Centimetres in a unit; an unknown one counts as one.
double Centimeters(std::string_view unit) {
  if (unit == "meter") return 100;
  if (unit == "millimeter") return 0.1;
  if (unit == "inch") return 2.54;
  return unit == "foot" ? 30.48 : 1;
}

struct Length {
  double value;
  std::string unit;
};

// All lengths that the patterns find, one pattern after the other; the last one counts.
std::vector<Length> Lengths(py::View text) {
  std::vector<Length> found;
  const auto add = [&](py::View value, py::View unit) {
    std::string name = Unit(unit);
    if (const auto number = py::Float(value); number && !name.empty())
      found.push_back({*number, std::move(name)});
  };
  static const py::Regex kScalar(UR"(\\scalar\{([^}]+)\})"),
      kUnit(UR"(\\distance_unit\{([^}]+)\})"), kNumber(UR"(-?\d+\.?\d*)");
  const auto scalars = kScalar.FindAll(text), units = kUnit.FindAll(text);
  if (!scalars.empty() && !units.empty())
    if (const auto number = kNumber.Search(scalars.back().Group(1)))
      add(number->Group(0), units.back().Group(1));
  static const py::Regex kPatterns[] = {
      py::Regex(UR"((-?\d+(?:\.\d+)?)\s*\\\s*([A-Za-z]+))"),
      py::Regex(UR"(\*\*\s*(-?\d+(?:\.\d+)?)\s*([A-Za-z]+)\s*\*\*)"),
      py::Regex(UR"((-?\d+(?:\.\d+)?)\s*(meters?|metres?|centimeters?|millimeters?|cm|mm|m|inches?)"
                UR"(|inch|feet|foot|ft))",
                py::Regex::kIgnoreCase)};
  for (const py::Regex& pattern : kPatterns)
    for (const py::Match& match : pattern.FindAll(text)) add(match.Group(1), match.Group(2));
  return found;
}

// extract_numeric_with_unit: reply and gold in centimetres; none where the script goes on to bare
// numbers.
std::optional<std::pair<double, double>> BothInCentimeters(py::View reply, py::View gold) {
  const py::Str lower = py::Lower(reply);
  if (py::Contains(lower, U"unable") && py::Contains(lower, U"distance")) return std::nullopt;
  static const py::Regex kTags(U"</?(?:CONCLUSION|conclusion|ANSWER|answer|ASSISTANT|assistant)>");
  py::Str text(py::Strip(kTags.Sub(reply, U"")));
  const py::View end_of_thinking = U"◁/think▷";
  if (const size_t at = text.rfind(end_of_thinking); at != py::Str::npos)
    text = text.substr(at + end_of_thinking.size());
  text = CollapseRanges(std::move(text));
  static const py::Regex kGold(UR"((-?\d+\.?\d*)\s*([A-Za-z]+))");
  const auto gold_match = kGold.Search(gold);
  if (!gold_match) return std::nullopt;
  const std::string gold_unit = Unit(gold_match->Group(2));
  const double target = *py::Float(gold_match->Group(1)) * Centimeters(gold_unit);
  if (const auto lengths = Lengths(text); !lengths.empty())
    return std::pair(lengths.back().value * Centimeters(lengths.back().unit), target);
  static const py::Regex kNumber(UR"(-?\d+(?:\.\d+)?)");
  const auto numbers = kNumber.FindAll(text);
  if (numbers.empty()) return std::nullopt;
  const double value = *py::Float(numbers.back().Group(0));
  if (value <= 0 || value > 1e4) return std::nullopt;
  return std::pair(value * Centimeters(gold_unit), target);
}

std::optional<double> LargestNumber(py::View text) {
  static const py::Regex kNumber(UR"(-?\d+(?:\.\d+)?)");
  std::optional<double> largest;
  for (const py::Match& match : kNumber.FindAll(text)) {
    const double value = *py::Float(match.Group(0));
    if (!largest || value > *largest) largest = value;
  }
  return largest;
}

bool IsPlainNumber(py::View text) {
  static const py::Regex kAlone(UR"(^\s*-?\d+(?:\.\d+)?\s*$)");
  static const py::Regex kUnit(UR"(\d+\.?\d*\s*[a-zA-Z]+)");
  return kAlone.MatchStart(text) && !kUnit.Search(text);
}

bool IsCounting(const SpatialScoreV1Question& q, py::View reply) {
  for (const std::string& name : {q.sub_task, q.task})
    if (ToLower(name).find("count") != std::string::npos) return true;
  return SpatialScoreV1AsksModel(q) &&
         (IsPlainNumber(py::FromUtf8(q.gold)) || IsPlainNumber(reply));
}

bool IsLetter(py::View text) { return text.size() == 1 && text[0] >= U'A' && text[0] <= U'F'; }

double ScoreChoice(const SpatialScoreV1Question& q, py::View reply) {
  py::Str letter = SpatialScoreOption(reply);
  if (!IsLetter(letter)) {
    const py::Str number(py::Strip(LastNumber(reply)));
    for (size_t k = 0; k < q.options.size() && k < 26; ++k) {
      const py::Str text = py::FromUtf8(q.options[k]);
      const py::View option = py::Strip(text);
      const bool same_integer = py::IsDigitText(option) && py::IsDigitText(number) &&
                                py::ParseInt(option) && py::ParseInt(number) &&
                                py::ParseInt(option)->value == py::ParseInt(number)->value;
      if (option != number && !same_integer) continue;
      letter = py::Str(1, static_cast<char32_t>(U'A' + k));
      break;
    }
  }
  const py::Str gold = py::Upper(SpatialScoreOption(py::FromUtf8(q.gold)));
  return !letter.empty() && !gold.empty() && py::Upper(letter) == gold ? 1 : 0;
}

constexpr std::string_view kJudge =
    R"text(You are an evaluator. Your ONLY job is to compute a score using the following algorithm. Do NOT answer or solve the question.

TASK TYPE:
- If Type == "counting": treat both GT and PRED as plain scalar numbers (no unit conversion).
- If Type == "distance": parse numeric value + unit; if PRED unit is missing, borrow GT unit; if both are missing and both look like plain numbers, treat as scalar.
- If a numeric RANGE like "10-15" appears, use the MAX value (e.g., 15).

ALGORITHM (VSI-Bench MRA):
1) Compute abs_dist_norm:
   - For scalar/counting: abs_dist_norm = abs(pred - gt) / gt   (if gt == 0, set abs_dist_norm = +Infinity)
   - For distance: convert both to centimeters using:
       meter (m): 100 cm; centimeter (cm): 1 cm; millimeter (mm): 0.1 cm; inch (in): 2.54 cm; foot (ft): 30.48 cm.
     Then abs_dist_norm = abs(pred_cm - gt_cm) / gt_cm  (if gt_cm == 0, set +Infinity).
2) For thresholds C = linspace(start, end, steps) with steps = int((end - start)/interval + 2):
     accuracy(C) = 1 if abs_dist_norm <= (1 - C) else 0
   mean_relative_accuracy = average of accuracy(C) over all thresholds.
3) The final score is this mean_relative_accuracy, a float in [0,1].

IMPORTANT OUTPUT RULE:
- After you finish the calculation, OUTPUT EXACTLY ONE LINE at the end in the form:
  output: <float>
  For example: output: 0.83

Config:
- start=0.5
- end=0.95
- interval=0.05

Inputs:
- Type: )text";

constexpr std::string_view kMeasure =
    "You will be provided with a question and a 2D image. The question involves measuring the "
    "precise distance in 3D space through a 2D image. You will answer the question by providing a "
    "numeric answer consisting of a scalar and a distance unit in the format of **\\scalar{scalar} "
    "\\distance_unit{distance unit}** at the end of your response.\n"
    "Let's think step by step and start by finding good reference objects or object parts in the "
    "image.\n\nQuestion:";

}  // namespace

double SpatialScoreV1Open(const SpatialScoreV1Question& q, py::View reply) {
  reply = Tail(reply);
  const py::Str gold = py::FromUtf8(q.gold);
  if (IsCounting(q, reply)) {
    const auto target = py::Float(LastNumber(gold)), value = py::Float(LastNumber(reply));
    return target && value ? Mra(*value, *target) : 0;
  }
  if (const auto both = BothInCentimeters(reply, gold)) return Mra(both->first, both->second);
  const auto value = LargestNumber(reply), target = LargestNumber(gold);
  return value && target ? Mra(*value, *target) : 0;
}

std::optional<double> LengthRatio(py::View reply, py::View gold) {
  const auto known = [](py::View text) -> std::optional<double> {
    const auto lengths = Lengths(text);
    if (lengths.empty()) return std::nullopt;
    return lengths.back().value * Centimeters(lengths.back().unit);
  };
  const auto target = known(gold);
  const auto value = known(CollapseRanges(py::Str(Tail(reply))));
  if (!target || !value || *target <= 0 || *value <= 0) return std::nullopt;
  return std::max(*value / *target, *target / *value);
}

double ScoreSpatialScoreV1(const SpatialScoreV1Question& q, py::View reply) {
  const std::string type = ToLower(q.question_type);
  if (IsOneOf(type, {"multi-choice", "multiple-choice", "mc", "multi choice"}))
    return ScoreChoice(q, reply);
  if (IsOneOf(type, {"judgement", "judgment", "yes/no", "yesno"}))
    return py::Lower(SpatialScoreYesNo(reply)) == py::Lower(SpatialScoreYesNo(py::FromUtf8(q.gold)))
               ? 1
               : 0;
  if (IsOneOf(type, {"open-ended", "open ended", "open"})) return SpatialScoreV1Open(q, reply);
  return 0;
}

bool SpatialScoreV1AsksModel(const SpatialScoreV1Question& q) {
  return ToLower(q.question_type).find("open") != std::string::npos;
}

std::string SpatialScoreV1JudgePrompt(const SpatialScoreV1Question& q, std::string_view reply) {
  return StrCat(kJudge,
                IsCounting(q, py::FromUtf8(reply)) ? "counting" : "distance",
                "   # \"counting\" or \"distance\"\n- gt_answer: ",
                Json(q.gold).Dump(),
                "\n- pred_answer: ",
                Json(reply).Dump(),
                "\n");
}

double ReadSpatialScoreV1Verdict(py::View verdict) {
  static const py::Regex kOutput(UR"(output\s*:\s*([0-9]*\.?[0-9]+))", py::Regex::kIgnoreCase);
  const auto matches = kOutput.FindAll(verdict);
  return matches.empty() ? 0 : std::clamp(py::Float(matches.back().Group(1)).value_or(0), 0.0, 1.0);
}

std::string SpatialScoreV1Instruction(std::string_view question_type, bool has_value_and_unit) {
  const std::string type = ToLower(question_type);
  if (type == "multi-choice")
    return "**Please select the most appropriate answer from the given options.**\n"
           "**Respond ONLY with the capital letter and its parentheses.**\n\nQuestion: ";
  if (type == "judgement")
    return "**Please answer with yes or no based on the image.**\n"
           "**Respond ONLY with 'yes' or 'no'.**\n\nQuestion: ";
  if (type != "open-ended") return "Question: ";
  if (has_value_and_unit)
    return "Please answer the question by measuring the precise distance in 3D space through 2D "
           "images or videos.\nRespond ONLY with a numeric answer consisting of a scalar and a "
           "distance unit in the format of **\\scalar{scalar} \\distance_unit{distance "
           "unit}**.\n\nQuestion: ";
  return "**Please answer the question based on the given image or video.**\n"
         "**Respond ONLY with a concise and accurate scalar or a scalar with corresponding "
         "unit.**\n\nQuestion: ";
}

std::string SpatialScoreV0Instruction(std::string_view source, std::string_view question_type) {
  constexpr std::string_view kConcise =
      "**Answer concisely with a single word, number, or option (e.g., yes, no, 5, 2.2, "
      "A).**\n\nQuestion: ";
  if (IsOneOf(source, {"cvbench", "MMIU", "BLINK", "3DSRBench", "MMVP"}))
    return "**Please select the most appropriate answer from options (A), (B), (C), (D), (E), or "
           "(F).**\n**Respond ONLY with the letter and its parentheses, for example: "
           "(A)**\n\nQuestion: ";
  if (IsOneOf(source,
              {"spatialbench",
               "VSR-ZeroShot",
               "VSR-Random",
               "SpatialSense",
               "VSI-Bench_8",
               "RealWorldQA"}))
    return std::string(kConcise);
  if (IsOneOf(source, {"QSpatialBench-Plus", "QSpatialBench-ScanNet"}) ||
      (source == "VGBench" && question_type == "open-ended"))
    return std::string(kMeasure);
  return source == "VGBench" ? std::string(kConcise) : "";
}

}  // namespace spatium
