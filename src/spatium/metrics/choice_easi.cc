#include <algorithm>
#include <array>

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

// The only letter that a pattern's first group takes, none if it takes two.
Letter OnlyLetter(const Regex& pattern, View text) {
  Letter only;
  pattern.ForEachMatch(text, [&](const py::Match& match) {
    const bool other = only && *only != match.Group(1);
    only = other ? std::nullopt : Letter(match.Group(1));
    return !other;
  });
  return only;
}

bool IsOptionLine(View line) {
  // Told from most lines without the pattern.
  size_t at = 0;
  while (at < line.size() && (py::IsSpace(line[at]) || py::Contains(U"*_>-", line.substr(at, 1))))
    ++at;
  if (at == line.size() || !py::Contains(U"oO选", line.substr(at, 1))) return false;
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
  std::array<View, kTailLines> last;  // line i at i % kTailLines
  size_t num_lines = 0;
  while (!text.empty()) last[num_lines++ % kTailLines] = py::TakeLine(text);
  const size_t first = num_lines > kTailLines ? num_lines - kTailLines : 0;
  for (size_t i = num_lines; i-- > first;) {
    const View line = py::Strip(last[i % kTailLines]);
    if (line.empty() || IsOptionLine(line)) continue;
    if (const auto match = kSingle.FullMatch(line)) return py::Upper(match->Group(1));
    if (const auto match = kLabeled.MatchStart(line)) return py::Upper(match->Group(1));
    if (const auto letter = OnlyLetter(kInline, line)) return letter;
  }
  return std::nullopt;
}

View AfterThinking(View text) {
  static const Regex kClose(UR"(</\s*think\s*>)", kIgnoreCase);
  static const Regex kOpen(UR"(<\s*think\s*>)", kIgnoreCase);
  for (const Regex* tag : {&kClose, &kOpen}) {
    std::optional<size_t> end;
    tag->ForEachMatch(text, [&](const py::Match& match) {
      end = match.end();
      return true;
    });
    if (end) return py::Strip(text.substr(*end));
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

// The only letter that stands alone, but in lines that list an option. Those between two such lines
// are searched at once: of what a match takes, a letter is all that counts, and it needs no more
// than its line.
Letter OnlyLetterOutsideOptions(View text, const Regex& alone) {
  Letter only;
  const char32_t* begin = text.data();
  bool two = false;
  const auto search_until = [&](const char32_t* end) {
    alone.ForEachMatch({begin, static_cast<size_t>(end - begin)}, [&](const py::Match& match) {
      two = only && *only != match.Group(1);
      only = Str(match.Group(1));
      return !two;
    });
  };
  while (!text.empty() && !two) {
    const View line = py::TakeLine(text);
    if (!IsOptionLine(line)) continue;
    search_until(line.data());
    begin = text.data();
  }
  if (!two) search_until(text.data() + text.size());
  return two ? std::nullopt : only;
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

  return OnlyLetterOutsideOptions(text, patterns.alone);
}

}  // namespace

Letter EasiLetter(View reply, std::span<const Str> choices) {
  const auto zero_width = [](char32_t c) { return (c >= 0x200b && c <= 0x200d) || c == 0xfeff; };
  View text = py::Strip(reply);
  Str visible;
  if (std::any_of(text.begin(), text.end(), zero_width)) {
    visible = text;
    std::erase_if(visible, zero_width);
    text = visible;
  }
  if (choices.empty()) {
    static const LetterPatterns kDefault(U"ABCDEF");
    return Match(text, kDefault);
  }
  return Match(text, LetterPatterns(AllowedLetters(choices)));
}

}  // namespace spatium
