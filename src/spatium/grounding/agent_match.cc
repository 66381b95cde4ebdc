// SPAZER's class match, as its released code does it: labels that share a stemmed word.
#include <algorithm>
#include <array>

#include "spatium/base/text.h"
#include "spatium/grounding/agent.h"

namespace spatium {
namespace {

bool IsVowel(std::string_view w, size_t i) {
  constexpr std::string_view kVowels = "aeiou";
  if (kVowels.find(w[i]) != std::string_view::npos) return true;
  return w[i] == 'y' && i > 0 && !IsVowel(w, i - 1);
}
bool HasVowel(std::string_view w) {
  for (size_t i = 0; i < w.size(); ++i)
    if (IsVowel(w, i)) return true;
  return false;
}
// Porter's m: how often a vowel run is followed by a consonant run.
int Measure(std::string_view w) {
  int m = 0;
  for (size_t i = 1; i < w.size(); ++i) m += IsVowel(w, i - 1) && !IsVowel(w, i) ? 1 : 0;
  return m;
}

// Steps 1a to 1c of M. F. Porter, "An algorithm for suffix stripping", 1980, and the endings of the
// later steps that names of things in rooms have.
std::string Stem(std::string word) {
  if (word.size() <= 2) return word;
  const auto cut = [&](std::string_view ending) {
    return std::string_view(word).substr(0, word.size() - ending.size());
  };
  if (word.ends_with("sses") || word.ends_with("ies"))
    word.resize(word.size() - 2);
  else if (word.ends_with('s') && !word.ends_with("ss"))
    word.pop_back();
  bool tidy = false;
  if (word.ends_with("eed")) {
    if (Measure(cut("eed")) > 0) word.pop_back();
  } else if (word.ends_with("ed") && HasVowel(cut("ed"))) {
    word.resize(word.size() - 2);
    tidy = true;
  } else if (word.ends_with("ing") && HasVowel(cut("ing"))) {
    word.resize(word.size() - 3);
    tidy = true;
  }
  if (tidy) {
    const size_t n = word.size();
    if (word.ends_with("at") || word.ends_with("bl") || word.ends_with("iz"))
      word += 'e';
    else if (n >= 2 && word[n - 1] == word[n - 2] && !IsVowel(word, n - 1) &&
             std::string_view("lsz").find(word[n - 1]) == std::string_view::npos)
      word.pop_back();
  }
  if (word.ends_with('y') && HasVowel(cut("y"))) word.back() = 'i';
  static constexpr std::array<std::string_view, 19> kEndings = {"ement",
                                                                "ance",
                                                                "ence",
                                                                "able",
                                                                "ible",
                                                                "ment",
                                                                "ant",
                                                                "ent",
                                                                "ism",
                                                                "ate",
                                                                "iti",
                                                                "ous",
                                                                "ive",
                                                                "ize",
                                                                "al",
                                                                "er",
                                                                "ic",
                                                                "ou",
                                                                "ion"};
  for (const std::string_view ending : kEndings) {
    if (!word.ends_with(ending)) continue;
    const std::string_view rest = cut(ending);
    const bool ion_ok = ending != "ion" || rest.ends_with('s') || rest.ends_with('t');
    if (Measure(rest) > 1 && ion_ok) word.resize(rest.size());
    break;
  }
  if (word.ends_with('e')) {
    const std::string_view rest = cut("e");
    const size_t n = rest.size();
    const bool short_end = n >= 3 && !IsVowel(rest, n - 1) && IsVowel(rest, n - 2) &&
                           !IsVowel(rest, n - 3) &&
                           std::string_view("wxy").find(rest[n - 1]) == std::string_view::npos;
    if (Measure(rest) > 1 || (Measure(rest) == 1 && !short_end)) word.pop_back();
  }
  if (word.ends_with("ll") && Measure(word) > 1) word.pop_back();
  return word;
}

std::vector<std::string> Stems(std::string_view text) {
  std::vector<std::string> stems;
  const std::string lower = ToLower(text);
  for (const std::string_view word : SplitWhitespace(lower))
    stems.push_back(Stem(std::string(word)));
  return stems;
}

}  // namespace

bool SharesStem(std::string_view a, std::string_view b) {
  const auto first = Stems(a), second = Stems(b);
  return std::any_of(first.begin(), first.end(), [&](const std::string& s) {
    return std::find(second.begin(), second.end(), s) != second.end();
  });
}

}  // namespace spatium
