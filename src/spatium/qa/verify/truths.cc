#include "spatium/qa/verify/truths.h"

#include <algorithm>
#include <cmath>

#include "spatium/base/text.h"

namespace spatium::verify {

bool RoundsTo(double truth, double printed, double step) {
  const double steps = printed / step;
  return std::abs(steps - std::round(steps)) < 1e-6 &&
         std::abs(printed - truth) <= step / 2 + kRoundingSlack;
}

namespace {

// The objects that the phrase around token `at` names; the word "reference" is the reference.
uint32_t NamedInPhrase(const std::vector<Token>& tokens, size_t at, uint32_t reference) {
  const auto ends = [](const Token& t) { return t.kind == TokenKind::kStop || t.text == ","; };
  size_t begin = at, end = at;
  while (begin > 0 && !ends(tokens[begin - 1])) --begin;
  while (end < tokens.size() && !ends(tokens[end])) ++end;
  uint32_t named = 0;
  for (size_t i = begin; i < end; ++i) {
    if (tokens[i].kind == TokenKind::kObject && tokens[i].by_color) named |= tokens[i].objects;
    if (tokens[i].text == "reference") named |= reference;
  }
  return named;
}

}  // namespace

std::string WrongNumbers(const std::vector<Token>& tokens,
                         const std::vector<StatedNumber>& allowed,
                         std::string_view unit,
                         uint32_t reference) {
  std::vector<bool> used(allowed.size());
  for (size_t at = 0; at < tokens.size(); ++at) {
    const Token& token = tokens[at];
    if (token.kind != TokenKind::kNumber) continue;
    if (!token.unit.empty() && token.unit != unit) return StrCat(token.text, " in another unit");
    const uint32_t named = reference ? NamedInPhrase(tokens, at, reference) : 0;
    bool found = false;
    for (size_t i = 0; i < allowed.size() && !found; ++i) {
      if (reference && named == reference && i != 1) continue;
      if (reference && !(named & reference) && i == 1) continue;
      if (used[i] || !RoundsTo(allowed[i].truth, token.number, allowed[i].step)) continue;
      used[i] = found = true;
    }
    if (!found) return token.text;
  }
  return used.front() ? "" : "the answer's number is not in it";
}

Truth TruthOfLength(const Case& c,
                    const LengthTruth& length,
                    std::vector<std::string_view> roles,
                    std::string told) {
  Truth truth;
  truth.told = std::move(told);
  truth.numbers.push_back({.key = "answer_m", .truth = length.answer_m});
  truth.right = [length](std::string_view text) -> std::optional<bool> {
    const auto number = ReadNumberAnswer(text);
    if (!number) return std::nullopt;
    return RoundsTo(length.answer_m, *number, 0.1);
  };
  std::vector<StatedNumber> stated;
  for (const double m : length.stated_m) stated.push_back({.truth = m});
  std::vector<StatedNumber> with_answer{{.truth = length.answer_m}};
  with_answer.insert(with_answer.end(), stated.begin(), stated.end());
  const std::vector<Mentionable> mentions = c.Mentions(roles);
  // Roles start with the reference where there is one.
  const uint32_t reference = length.question_states_first ? 1 : 0;
  truth.sentence = [with_answer, mentions, reference](std::string_view answer) {
    return WrongNumbers(Tokens(answer, mentions), with_answer, "m", reference);
  };
  if (length.question_states_first)
    truth.question = [stated, mentions](std::string_view question) {
      // Options follow the question on lines of their own.
      const auto tokens = Tokens(question.substr(0, question.find("\nA.")), mentions);
      return WrongNumbers(tokens, {stated.front()}, "m");
    };
  else
    truth.question = [mentions](std::string_view question) -> std::string {
      for (const Token& token : Tokens(question.substr(0, question.find("\nA.")), mentions))
        if (token.kind == TokenKind::kNumber && token.unit == "m")
          return StrCat(token.text, " m, where nothing is given");
      return "";
    };
  return truth;
}

}  // namespace spatium::verify
