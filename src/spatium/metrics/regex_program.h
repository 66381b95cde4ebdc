#pragma once
#include <bitset>
#include <utility>
#include <vector>

#include "spatium/metrics/regex.h"

// The compiled form of a Regex: shared by its compiler and its matcher only.
namespace spatium::py {

struct CharSet {
  enum Class : unsigned {
    kDecimal = 1,
    kNotDecimal = 2,
    kSpace = 4,
    kNotSpace = 8,
    kWord = 16,
    kNotWord = 32
  };
  std::vector<std::pair<char32_t, char32_t>> ranges;
  unsigned classes = 0;
  bool negated = false;
  bool fold = false;  // compare the simple lower case of a character
  std::bitset<128> ascii;

  void Add(char32_t low, char32_t high) { ranges.emplace_back(low, high); }
  void Freeze();  // fills `ascii`
  bool Contains(char32_t c) const { return c < 128 ? ascii[c] : ContainsSlow(c); }
  bool ContainsSlow(char32_t c) const;
};

struct Regex::Program {
  enum class Op : uint8_t {
    kSet,
    kAny,
    kAnyButNewline,
    kSave,
    kSplit,  // x first, y second
    kJump,
    kTextBegin,
    kTextEnd,
    kLineBegin,
    kLineEnd,
    kWordBoundary,
    kNotWordBoundary,
    kAhead,
    kNotAhead,
    kBehind,
    kNotBehind,
    kMatch
  };
  struct Inst {
    Op op;
    int x = 0, y = 0;
    int arg = 0;  // a set, a save slot or an assertion
  };
  struct Look {
    struct Branch {
      std::vector<int> sets;  // in text order
      bool at_end = false;    // followed by $
    };
    std::vector<Branch> branches;
  };
  std::vector<Inst> code;
  std::vector<CharSet> sets;
  std::vector<Look> looks;
  int num_groups = 0;
  std::bitset<128> first;          // ASCII characters that a match can begin with
  bool can_begin_anywhere = true;  // also with none
};

void CompileRegex(View pattern, unsigned flags, Regex::Program& program);

}  // namespace spatium::py
