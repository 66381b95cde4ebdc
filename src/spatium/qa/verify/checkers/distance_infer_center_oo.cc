// Which of the green and the blue object is closer to (or farther from) the red one.
#include <algorithm>
#include <cmath>

#include "spatium/base/text.h"
#include "spatium/qa/verify/truths.h"

namespace spatium {
namespace {

// The one object that a text names, as a bit of its mention; none if it names several or neither.
std::optional<uint32_t> OnlyNamed(const std::vector<verify::Token>& tokens) {
  uint32_t named = 0;
  const bool colors = std::ranges::any_of(tokens, &verify::Token::by_color);
  for (const verify::Token& token : tokens)
    if (token.kind == verify::TokenKind::kObject && (token.by_color || !colors)) {
      if (token.objects != 1 && token.objects != 2) return std::nullopt;
      named |= token.objects;
    }
  if (named != 1 && named != 2) return std::nullopt;
  return named;
}

// A comparison without what is compared with ("than the lamp", "compared with the lamp"), nor the
// object that distances are measured from.
std::vector<verify::Token> WithoutLosers(const std::vector<verify::Token>& tokens) {
  std::vector<verify::Token> left;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const bool object = tokens[i].kind == verify::TokenKind::kObject;
    bool loser = object && tokens[i].objects == 4;
    for (size_t back = 1; object && back <= 3 && back <= i; ++back)
      loser = loser || tokens[i - back].text == "than" || tokens[i - back].text == "compared";
    if (!loser) left.push_back(tokens[i]);
  }
  return left;
}

verify::Truth Derive(const verify::Case& c) {
  const verify::Vec red = c.Center(*c.Find("red"));
  const double green = verify::Distance(red, c.Center(*c.Find("green")));
  const double blue = verify::Distance(red, c.Center(*c.Find("blue")));
  const auto candidates = c.Mentions(std::vector<std::string_view>{"green", "blue"});
  const auto all = c.Mentions(std::vector<std::string_view>{"green", "blue", "red"});
  // What is asked comes from the question's words.
  const std::string_view question(c.record.question);
  const int asked =
      verify::RangeAsked(verify::Tokens(question.substr(0, question.find("\nA.")), all));
  const uint32_t closer = green < blue ? 1 : 2, farther = 3 - closer;
  const uint32_t wanted = asked < 0 ? closer : farther;

  verify::Truth truth;
  truth.told =
      StrCat("green at ", FormatFixed(green, 3), " m, blue at ", FormatFixed(blue, 3), " m");
  truth.value = [=](const Json& value) -> std::string {
    const Json *ask = value.Find("ask"), *distances = value.Find("distances_m");
    if (!ask || !ask->IsString()) return "no ask";
    const int sign = verify::RangeAsked(verify::Tokens(ask->AsString(), {}));
    if (sign == 0 || sign != asked) return StrCat("ask ", Quote(ask->AsString()));
    if (!distances || !distances->IsArray() || distances->AsArray().size() != 2)
      return "no distances_m";
    const auto near = [&](size_t i, double m) {
      const Json& number = distances->AsArray()[i];
      return number.IsNumber() && std::abs(number.AsDouble() - m) <= verify::kPrintSlack;
    };
    if (near(0, green) && near(1, blue)) return "";
    return StrCat("distances_m ", distances->Dump());
  };
  truth.right = [=](std::string_view text) -> std::optional<bool> {
    const auto named = OnlyNamed(verify::Tokens(text, candidates));
    if (!named || asked == 0) return std::nullopt;
    return *named == wanted;
  };
  truth.question = [=](std::string_view) -> std::string {
    return asked == 0 ? "it asks neither for closer nor for farther" : "";
  };
  truth.sentence = [=](std::string_view answer) -> std::string {
    const auto tokens = verify::Tokens(answer, all);
    const auto winner = OnlyNamed(WithoutLosers(tokens));
    const int stated = verify::RangeAsked(tokens);
    if (!winner) return std::string(answer);
    return *winner == ((stated ? stated : asked) < 0 ? closer : farther) ? "" : std::string(answer);
  };
  return truth;
}

}  // namespace

const CheckerInfo& CheckerInfo_distance_infer_center_oo() {
  static const CheckerInfo kInfo{.roles = {"red", "green", "blue"},
                                 .marker = "point",
                                 .marked = {"red", "green", "blue"},
                                 .num_images = 1,
                                 .formats = {"fill", "select", "sentence"},
                                 .symmetric_tail = true,
                                 .derive = Derive};
  return kInfo;
}

}  // namespace spatium
