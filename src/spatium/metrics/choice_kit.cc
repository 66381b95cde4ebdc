#include <algorithm>

#include "spatium/metrics/choice.h"

// Source: open-compass/VLMEvalKit, vlmeval/utils/matching_util.py (Apache-2.0), can_infer.
namespace spatium {
namespace {

using py::Str;
using py::View;

constexpr View kRefusals[] = {U"Sorry, I can't help with images of people yet.",
                              U"I can't process this file.",
                              U"I'm sorry, but without the image provided",
                              U"Cannot determine the answer"};

// The only letter among the words, if it is one of the last four; "Z" where the word Z stands
// alone.
Letter OptionWord(View reply, size_t num_options) {
  if (py::Contains(reply, U"Failed to obtain answer via API")) return std::nullopt;
  for (const View refusal : kRefusals)
    if (py::Contains(reply, refusal)) return U"Z";
  Str text(reply);
  for (char32_t& c : text)
    if (py::Contains(U".()[],:;!*#{}", View(&c, 1))) c = U' ';
  const std::vector<View> words = py::Split(text);
  const auto place = [&](char32_t letter) {
    return std::find(words.begin(), words.end(), View(&letter, 1));
  };
  size_t found = 0;
  char32_t last = 0;
  for (size_t i = 0; i < num_options; ++i) {
    const char32_t letter = U'A' + static_cast<char32_t>(i);
    if (place(letter) == words.end()) continue;
    ++found;
    last = letter;
  }
  constexpr ptrdiff_t kTail = 4;
  if (found == 1) {
    if (words.end() - place(last) <= kTail) return Str(1, last);
    return std::nullopt;
  }
  return found == 0 && place(U'Z') != words.end() ? Letter(U"Z") : std::nullopt;
}

// The only option whose text the reply repeats; a reply twice as long as all options says nothing.
Letter OptionText(View reply, std::span<const Str> options) {
  const Str text = py::Lower(reply);
  size_t length = 0;
  for (const Str& option : options) length += option.size();
  if (text.size() > 2 * length) return std::nullopt;
  Letter only;
  for (size_t i = 0; i < options.size(); ++i) {
    if (!py::Contains(text, py::Lower(options[i]))) continue;
    if (only) return std::nullopt;
    only = Str(1, U'A' + static_cast<char32_t>(i));
  }
  return only;
}

}  // namespace

Letter KitLetter(View reply, std::span<const Str> options) {
  options = options.first(std::min<size_t>(options.size(), 26));
  if (const Letter letter = OptionWord(reply, options.size())) return letter;
  return OptionText(reply, options);
}

}  // namespace spatium
