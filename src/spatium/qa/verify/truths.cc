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

std::string WrongNumbers(const std::vector<Token>& tokens,
                         const std::vector<StatedNumber>& allowed,
                         std::string_view unit) {
  bool answered = false;
  for (const Token& token : tokens) {
    if (token.kind != TokenKind::kNumber) continue;
    if (!token.unit.empty() && token.unit != unit) return StrCat(token.text, " in another unit");
    const auto fits = [&](const StatedNumber& n) {
      return RoundsTo(n.truth, token.number, n.step);
    };
    if (std::ranges::none_of(allowed, fits)) return token.text;
    answered = answered || fits(allowed.front());
  }
  return answered ? "" : "the answer's number is not in it";
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
  truth.sentence = [with_answer, mentions](std::string_view answer) {
    return WrongNumbers(Tokens(answer, mentions), with_answer, "m");
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
