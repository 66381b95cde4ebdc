#include <algorithm>

#include "spatium/metrics/choice.h"
#include "spatium/metrics/regex.h"

// Source: open-compass/VLMEvalKit, vlmeval/dataset/utils/spatial_bench/matching_func.py
// (Apache-2.0), its patterns in order.
namespace spatium {
namespace {

using py::Regex;
using py::Str;
using py::View;

constexpr size_t kTailWindow = 800;  // characters
constexpr size_t kTailLines = 6;
constexpr unsigned kIgnoreCase = Regex::kIgnoreCase;

// The patterns that depend on the allowed letters.
struct LetterPatterns {
  explicit LetterPatterns(View letters)
      : before_answer(Anchor(letters, U"answer"), kIgnoreCase),
        before_think(Anchor(letters, U"think"), kIgnoreCase),
        phrase(
            U"(?i)(?:final\\s*answer|the\\s*answer\\s*is|answer(?:\\s*is)?|correct\\s*answer|"
            U"答案|最终答案|结论|所以|因此|我选(?:择)?|选择|选)"
            U"\\s*[:：>＝=]?\\s*[\\(\\[\\{（【]?\\s*([" +
            Str(letters) + U"])\\s*[\\)\\]\\}）】]?(?:\\b|[.)、。])"),
        alone(U"(?<![A-Za-z])[\\(\\[\\{（【]?\\s*([" + Str(letters) +
              U"])\\s*[\\)\\]\\}）】]?(?![A-Za-z])") {}
  static Str Anchor(View letters, View tag) {
    return U"(?<![A-Za-z])[\\(\\[\\{（【]?\\s*([" + Str(letters) +
           U"])\\s*[\\)\\]\\}）】]?\\s*</\\s*" + Str(tag) + U"\\s*>";
  }
  Regex before_answer, before_think, phrase, alone;
};

bool IsOptionLine(View line) {
  static const Regex kOption(U"^(?:[*_>\\-\\s]*)(?:option|选项)\\s+[A-J]\\s*[:：]", kIgnoreCase);
  return kOption.Search(line).has_value();
}

// The one letter of a line, from its last lines up.
Letter PickFromLines(View text) {
  static const Regex kSingle(
      U"^\\s*[*_`>（）\\[\\]【】\\(\\)]*\\s*([A-Fa-f])\\s*[*_`（）\\[\\]【】\\(\\)]*\\s*$");
  static const Regex kLabeled(U"^\\s*([A-F])\\s*[\\.．:：\\)\\]】、-]\\s+", kIgnoreCase);
  static const Regex kInline(
      U"(?<![A-Za-z])[*_`（\\[\\{\\(]*\\s*([A-F])\\s*[*_`）\\]\\})]*"
      U"(?=$|[\\s\\.,:;!?\\)\\]】》」』」，。；、：）】》」』])");
  const auto lines = py::SplitLines(text);
  const size_t first = lines.size() > kTailLines ? lines.size() - kTailLines : 0;
  for (size_t i = lines.size(); i-- > first;) {
    const View line = py::Strip(lines[i]);
    if (line.empty() || IsOptionLine(line)) continue;
    if (const auto match = kSingle.FullMatch(line)) return py::Upper(match->Group(1));
    if (const auto match = kLabeled.MatchStart(line)) return py::Upper(match->Group(1));
    const auto tokens = kInline.FindAll(line);
    if (!tokens.empty() && std::all_of(tokens.begin(), tokens.end(), [&](const py::Match& m) {
          return m.Group(1) == tokens[0].Group(1);
        })) {
      return Str(tokens[0].Group(1));
    }
  }
  return std::nullopt;
}

View AfterThinking(View text) {
  static const Regex kClose(UR"(</\s*think\s*>)", kIgnoreCase);
  static const Regex kOpen(UR"(<\s*think\s*>)", kIgnoreCase);
  for (const Regex* tag : {&kClose, &kOpen}) {
    const auto tags = tag->FindAll(text);
    if (!tags.empty()) return py::Strip(text.substr(tags.back().end()));
  }
  return text;
}

// The allowed letters among A to J.
Str AllowedLetters(std::span<const Str> choices) {
  Str out;
  for (char32_t c = U'A'; c <= U'J'; ++c) {
    for (const Str& choice : choices) {
      if (py::Upper(py::Strip(choice)).substr(0, 1) == Str(1, c) &&
          !py::Contains(out, View(&c, 1))) {
        out += c;
      }
    }
  }
  return out.empty() ? U"ABCDEF" : out;
}

Letter Match(View text, const LetterPatterns& patterns) {
  static const Regex kBlock(
      U"<\\s*answer\\b[^>]*>\\s*([A-Ja-j])(?:\\s*[\\.．:：\\)\\]】、])?.*?<\\s*/\\s*answer\\s*>",
      kIgnoreCase | Regex::kDotAll);
  if (const auto match = kBlock.Search(text)) return py::Upper(match->Group(1));
  const View tail = text.substr(text.size() > kTailWindow ? text.size() - kTailWindow : 0);
  for (const Regex* pattern : {&patterns.before_answer, &patterns.before_think}) {
    if (const auto match = pattern->Search(tail)) return py::Upper(match->Group(1));
  }
  if (auto letter = PickFromLines(AfterThinking(text))) return letter;
  if (auto letter = PickFromLines(tail)) return letter;
  if (const auto match = patterns.phrase.Search(text)) return py::Upper(match->Group(1));

  Str kept;  // without lines that list an option
  bool first = true;
  for (const View line : py::SplitLines(text)) {
    if (IsOptionLine(line)) continue;
    if (!first) kept += U'\n';
    first = false;
    kept += line;
  }
  Letter unique;
  for (const py::Match& match : patterns.alone.FindAll(kept)) {
    if (unique && *unique != match.Group(1)) return std::nullopt;
    unique = Str(match.Group(1));
  }
  return unique;
}

}  // namespace

Letter EasiLetter(View reply, std::span<const Str> choices) {
  Str text;  // without zero-width characters
  for (const char32_t c : py::Strip(reply)) {
    if (!(c >= 0x200b && c <= 0x200d) && c != 0xfeff) text += c;
  }
  if (choices.empty()) {
    static const LetterPatterns kDefault(U"ABCDEF");
    return Match(text, kDefault);
  }
  return Match(text, LetterPatterns(AllowedLetters(choices)));
}

}  // namespace spatium
