#include "spatium/metrics/choice.h"

#include <algorithm>

#include "spatium/metrics/python_value.h"
#include "spatium/metrics/regex.h"

namespace spatium {
namespace {

using py::Regex;
using py::Str;
using py::View;

Letter FirstMatch(std::span<const Regex> patterns, View text) {
  for (const Regex& pattern : patterns) {
    if (const auto match = pattern.Search(text)) return py::Upper(match->Group(1));
  }
  return std::nullopt;
}

Letter LastMatch(std::span<const Regex> patterns, View text) {
  for (const Regex& pattern : patterns) {
    const auto matches = pattern.FindAll(text);
    if (!matches.empty()) return Str(matches.back().Group(1));
  }
  return std::nullopt;
}

bool IsLetterTo(View text, char32_t last) {
  return text.size() == 1 && text[0] >= U'A' && text[0] <= last;
}

}  // namespace

Str FirstLetter(View reply) {
  static const Regex kFirst(UR"([\(\s]*([A-Z])[\)\.\s]*)", Regex::kIgnoreCase);
  const auto match = kFirst.MatchStart(py::Strip(reply));
  return match ? py::Upper(match->Group(1)) : Str();
}

Letter SiteLetter(View reply, std::span<const Str> choices) {
  const Str text = U" " + Str(reply) + U" ";
  const auto has = [&](const Str& part) { return py::Contains(text, part); };
  std::vector<const Str*> found;
  for (int step = 0; step < 4 && found.empty(); ++step) {
    for (const Str& c : choices) {
      const bool in = step == 0   ? has(U"(" + c + U")")
                      : step == 1 ? has(U" " + c + U" ")
                      : step == 2 ? has(c + U".")
                                  : has(c + U":") || has(U":" + c) || has(U": " + c);
      if (in) found.push_back(&c);
    }
  }
  // What the script draws from one option is known.
  const Str* best = found.empty() && choices.size() == 1 ? choices.data() : nullptr;
  int64_t best_at = -2;
  for (const Str* c : found) {
    const size_t at = text.rfind(U" " + *c + U" ");
    const int64_t place = at == Str::npos ? -1 : static_cast<int64_t>(at);
    if (place > best_at) {  // argmax: the first of equal places
      best = c;
      best_at = place;
    }
  }
  return best ? Letter(*best) : std::nullopt;
}

Letter ThreeDsrLetter(View reply) {
  static const Regex kPatterns[] = {Regex(UR"(^([A-D])[\.\s\)])"),
                                    Regex(UR"(^([A-D])$)"),
                                    Regex(UR"([Aa]nswer[:\s]+([A-D]))"),
                                    Regex(UR"([Tt]he answer is[:\s]+([A-D]))"),
                                    Regex(UR"([Mm]y answer is[:\s]+([A-D]))"),
                                    Regex(UR"(\(([A-D])\))"),
                                    Regex(UR"(([A-D])\.)"),
                                    Regex(UR"(\b([A-D])\b)")};
  return FirstMatch(kPatterns, py::Strip(reply));
}

Letter MindCubeLetter(View reply) {
  // "X." anywhere comes first, so the official patterns that need one later on never match.
  static const Regex kDotted[] = {Regex(UR"(([A-E])\.)")};
  if (auto letter = LastMatch(kDotted, reply)) return letter;
  static const Regex kTag(U"<Answer>(.*?)(?:<|$)", Regex::kDotAll);
  static const Regex kInTag[] = {Regex(U"[Mm]y answer is ([A-E])"),
                                 Regex(U"[Tt]he answer is ([A-E])"),
                                 Regex(UR"(\b([A-E])\b)")};
  if (const auto tag = kTag.Search(reply)) {
    if (auto letter = LastMatch(kInTag, tag->Group(1))) return letter;
  }
  static const Regex kPatterns[] = {Regex(UR"((?:^|\n)(?:Answer: )?([A-E])(?:\.|$|\s))"),
                                    Regex(UR"([\*"]([A-E])[\*"])"),
                                    Regex(UR"(\bAnswer:?\s*([A-E])\b)"),
                                    Regex(U"[Mm]y answer is ([A-E])"),
                                    Regex(U"answer is ([A-E])")};
  if (auto letter = LastMatch(kPatterns, reply)) return letter;
  static const Regex kAlone(UR"(\b([A-E])\b)");
  const auto lines = py::Split(reply, U"\n");
  for (size_t i = lines.size(); i-- > 0;) {
    if (const auto match = kAlone.Search(lines[i])) return Str(match->Group(1));
  }
  return std::nullopt;
}

Letter StandaloneLetter(View reply) {
  static const Regex kPatterns[] = {Regex(UR"(\b([A-D])\b)", Regex::kIgnoreCase)};
  return FirstMatch(kPatterns, reply);
}

Letter StandaloneLetterOfLastLine(View reply) {
  return StandaloneLetter(py::LastPiece(reply, U"\n"));
}

std::optional<double> MmsiScore(View reply, View gold) {
  static const Regex kMarked[] = {
      Regex(U"``([^`]*)``"), Regex(U"`([^`]*)`"), Regex(UR"(\{([^}]*)\})")};
  static const Regex kLetter(UR"(\b[A-F]\b(?!\s[a-zA-Z]))", Regex::kIgnoreCase);
  Str text(reply);
  for (const Regex& marked : kMarked) {
    if (const auto match = marked.Search(text)) text = Str(match->Group(1));
  }
  const auto match = kLetter.Search(text);
  if (!match) return std::nullopt;
  const Str answer = py::Replace(py::Lower(gold), U"\n", U" ");
  return py::Strip(answer) == View(py::Lower(match->Group(0))) ? 1 : 0;
}

Str OmniSpatialLetter(View reply, OmniSpatialFormat format) {
  const Str fallback = U"A";
  if (format == OmniSpatialFormat::kDirect) {
    return py::Upper(py::Strip(reply)).substr(0, 1);
  }
  if (format == OmniSpatialFormat::kRe) {
    static const Regex kAnswer(UR"(Answer\s*:\s*([A-D])\b)", Regex::kIgnoreCase);
    const auto matches = kAnswer.FindAll(reply);
    return matches.empty() ? fallback : Str(matches.back().Group(1));
  }
  View text = py::Strip(reply);
  if (text.starts_with(U"```json")) text.remove_prefix(7);
  if (text.ends_with(U"```")) text.remove_suffix(3);
  const py::Parsed parsed = py::LoadsJson(py::Strip(text));
  const py::Dict* dict = parsed.value ? parsed.value->As<py::Dict>() : nullptr;
  if (!dict) return fallback;
  const py::Value* answer = py::Find(*dict, U"answer");
  if (!answer) return fallback;
  const Str* letter = answer->As<Str>();
  return letter ? py::Upper(py::Strip(*letter)).substr(0, 1) : fallback;
}

Letter SpatialVizLetter(View reply, bool own_script) {
  static const Regex kThink(U"<think>(.*?)</think>", Regex::kDotAll);
  static const Regex kAnswer(U"<answer>(.*?)</answer>", Regex::kDotAll);
  constexpr View kPhrases[] = {U"<answer>",
                               U"Answer:",
                               U"Final answer",
                               U"final answer",
                               U"Final Answer",
                               U"the answer is",
                               U"The answer is",
                               U"correct answer",
                               U"Correct answer",
                               U"Correct Answer",
                               U"答案",
                               U"correct path"};
  View where;
  const auto think = kThink.Search(reply);
  const auto answer = think ? kAnswer.Search(reply) : std::nullopt;
  if (answer) {
    where = py::FirstPiece(py::Strip(answer->Group(1)), U".");
  } else if (reply.size() == 1) {
    where = reply;
  } else {
    constexpr size_t kLost = 2;  // "答案correct path", which no reply holds
    const std::span<const View> phrases(kPhrases);
    for (const View phrase : phrases.first(std::size(kPhrases) - (own_script ? kLost : 0))) {
      if (!py::Contains(reply, phrase)) continue;
      where = py::FirstPiece(py::Strip(py::LastPiece(reply, phrase)), U".");
      break;
    }
  }
  Letter found;
  for (const char32_t c : where) {
    if (c < U'A' || c > U'D') continue;
    if (found && (*found)[0] != c) return std::nullopt;
    found = Str(1, c);
  }
  return found;
}

Letter BlinkChoice(View reply, size_t num_choices) {
  if (IsLetterTo(reply, U'E')) return U"(" + Str(reply) + U")";
  const auto is_choice = [&](View word, char32_t last) {
    return word.size() == 3 && word[0] == U'(' && word[2] == U')' &&
           IsLetterTo(word.substr(1, 1), last);
  };
  if (is_choice(reply, U'E')) return Str(reply);
  const char32_t last = U'A' + static_cast<char32_t>(std::clamp<size_t>(num_choices, 1, 5)) - 1;
  // The distinct choices among the words, and among those of the last paragraph.
  const auto choices_in = [&](View text) {
    std::vector<View> out;
    for (const View word : py::Split(text)) {
      if (is_choice(word, last) && std::find(out.begin(), out.end(), word) == out.end()) {
        out.push_back(word);
      }
    }
    return out;
  };
  const auto all = choices_in(reply), end = choices_in(py::LastPiece(reply, U"\n\n"));
  if (end.size() == 1) return Str(end[0]);
  if (all.size() == 1) return Str(all[0]);
  return std::nullopt;
}

}  // namespace spatium
