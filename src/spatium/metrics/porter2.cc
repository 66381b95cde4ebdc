#include "spatium/metrics/porter2.h"

#include <algorithm>
#include <utility>

namespace spatium {
namespace {

using py::Str;
using py::View;

bool IsVowel(char32_t c) {
  return c == U'a' || c == U'e' || c == U'i' || c == U'o' || c == U'u' || c == U'y';
}

struct Rule {
  View suffix, replacement;
};

class Stemmer {
 public:
  explicit Stemmer(View word) : w_(word) {}

  Str Run() {
    if (w_.size() <= 2) return w_;
    if (w_[0] == U'\'') w_.erase(0, 1);
    for (size_t i = 0; i < w_.size(); ++i) {
      if (w_[i] == U'y' && (i == 0 || IsVowel(w_[i - 1]))) w_[i] = U'Y';
    }
    FindRegions();
    Step0();
    Step1a();
    static constexpr View kStop[] = {U"inning",
                                     U"outing",
                                     U"canning",
                                     U"herring",
                                     U"earring",
                                     U"proceed",
                                     U"exceed",
                                     U"succeed"};
    if (std::find(std::begin(kStop), std::end(kStop), View(w_)) == std::end(kStop)) {
      Step1b();
      Step1c();
      Step2();
      Step3();
      Step4();
      Step5();
    }
    std::replace(w_.begin(), w_.end(), U'Y', U'y');
    return std::move(w_);
  }

 private:
  bool Ends(View suffix) const { return w_.ends_with(suffix); }
  size_t Before(View suffix) const { return w_.size() - suffix.size(); }
  bool InR1(View suffix) const { return Before(suffix) >= r1_; }
  bool InR2(View suffix) const { return Before(suffix) >= r2_; }
  void Replace(View suffix, View replacement) {
    w_.resize(Before(suffix));
    w_ += replacement;
  }
  bool HasVowel(size_t end) const {
    return std::any_of(w_.begin(), w_.begin() + static_cast<int64_t>(end), IsVowel);
  }

  // Behind the first non-vowel that follows a vowel, from `from` on.
  size_t Region(size_t from) const {
    for (size_t i = from + 1; i < w_.size(); ++i) {
      if (!IsVowel(w_[i]) && IsVowel(w_[i - 1])) return i + 1;
    }
    return w_.size();
  }
  void FindRegions() {
    r1_ = Region(0);
    for (const View prefix : {View(U"gener"), View(U"commun"), View(U"arsen")}) {
      if (w_.starts_with(prefix)) r1_ = prefix.size();
    }
    r2_ = Region(r1_);
  }

  bool EndsInShortSyllable(size_t end) const {
    if (end < 2 || IsVowel(w_[end - 1]) || !IsVowel(w_[end - 2])) return false;
    if (end == 2) return true;
    const char32_t last = w_[end - 1];
    return !IsVowel(w_[end - 3]) && last != U'w' && last != U'x' && last != U'Y';
  }

  void Step0() {
    for (const View suffix : {View(U"'s'"), View(U"'s"), View(U"'")}) {
      if (Ends(suffix)) return Replace(suffix, U"");
    }
  }

  void Step1a() {
    if (Ends(U"sses")) return Replace(U"sses", U"ss");
    if (Ends(U"ied") || Ends(U"ies")) return Replace(U"ied", w_.size() > 4 ? View(U"i") : U"ie");
    if (Ends(U"us") || Ends(U"ss") || !Ends(U"s")) return;
    if (w_.size() >= 2 && HasVowel(w_.size() - 2)) w_.pop_back();
  }

  void Step1b() {
    for (const View suffix : {View(U"eedly"), View(U"eed")}) {
      if (!Ends(suffix)) continue;
      if (InR1(suffix)) Replace(suffix, U"ee");
      return;
    }
    for (const View suffix : {View(U"ingly"), View(U"edly"), View(U"ing"), View(U"ed")}) {
      if (!Ends(suffix)) continue;
      if (!HasVowel(Before(suffix))) return;
      Replace(suffix, U"");
      if (Ends(U"at") || Ends(U"bl") || Ends(U"iz")) {
        w_ += U'e';
      } else if (EndsInDouble()) {
        w_.pop_back();
      } else if (r1_ >= w_.size() && EndsInShortSyllable(w_.size())) {
        w_ += U'e';
      }
      return;
    }
  }

  bool EndsInDouble() const {
    const size_t n = w_.size();
    return n >= 2 && w_[n - 1] == w_[n - 2] && py::Contains(U"bdfgmnprt", View(w_).substr(n - 1));
  }

  void Step1c() {
    const size_t n = w_.size();
    if (n > 2 && (w_[n - 1] == U'y' || w_[n - 1] == U'Y') && !IsVowel(w_[n - 2])) w_[n - 1] = U'i';
  }

