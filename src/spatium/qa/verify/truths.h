#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "spatium/qa/verify/checker.h"

// Parts that several checkers are made of.
namespace spatium::verify {

// `printed` is `truth` rounded to multiples of `step`.
bool RoundsTo(double truth, double printed, double step);

// A number that a text may state.
struct StatedNumber {
  double truth = 0;
  double step = 0.1;
};
// What is wrong with the numbers of a text: each must be one of `allowed`, none of those twice, and
// the first of them, the answer, must be there. Numbers with a unit other than `unit` are wrong
// too. With `reference`, a bit of Token::objects, the number said of that object alone (in one
// phrase, up to a comma) is allowed[1], and what is said without it is any other.
std::string WrongNumbers(const std::vector<Token>& tokens,
                         const std::vector<StatedNumber>& allowed,
                         std::string_view unit,
                         uint32_t reference = 0);

// A truth that is one length in metres told to 0.1 m; `stated` are other numbers that question and
// sentence may repeat, of which the question must name `asked_with` (if any).
struct LengthTruth {
  double answer_m = 0;
  std::vector<double> stated_m = {};
  bool question_states_first = false;  // the question gives stated_m[0]
};
Truth TruthOfLength(const Case& c,
                    const LengthTruth& length,
                    std::vector<std::string_view> roles,
                    std::string told);

}  // namespace spatium::verify
