#include <array>

#include "spatium/metrics/choice.h"

namespace spatium {
namespace {

using py::Str;
using py::View;

constexpr View kAnswerPhrases[] = {U"the answer is",
                                   U"answer is",
                                   U"the correct answer is",
                                   U"correct answer is",
                                   U"the best answer is",
                                   U"best answer is",
                                   U"the correct option is",
                                   U"correct option is",
                                   U"the best option is",
                                   U"best option is",
                                   U"the choice is",
                                   U"choice is",
                                   U"the correct choice is",
                                   U"correct choice is",
                                   U"i choose",
                                   U"i select",
                                   U"i pick",
                                   U"my answer is",
                                   U"my choice is",
                                   U"옵션",
                                   U"정답은",
                                   U"답은",
                                   U"답:",
                                   U"答案是",
                                   U"答案为",
                                   U"选",
                                   U"答えは"};

// Higher is surer.
enum Priority {
  kFallback = 0,
  kSpace = 2,
  kRightParen = 3,
  kColon = 4,
  kPeriod = 5,
  kParentheses = 6,
  kPhrase = 7,
  kEnd = 9,
  kStart = 10
};

// The best candidate so far: by priority, then by place; the first of equals stays.
struct Best {
  const Str* letter = nullptr;
  int priority = -1;
  size_t place = 0;
  void Offer(const Str& candidate, int new_priority, size_t new_place) {
    if (letter && (new_priority < priority || (new_priority == priority && new_place <= place))) {
      return;
    }
    letter = &candidate;
    priority = new_priority;
    place = new_place;
  }
  void OfferLast(const Str& candidate, View text, const Str& form, int new_priority) {
    const size_t at = text.rfind(form);
    if (at != View::npos) Offer(candidate, new_priority, at);
  }
};

}  // namespace

Str RankedLetter(View reply, std::span<const Str> choices) {
  static const std::vector<Str> kDefault = {U"A", U"B", U"C", U"D", U"E", U"F", U"G", U"H"};
  if (choices.empty()) choices = kDefault;
  View trimmed = py::Strip(reply);
  if (trimmed.empty()) return {};
  for (const View c : {View(U","),
                       View(U"."),
                       View(U"!"),
                       View(U"?"),
                       View(U";"),
                       View(U":"),
                       View(U"'"),
                       View(U"\"")}) {
    trimmed = py::Strip(trimmed, c);
  }
  const Str text = U" " + Str(trimmed) + U" ";
  Best best;
  for (const Str& c : choices) best.OfferLast(c, text, U"(" + c + U")", kParentheses);
  for (const Str& c : choices) best.OfferLast(c, text, c + U".", kPeriod);
  for (const Str& c : choices) best.OfferLast(c, text, c + U":", kColon);
  for (const Str& c : choices) best.OfferLast(c, text, c + U")", kRightParen);
  for (const Str& c : choices) best.OfferLast(c, text, c + U" ", kSpace);

  const Str lower = py::Lower(text);  // may be longer than the text: places shift, as officially
  for (const View phrase : kAnswerPhrases) {
    const size_t at = lower.find(phrase);
    if (at == Str::npos) continue;
    for (const Str& c : choices) {
      const size_t place = text.find(c, at + phrase.size());
      if (place != Str::npos) best.Offer(c, kPhrase, place);
    }
  }
  const View stripped = py::Strip(text);
  for (const Str& c : choices) {
    if (stripped.starts_with(c) && (stripped.size() == 1 || !py::IsAlpha(stripped[1]))) {
      best.Offer(c, kStart, 0);
    }
  }
  for (const Str& c : choices) {
    if (stripped.ends_with(c) &&
        (stripped.size() == 1 || !py::IsAlpha(stripped[stripped.size() - 2]))) {
      best.Offer(c, kEnd, text.size() - 1);
    }
  }
  if (!best.letter) {
    for (const Str& c : choices) best.OfferLast(c, text, c, kFallback);
  }
  return best.letter ? *best.letter : Str();
}

}  // namespace spatium