  // The longest suffix of the list, if the word ends in one.
  template <size_t kN>
  const Rule* Longest(const Rule (&rules)[kN]) const {
    const Rule* best = nullptr;
    for (const Rule& rule : rules) {
      if (Ends(rule.suffix) && (!best || rule.suffix.size() > best->suffix.size())) best = &rule;
    }
    return best;
  }

  void Step2() {
    static constexpr Rule kRules[] = {
        {U"tional", U"tion"}, {U"enci", U"ence"},   {U"anci", U"ance"},   {U"abli", U"able"},
        {U"entli", U"ent"},   {U"izer", U"ize"},    {U"ization", U"ize"}, {U"ational", U"ate"},
        {U"ation", U"ate"},   {U"ator", U"ate"},    {U"alism", U"al"},    {U"aliti", U"al"},
        {U"alli", U"al"},     {U"fulness", U"ful"}, {U"ousli", U"ous"},   {U"ousness", U"ous"},
        {U"iveness", U"ive"}, {U"iviti", U"ive"},   {U"biliti", U"ble"},  {U"bli", U"ble"},
        {U"ogi", U"og"},      {U"fulli", U"ful"},   {U"lessli", U"less"}, {U"li", U""}};
    const Rule* rule = Longest(kRules);
    if (!rule || !InR1(rule->suffix)) return;
    const size_t before = Before(rule->suffix);
    const View last = before > 0 ? View(w_).substr(before - 1, 1) : View();
    if (rule->suffix == U"ogi" && last != U"l") return;
    if (rule->suffix == U"li" && (last.empty() || !py::Contains(U"cdeghkmnrt", last))) return;
    Replace(rule->suffix, rule->replacement);
  }

  void Step3() {
    static constexpr Rule kRules[] = {{U"tional", U"tion"},
                                      {U"ational", U"ate"},
                                      {U"alize", U"al"},
                                      {U"icate", U"ic"},
                                      {U"iciti", U"ic"},
                                      {U"ical", U"ic"},
                                      {U"ful", U""},
                                      {U"ness", U""},
                                      {U"ative", U""}};
    const Rule* rule = Longest(kRules);
    if (!rule || !InR1(rule->suffix)) return;
    if (rule->suffix == U"ative" && !InR2(rule->suffix)) return;
    Replace(rule->suffix, rule->replacement);
  }

  void Step4() {
    static constexpr Rule kRules[] = {{U"al", U""},
                                      {U"ance", U""},
                                      {U"ence", U""},
                                      {U"er", U""},
                                      {U"ic", U""},
                                      {U"able", U""},
                                      {U"ible", U""},
                                      {U"ant", U""},
                                      {U"ement", U""},
                                      {U"ment", U""},
                                      {U"ent", U""},
                                      {U"ism", U""},
                                      {U"ate", U""},
                                      {U"iti", U""},
                                      {U"ous", U""},
                                      {U"ive", U""},
                                      {U"ize", U""},
                                      {U"ion", U""}};
    const Rule* rule = Longest(kRules);
    if (!rule || !InR2(rule->suffix)) return;
    const size_t before = Before(rule->suffix);
    if (rule->suffix == U"ion" &&
        (before == 0 || (w_[before - 1] != U's' && w_[before - 1] != U't'))) {
      return;
    }
    Replace(rule->suffix, U"");
  }

  void Step5() {
    if (Ends(U"e")) {
      if (InR2(U"e") || (InR1(U"e") && !EndsInShortSyllable(w_.size() - 1))) w_.pop_back();
    } else if (Ends(U"ll") && InR2(U"l")) {
      w_.pop_back();
    }
  }

  Str w_;
  size_t r1_ = 0, r2_ = 0;
};

}  // namespace

Str Porter2Stem(View word) {
  static constexpr std::pair<View, View> kExceptions[] = {{U"skis", U"ski"},
                                                          {U"skies", U"sky"},
                                                          {U"dying", U"die"},
                                                          {U"lying", U"lie"},
                                                          {U"tying", U"tie"},
                                                          {U"idly", U"idl"},
                                                          {U"gently", U"gentl"},
                                                          {U"ugly", U"ugli"},
                                                          {U"early", U"earli"},
                                                          {U"only", U"onli"},
                                                          {U"singly", U"singl"},
                                                          {U"sky", U"sky"},
                                                          {U"news", U"news"},
                                                          {U"howe", U"howe"},
                                                          {U"atlas", U"atlas"},
                                                          {U"cosmos", U"cosmos"},
                                                          {U"bias", U"bias"},
                                                          {U"andes", U"andes"}};
  for (const auto& [exception, stem] : kExceptions) {
    if (word == exception) return Str(stem);
  }
  return Stemmer(word).Run();
}

}  // namespace spatium
