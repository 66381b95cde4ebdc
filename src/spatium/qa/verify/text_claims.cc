// What a sentence says about two objects: left, above, farther, or none of it.
#include <algorithm>

#include "spatium/qa/verify/text.h"

namespace spatium::verify {
namespace {

struct Direction {
  std::string_view word;
  Axis axis;
  int sign;
};
constexpr Direction kDirections[] = {
    {"left", Axis::kSide, -1},     {"leftward", Axis::kSide, -1},
    {"right", Axis::kSide, 1},     {"rightward", Axis::kSide, 1},
    {"above", Axis::kHeight, 1},   {"higher", Axis::kHeight, 1},
    {"over", Axis::kHeight, 1},    {"below", Axis::kHeight, -1},
    {"lower", Axis::kHeight, -1},  {"beneath", Axis::kHeight, -1},
    {"under", Axis::kHeight, -1},  {"underneath", Axis::kHeight, -1},
    {"closer", Axis::kRange, -1},  {"nearer", Axis::kRange, -1},
    {"closest", Axis::kRange, -1}, {"nearest", Axis::kRange, -1},
    {"farther", Axis::kRange, 1},  {"further", Axis::kRange, 1},
    {"farthest", Axis::kRange, 1}, {"furthest", Axis::kRange, 1},
    {"behind", Axis::kRange, 1},   {"shorter", Axis::kRange, -1},
    {"longer", Axis::kRange, 1}};

const Direction* DirectionOf(const Token& token) {
  if (token.kind != TokenKind::kWord) return nullptr;
  const auto it = std::ranges::find(kDirections, token.text, &Direction::word);
  return it == std::end(kDirections) ? nullptr : &*it;
}

bool Is(const Token& token, std::initializer_list<std::string_view> words) {
  return token.kind == TokenKind::kWord && std::ranges::find(words, token.text) != words.end();
}

// How clearly a mention is what others are compared with: 2 by its own words ("relative to the
// chair", "than the chair", "above the chair"), 1 if it follows a plain "of", "to" or "from".
int IsReference(std::span<const Token> sentence, size_t mention) {
  for (size_t back = 1; back <= 4 && back <= mention; ++back) {
    const Token& token = sentence[mention - back];
    if (token.kind != TokenKind::kWord || token.text == ",") return 0;
    if (Is(token, {"than", "relative", "compared", "respect", "regard", "versus", "against"}))
      return 2;
    if (DirectionOf(token)) return 2;
    if (Is(token, {"of", "to", "from", "with"})) {
      // "relative to", "left of", "compared with": the word before decides.
      if (mention >= back + 1) {
        const Token& before = sentence[mention - back - 1];
        if (DirectionOf(before) || Is(before, {"relative", "compared", "respect", "regard"}))
          return 2;
      }
      return 1;
    }
  }
  return 0;
}

// The object that the direction at `at` is said of: the mention that is least a reference, the
// one before the direction if there are several.
int SubjectOf(std::span<const Token> sentence, size_t at) {
  std::optional<size_t> best;
  int best_rank = 0;
  const bool colors = std::ranges::any_of(sentence, &Token::by_color);
  for (size_t i = 0; i < sentence.size(); ++i) {
    const Token& token = sentence[i];
    if (token.kind != TokenKind::kObject || (token.objects != 1 && token.objects != 2)) continue;
    if (colors && !token.by_color) continue;
    const int rank = 2 * IsReference(sentence, i) + (i < at ? 0 : 1);
    if (best && rank >= best_rank) continue;
    best = i;
    best_rank = rank;
  }
  if (!best) return 0;
  const int subject = sentence[*best].objects == 1 ? 0 : 1;
  // Only the reference is named: the other one is meant.
  return best_rank >= 4 ? 1 - subject : subject;
}

void ClaimsOfSentence(std::span<const Token> sentence, std::vector<Claim>& claims) {
  const bool denies = std::ranges::any_of(sentence, [](const Token& t) {
    return Is(t,
              {"no",
               "not",
               "neither",
               "nor",
               "cannot",
               "without",
               "indistinguishable",
               "level",
               "same",
               "equally",
               "aligned"});
  });
  for (size_t i = 0; i < sentence.size(); ++i) {
    const Direction* direction = DirectionOf(sentence[i]);
    if (!direction) continue;
    // "left or right", "left-right": a pair names the axis, and with a denial says "neither".
    size_t next = i + 1;
    while (next < sentence.size() && next <= i + 3 &&
           Is(sentence[next], {"or", "nor", "and", ",", "to", "the"}))
      ++next;
    const Direction* other = next < sentence.size() ? DirectionOf(sentence[next]) : nullptr;
    if (other && other->axis == direction->axis && other->sign != direction->sign) {
      if (denies) claims.push_back({direction->axis, 0, 0});
      i = next;
      continue;
    }
    claims.push_back({direction->axis, direction->sign, SubjectOf(sentence, i)});
  }
}

}  // namespace

std::vector<Claim> Claims(const std::vector<Token>& tokens) {
  std::vector<Claim> claims;
  for (size_t start = 0; start < tokens.size();) {
    size_t end = start;
    while (end < tokens.size() && tokens[end].kind != TokenKind::kStop) ++end;
    ClaimsOfSentence(std::span(tokens).subspan(start, end - start), claims);
    start = end + 1;
  }
  return claims;
}

int RangeAsked(const std::vector<Token>& tokens) {
  int asked = 0;
  for (const Token& token : tokens) {
    const Direction* direction = DirectionOf(token);
    if (!direction || direction->axis != Axis::kRange) continue;
    if (asked && asked != direction->sign) return 0;
    asked = direction->sign;
  }
  return asked;
}

}  // namespace spatium::verify
