#include "spatium/metrics/spatialscore.h"

#include <cmath>
#include <limits>

#include "spatium/metrics/mra.h"
#include "spatium/metrics/number_text.h"
#include "spatium/metrics/regex.h"

namespace spatium {
namespace {

std::optional<py::Str> AssistantLetter(py::View text) {
  static const py::Regex kAssistant(UR"(ASSISTANT:\s*\(?([A-Fa-f])\)?)");
  if (const auto match = kAssistant.Search(text)) return py::Upper(match->Group(1));
  return std::nullopt;
}

// Words for units; "m" alone makes this true of most texts, as in the script.
bool NamesUnit(py::View gold) {
  const py::Str lower = py::Lower(gold);
  for (const py::View unit :
       {py::View(U"m"), py::View(U"inch"), py::View(U"ft"), py::View(U"foot"), py::View(U"feet")}) {
    if (py::Contains(lower, unit)) return true;
  }
  return false;
}

}  // namespace

py::Str SpatialScoreOption(py::View reply) {
  const py::View text = py::Strip(reply);
  static const py::Regex kAlone(UR"(^[A-Fa-f]\.?$)");
  if (kAlone.MatchStart(text)) return py::Upper(text.substr(0, 1));
  if (auto letter = AssistantLetter(text)) return *letter;
  static const py::Regex kPatterns[] = {
      py::Regex(UR"(<conclusion>\s*\(([A-Fa-f])\).*?</conclusion>)", py::Regex::kIgnoreCase),
      py::Regex(UR"(<conclusion>\s*\(?([A-Fa-f])\)?\.?\s*</conclusion>)", py::Regex::kIgnoreCase),
      py::Regex(UR"((?i)(?:answer|option)[:\s]*\(?([A-Fa-f])\)?\.?)"),
      py::Regex(UR"((?i)(?:^|\s)\(?([A-Fa-f])\)\.?(?:$|\s|\.))"),
      py::Regex(UR"((?i)(?:^|\s)([A-Fa-f])\.?(?:$|\s|\.|,))"),
      py::Regex(UR"((?i)(?:^|\s)([A-Fa-f])\.(?:$|\s))"),
      py::Regex(UR"(([A-Fa-f]))"),
  };
  for (const py::Regex& pattern : kPatterns) {
    if (const auto match = pattern.Search(text)) return py::Upper(match->Group(1));
  }
  return SpatialScoreClean(text);
}

py::Str SpatialScoreYesNo(py::View reply) {
  const py::View text = py::Strip(reply);
  const py::Str all_lower = py::Lower(text);
  if (all_lower == U"yes" || all_lower == U"no") return py::Capitalize(text);
  if (auto letter = AssistantLetter(text)) return *letter;
  const py::Str clean = SpatialScoreClean(text);
  const py::Str lower = py::Lower(clean);
  static const py::Regex kConclusion(UR"(<conclusion>\s*(yes|no)\s*</conclusion>)",
                                     py::Regex::kIgnoreCase);
  if (const auto match = kConclusion.Search(text)) return py::Capitalize(match->Group(1));
  static const py::Regex kYes(UR"(\b(?:yes|yeah|yep|correct|true|right|agree|agreed)\b)");
  static const py::Regex kNo(UR"(\b(?:no|nope|not|false|wrong|incorrect|disagree|disagreed)\b)");
  if (kYes.Search(lower)) return U"Yes";
  if (kNo.Search(lower)) return U"No";
  return clean;
}

SpatialScoreOutcome ScoreSpatialScore(py::View question_type,
                                      std::string_view source,
                                      const std::optional<py::Str>& reply,
                                      py::View gold) {
  SpatialScoreOutcome out;
  const auto decide = [&](bool correct) {
    out.is_correct = correct;
    out.score = correct ? 1 : 0;
    return out;
  };
  const auto fail = [&](std::string_view error) {
    out.error = error;
    return out;
  };
  const py::Str type = py::Lower(question_type);
  if (type == U"multi-choice") {
    if (!reply) return fail("AttributeError");
    return decide(py::Upper(SpatialScoreOption(*reply)) == py::Upper(SpatialScoreOption(gold)));
  }
  if (type == U"judgment") {
    if (!reply) return fail("AttributeError");
    return decide(py::Lower(SpatialScoreYesNo(*reply)) == py::Lower(SpatialScoreYesNo(gold)));
  }
  if (NamesUnit(gold)) {
    if (!reply) return fail("TypeError");
    return decide(SpatialScoreNumberWithUnit(*reply, gold).is_correct);
  }
  if (source == "RealWorldQA") {
    if (!reply) return fail("AttributeError");
    return decide(py::Lower(*reply) == py::Lower(gold));
  }
  const double prediction = reply ? py::Float(SpatialScoreNumber(*reply)).value_or(0) : 0;
  const auto target = py::Float(SpatialScoreNumber(gold));
  if (!target) return fail("ValueError");
  if (source != "VSI-Bench_8") return decide(prediction == *target);
  out.by_accuracy = true;
  if (prediction == 0) {
    out.score = *target == 0 ? 1 : 0;
  } else {
    // A gold value of 0 makes the error infinite here.
    out.score = VsiMra(prediction, *target).value_or(0);
  }
  return out;
}

}  // namespace spatium
