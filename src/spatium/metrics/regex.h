#pragma once
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "spatium/metrics/python.h"

namespace spatium::py {

// A regular expression with the meaning Python's `re` gives it on str (leftmost-first, Unicode
// classes, re.IGNORECASE with its extra cases), matched in time linear in the text: threads of a
// Pike machine instead of backtracking, so a hostile reply costs what its length costs.
//
// Understood: literals and escapes, . ^ $ \d \D \s \S \w \W \b \B, [classes], (groups), (?:…),
// * + ? {m,n} and their lazy forms, |, and one-step assertions (?=…) (?!…) (?<!…) (?<=…) whose body
// is a fixed number of single characters, alternatives of those, or $. Back references are not.
struct Match {
  static constexpr size_t kMaxGroups = 5;    // the whole match and four groups
  std::array<int64_t, 2 * kMaxGroups> span;  // begin, end; -1 where the group took no part
  View text;

  size_t begin() const { return static_cast<size_t>(span[0]); }
  size_t end() const { return static_cast<size_t>(span[1]); }
  bool Has(size_t group) const { return span[2 * group] >= 0; }
  View Group(size_t group) const;  // empty if the group took no part
};

class Regex {
 public:
  enum Flags : unsigned { kNone = 0, kIgnoreCase = 1, kDotAll = 2, kMultiLine = 4 };

  // The pattern is code of ours: one that is malformed or not understood is a bug (BugError).
  explicit Regex(View pattern, unsigned flags = kNone);
  ~Regex();
  Regex(Regex&&) noexcept;

  std::optional<Match> Search(View text, size_t from = 0) const;  // re.search
  std::optional<Match> MatchStart(View text) const;               // re.match
  std::optional<Match> FullMatch(View text) const;                // re.fullmatch
  std::vector<Match> FindAll(View text) const;                    // re.finditer
  // The same one by one, until fn returns false.
  void ForEachMatch(View text, const std::function<bool(const Match&)>& fn) const;
  Str Sub(View text, View replacement) const;  // re.sub, a literal replacement

  struct Program;

 private:
  std::unique_ptr<const Program> program_;
};

}  // namespace spatium::py
