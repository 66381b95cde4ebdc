#include "spatium/metrics/answer_match.h"

#include <algorithm>

namespace spatium {
namespace {

using py::Str;
using py::View;

struct WordPair {
  View from, to;
};
constexpr WordPair kSqaWords[] = {
    {U"letf", U"left"},      {U"let", U"left"},       {U"tehre", U"there"},    {U"rigth", U"right"},
    {U"rght", U"right"},     {U"behine", U"behind"},  {U"tv", U"TV"},          {U"chai", U"chair"},
    {U"wasing", U"washing"}, {U"waslked", U"walked"}, {U"oclock", U"o'clock"}, {U"0", U"zero"},
    {U"none", U"zero"},      {U"1", U"one"},          {U"2", U"two"},          {U"3", U"three"},
    {U"4", U"four"},         {U"5", U"five"},         {U"6", U"six"},          {U"7", U"seven"},
    {U"8", U"eight"},        {U"9", U"nine"},         {U"10", U"ten"},         {U"11", U"eleven"},
    {U"12", U"twelve"},      {U"13", U"thirteen"},    {U"14", U"fourteen"},    {U"15", U"fifteen"},
    {U"16", U"sixteen"},     {U"17", U"seventeen"},   {U"18", U"eighteen"},    {U"19", U"nineteen"},
    {U"20", U"twenty"},      {U"23", U"twenty-three"}};

bool IsLetter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool IsWordChar(char32_t c) { return IsLetter(c) || IsDigit(c); }

// Only ASCII letters and digits, blanks and ,'-: are left.
Str KeepAnswerCharacters(View text) {
  Str out;
  for (const char32_t c : text) {
    if (IsWordChar(c) || c == U',' || c == U'\'' || c == U'-' || c == U':' || py::IsSpace(c)) {
      out += c;
    }
  }
  return out;
}

// Trailing and leading spaces dropped, runs of spaces made one. "$" of the official pattern also
// stands before a final newline.
Str CollapseSpaces(View text) {
  const bool newline = !text.empty() && text.back() == U'\n';
  View body = newline ? text.substr(0, text.size() - 1) : text;
  while (!body.empty() && body.back() == U' ') body.remove_suffix(1);
  while (!body.empty() && body.front() == U' ') body.remove_prefix(1);
  Str out;
  for (const char32_t c : body) {
    if (c != U' ' || out.empty() || out.back() != U' ') out += c;
  }
  if (newline) out += U'\n';
  return out;
}

// Calls replace(word) -> Str for each run of letters and digits.
template <class Replace>
Str ReplaceWords(View text, Replace replace) {
  Str out;
  for (size_t i = 0; i < text.size();) {
    if (!IsWordChar(text[i])) {
      out += text[i++];
      continue;
    }
    size_t end = i;
    while (end < text.size() && IsWordChar(text[end])) ++end;
    out += replace(text.substr(i, end - i));
    i = end;
  }
  return out;
}

Str MendWord(View word) {
  for (const auto& [from, to] : kSqaWords) {
    if (word == from) return Str(to);
  }
  return Str(word);
}

// "mat2" -> "mat": letters and one digit.
Str DropDigit(View word) {
  const bool letters = word.size() > 1 && IsDigit(word.back()) &&
                       std::all_of(word.begin(), word.end() - 1, IsLetter);
  return Str(letters ? word.substr(0, word.size() - 1) : word);
}

// "o'  clock" -> "o'clock", where o and clock are whole words.
Str JoinOClock(View text) {
  Str out;
  for (size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    const bool whole = i == 0 || !IsWordChar(text[i - 1]);
    if (text[i] != U'o' || !whole || i + 1 >= text.size() || text[i + 1] != U'\'') continue;
    size_t at = i + 2;
    while (at < text.size() && text[at] == U' ') ++at;
    const bool ends = at + 5 >= text.size() || !IsWordChar(text[at + 5]);
    if (at == i + 2 || text.substr(at, 5) != U"clock" || !ends) continue;
    out += U'\'';
    i = at - 1;  // the word is copied next
  }
  return out;
}

// Drops `article` and one space where a letter follows. What it stood before is not looked at
// again: "a a chair" -> "a chair".
Str DropArticle(View text, View article) {
  Str out;
  for (size_t i = 0; i < text.size();) {
    const size_t end = i + article.size();
    const bool here = text.substr(i, article.size()) == article &&
                      (i == 0 || !IsWordChar(text[i - 1])) && end + 1 < text.size() &&
                      text[end] == U' ' && IsLetter(text[end + 1]);
    if (!here) {
      out += text[i++];
      continue;
    }
    i = end + 1;
    while (i < text.size() && IsLetter(text[i])) out += text[i++];
  }
  return out;
}

Str WithoutBlanks(View text) {
  Str out;
  for (const View word : py::Split(text)) out += word;
  return out;
}

}  // namespace

Str CleanAnswer(View answer) {
  Str text = KeepAnswerCharacters(CollapseSpaces(py::Lower(answer)));
  text = JoinOClock(ReplaceWords(text, MendWord));
  text = ReplaceWords(text, DropDigit);
  for (const View article : {View(U"a"), View(U"an"), View(U"the")}) {
    text = DropArticle(text, article);
  }
  return ReplaceWords(
      text, [](View word) { return Str(word == U"backwards" ? View(U"backward") : word); });
}

ExactMatch MatchLeo(View prediction, std::span<const Str> gold) {
  const Str joined = WithoutBlanks(prediction);
  for (const Str& answer : gold) {
    if (prediction == answer) return {1, 1};
    const Str other = WithoutBlanks(answer);
    if (py::Contains(other, joined) || py::Contains(joined, other)) return {0, 1};
  }
  return {0, 0};
}

ExactMatch MatchChatScene(View prediction, std::span<const Str> gold) {
  if (prediction.empty()) return {0, 0};
  for (const Str& answer : gold) {
    if (prediction == answer) return {1, 1};
  }
  return MatchLeo(prediction, gold);
}

Str ChatScenePrediction(View reply) {
  if (reply.size() <= 1) return Str(reply);
  if (reply.back() == U'.') reply.remove_suffix(1);
  return py::Lower(reply.substr(0, 1)) + Str(reply.substr(1));
}

bool MatchSqa3dLoose(View prediction, View gold) {
  if (py::Contains(gold, prediction)) return true;
  if (py::Contains(WithoutBlanks(gold), WithoutBlanks(prediction))) return true;
  const auto words = py::Split(gold);
  for (const View word : py::Split(prediction)) {
    if (std::find(words.begin(), words.end(), word) != words.end()) return true;
  }
  return false;
}

std::string_view Sqa3dQuestionType(View question) {
  const View text = py::LStrip(question);
  struct Type {
    size_t length;
    View word;
    std::string_view name;
  };
  static constexpr Type kTypes[] = {{4, U"what", "what"},
                                    {2, U"is", "is"},
                                    {3, U"how", "how"},
                                    {3, U"can", "can"},
                                    {5, U"which", "which"}};
  for (const auto& [length, word, name] : kTypes) {
    if (py::Lower(text.substr(0, length)) == word) return name;
  }
  return "others";
}

std::string_view ScanQaQuestionClass(View question) {
  struct Class {
    View phrase;
    std::string_view name;
  };
  static constexpr Class kClasses[] = {{U"Where", "Place"},
                                       {U"How many", "Number"},
                                       {U"What color", "Color"},
                                       {U"What is the color", "Color"},
                                       {U"What shape", "Object nature"},
                                       {U"What type", "Object nature"},
                                       {U"What kind", "Object nature"},
                                       {U"What is", "Object"}};
  for (const auto& [phrase, name] : kClasses) {
    if (py::Contains(question, phrase)) return name;
  }
  return "Other";
}

std::optional<double> UnigramF(View a, View b) {
  const auto lemmas = [](View text) {
    std::vector<Str> out;
    for (const View word : py::Split(text)) out.push_back(NounLemma(word));
    return out;
  };
  const auto share_in = [](const std::vector<Str>& tokens, const std::vector<Str>& other) {
    int64_t found = 0;
    for (const Str& token : tokens) {
      found += std::find(other.begin(), other.end(), token) != other.end();
    }
    return static_cast<double>(found) / static_cast<double>(tokens.size());
  };
  const auto ref = lemmas(a), pred = lemmas(b);
  if (ref.empty() || pred.empty()) return std::nullopt;
  const double precision = share_in(pred, ref), recall = share_in(ref, pred);
  return recall + precision != 0 ? 2 * (recall * precision) / (recall + precision) : 0;
}

ScanQaScores ScanQaOfficial(std::span<const ScanQaItem> items) {
  std::vector<double> em1, em10, f1;
  ScanQaScores out;
  for (const ScanQaItem& item : items) {
    const auto in_gold = [&](const Str& answer) {
      return std::find(item.gold.begin(), item.gold.end(), answer) != item.gold.end();
    };
    if (item.top10.empty()) {
      out.error = "IndexError";
      return out;
    }
    em10.push_back(std::any_of(item.top10.begin(), item.top10.end(), in_gold));
    em1.push_back(in_gold(item.top10[0]));
    if (em1.back() == 1) {
      f1.push_back(1);
      continue;
    }
    if (item.gold.empty()) {
      out.error = "ValueError";
      return out;
    }
    double best = 0;
    for (const Str& answer : item.gold) {
      const auto f = UnigramF(item.top10[0], answer);
      if (!f) {
        out.error = "ZeroDivisionError";
        return out;
      }
      best = std::max(best, *f);
    }
    f1.push_back(best);
  }
  out.em1 = py::NumpyMean(em1) * 100;
  out.em10 = py::NumpyMean(em10) * 100;
  out.f1 = py::NumpyMean(f1) * 100;
  return out;
}

}  // namespace spatium
