#include "spatium/base/check.h"
#include "spatium/metrics/regex_program.h"

namespace spatium::py {
namespace {

using Op = Regex::Program::Op;

// The other characters that CPython's re calls equal to a lower-case ASCII letter.
char32_t ExtraCase(char32_t c) { return c == U'i' ? 0x131 : c == U's' ? 0x17f : 0; }

class Compiler {
 public:
  Compiler(View pattern, unsigned flags, Regex::Program& program)
      : pattern_(pattern), flags_(flags), program_(program) {}

  void Run() {
    if (pattern_.substr(0, 4) == U"(?i)") {
      flags_ |= Regex::kIgnoreCase;
      at_ = 4;
    }
    Emit({.op = Op::kSave, .arg = 0});
    Alternatives();
    SPATIUM_CHECK(at_ == pattern_.size()) << "unbalanced ) in pattern";
    Emit({.op = Op::kSave, .arg = 1});
    Emit({.op = Op::kMatch});
  }

 private:
  using Inst = Regex::Program::Inst;
  bool More() const { return at_ < pattern_.size(); }
  char32_t Peek() const { return pattern_[at_]; }
  bool Take(View text) {
    if (pattern_.substr(at_, text.size()) != text) return false;
    at_ += text.size();
    return true;
  }
  int Emit(Inst inst) {
    program_.code.push_back(inst);
    return static_cast<int>(program_.code.size()) - 1;
  }
  int Here() const { return static_cast<int>(program_.code.size()); }
  Inst& At(int pc) { return program_.code[static_cast<size_t>(pc)]; }

  // Puts `inst` in front of the code from `pc` on, which has no jump from before it.
  void Insert(int pc, Inst inst) {
    program_.code.insert(program_.code.begin() + pc, inst);
    for (int i = pc + 1; i < Here(); ++i) {
      Inst& moved = At(i);
      if (moved.op != Op::kSplit && moved.op != Op::kJump) continue;
      if (moved.x >= pc) ++moved.x;
      if (moved.op == Op::kSplit && moved.y >= pc) ++moved.y;
    }
  }

  void Alternatives() {
    std::vector<int> jumps;
    for (int begin = Here();; begin = Here()) {
      Sequence();
      if (!Take(U"|")) break;
      Insert(begin, {.op = Op::kSplit, .x = begin + 1});
      jumps.push_back(Emit({.op = Op::kJump}));
      At(begin).y = Here();
    }
    for (const int jump : jumps) At(jump).x = Here();
  }

  void Sequence() {
    while (More() && Peek() != U'|' && Peek() != U')') {
      const int begin = Here();
      Atom();
      Repeat(begin);
    }
  }

  void Repeat(int begin) {
    if (!More()) return;
    int low = 0, high = -1;
    if (Take(U"*")) {
    } else if (Take(U"+")) {
      low = 1;
    } else if (Take(U"?")) {
      high = 1;
    } else if (Peek() == U'{' && at_ + 1 < pattern_.size() && IsDecimal(pattern_[at_ + 1])) {
      ++at_;
      low = high = Number();
      if (Take(U",")) high = Peek() == U'}' ? -1 : Number();
      SPATIUM_CHECK(Take(U"}")) << "bad repeat";
    } else {
      return;
    }
    const bool lazy = Take(U"?");
    const std::vector<Inst> body(program_.code.begin() + begin, program_.code.end());
    program_.code.resize(static_cast<size_t>(begin));
    for (int i = 0; i < low; ++i) Copy(body, begin);
    if (high < 0) {
      const int split = Emit({.op = Op::kSplit});
      Copy(body, begin);
      Emit({.op = Op::kJump, .x = split});
      Branch(split, lazy);
      return;
    }
    std::vector<int> splits;
    for (int i = low; i < high; ++i) {
      splits.push_back(Emit({.op = Op::kSplit}));
      Copy(body, begin);
    }
    for (const int split : splits) Branch(split, lazy);
  }

  // The split enters the code behind it or leaves to here.
  void Branch(int split, bool lazy) {
    At(split).x = lazy ? Here() : split + 1;
    At(split).y = lazy ? split + 1 : Here();
  }

  void Copy(const std::vector<Inst>& body, int from) {
    const int shift = Here() - from;
    for (Inst inst : body) {
      if (inst.op == Op::kSplit || inst.op == Op::kJump) {
        inst.x += shift;
        inst.y += shift;
      }
      Emit(inst);
    }
  }

  int Number() {
    int value = 0;
    while (More() && IsDecimal(Peek()))
      value = value * 10 + static_cast<int>(pattern_[at_++] - U'0');
    return value;
  }

  void Atom() {
    const char32_t c = pattern_[at_++];
    switch (c) {
      case U'(':
        return Group();
      case U'[':
        return Class();
      case U'.':
        Emit({.op = (flags_ & Regex::kDotAll) ? Op::kAny : Op::kAnyButNewline});
        return;
      case U'^':
        Emit({.op = (flags_ & Regex::kMultiLine) ? Op::kLineBegin : Op::kTextBegin});
        return;
      case U'$':
        Emit({.op = (flags_ & Regex::kMultiLine) ? Op::kLineEnd : Op::kTextEnd});
        return;
      case U'\\':
        if (Peek() == U'b' || Peek() == U'B') {
          Emit({.op = pattern_[at_++] == U'b' ? Op::kWordBoundary : Op::kNotWordBoundary});
          return;
        }
        EmitSet(Escape());
        return;
      default: {
        CharSet set;
        set.Add(c, c);
        EmitSet(set);
      }
    }
  }

  void Group() {
    if (Take(U"?:")) {
      Alternatives();
    } else if (Take(U"?=")) {
      return Assertion(Op::kAhead);
    } else if (Take(U"?!")) {
      return Assertion(Op::kNotAhead);
    } else if (Take(U"?<!")) {
      return Assertion(Op::kNotBehind);
    } else if (Take(U"?<=")) {
      return Assertion(Op::kBehind);
    } else {
      const int group = ++program_.num_groups;
      SPATIUM_CHECK(group < static_cast<int>(Match::kMaxGroups)) << "too many groups";
      Emit({.op = Op::kSave, .arg = 2 * group});
      Alternatives();
      Emit({.op = Op::kSave, .arg = 2 * group + 1});
    }
    SPATIUM_CHECK(Take(U")")) << "missing )";
  }

  // The body is alternatives of single characters in a row, or $; its sets are moved out of the
  // code into the assertion.
  void Assertion(Op op) {
    Regex::Program::Look look;
    for (;;) {
      Regex::Program::Look::Branch branch;
      while (More() && Peek() != U'|' && Peek() != U')') {
        if (Take(U"(?:")) {  // a group around all alternatives
          SPATIUM_CHECK(branch.sets.empty() && !branch.at_end) << "unsupported assertion";
          continue;
        }
        const int begin = Here();
        Atom();
        const Inst inst = program_.code.back();
        program_.code.resize(static_cast<size_t>(begin));
        if (inst.op == Op::kTextEnd) {
          branch.at_end = true;
        } else {
          SPATIUM_CHECK(inst.op == Op::kSet) << "unsupported assertion";
          branch.sets.push_back(inst.arg);
        }
      }
      look.branches.push_back(std::move(branch));
      if (!Take(U"|")) break;
    }
    SPATIUM_CHECK(Take(U")")) << "missing )";
    Take(U")");  // of the group around all alternatives
    program_.looks.push_back(std::move(look));
    Emit({.op = op, .arg = static_cast<int>(program_.looks.size()) - 1});
  }

  CharSet Escape() {
    const char32_t c = pattern_[at_++];
    CharSet set;
    switch (c) {
      case U'd':
        set.classes = CharSet::kDecimal;
        break;
      case U'D':
        set.classes = CharSet::kNotDecimal;
        break;
      case U's':
        set.classes = CharSet::kSpace;
        break;
      case U'S':
        set.classes = CharSet::kNotSpace;
        break;
      case U'w':
        set.classes = CharSet::kWord;
        break;
      case U'W':
        set.classes = CharSet::kNotWord;
        break;
      case U'n':
        set.Add(U'\n', U'\n');
        break;
      case U't':
        set.Add(U'\t', U'\t');
        break;
      default:
        SPATIUM_CHECK(!IsAlnum(c)) << "unknown escape";
        set.Add(c, c);
    }
    return set;
  }

  void Class() {
    CharSet set;
    set.negated = Take(U"^");
    for (bool first = true; first || Peek() != U']'; first = false) {
      SPATIUM_CHECK(More()) << "missing ]";
      char32_t low = pattern_[at_++];
      if (low == U'\\') {
        const CharSet escaped = Escape();
        set.classes |= escaped.classes;
        set.ranges.insert(set.ranges.end(), escaped.ranges.begin(), escaped.ranges.end());
        if (escaped.ranges.empty()) continue;
        low = escaped.ranges[0].first;
      }
      char32_t high = low;
      if (Peek() == U'-' && at_ + 1 < pattern_.size() && pattern_[at_ + 1] != U']') {
        ++at_;
        high = pattern_[at_++];
        SPATIUM_CHECK(high != U'\\') << "unsupported range";
      }
      set.Add(low, high);
    }
    ++at_;
    EmitSet(set);
  }

  void EmitSet(CharSet set) {
    if (flags_ & Regex::kIgnoreCase) {
      // Compared after simple lower-casing, as CPython does; classes such as \d are left alone.
      CharSet folded;
      folded.classes = set.classes;
      folded.negated = set.negated;
      folded.fold = true;
      for (const auto& [low, high] : set.ranges) {
        if (high - low > 0x400) {
          folded.Add(low, high);
          continue;
        }
        for (char32_t c = low; c <= high; ++c) {
          const char32_t lower = SimpleLower(c);
          folded.Add(lower, lower);
          if (ExtraCase(lower)) folded.Add(ExtraCase(lower), ExtraCase(lower));
        }
      }
      set = std::move(folded);
    }
    set.Freeze();
    program_.sets.push_back(std::move(set));
    Emit({.op = Op::kSet, .arg = static_cast<int>(program_.sets.size()) - 1});
  }

  View pattern_;
  unsigned flags_;
  Regex::Program& program_;
  size_t at_ = 0;
};

}  // namespace

bool CharSet::ContainsSlow(char32_t c) const {
  const char32_t folded = fold ? SimpleLower(c) : c;
  bool in = false;
  for (const auto& [low, high] : ranges) {
    if (low <= folded && folded <= high) {
      in = true;
      break;
    }
  }
  if (!in && classes != 0) {
    in = ((classes & kDecimal) && IsDecimal(c)) || ((classes & kNotDecimal) && !IsDecimal(c)) ||
         ((classes & kSpace) && IsSpace(c)) || ((classes & kNotSpace) && !IsSpace(c)) ||
         ((classes & kWord) && IsWord(c)) || ((classes & kNotWord) && !IsWord(c));
  }
  return in != negated;
}

void CharSet::Freeze() {
  for (char32_t c = 0; c < 128; ++c) ascii[c] = ContainsSlow(c);
}

void CompileRegex(View pattern, unsigned flags, Regex::Program& program) {
  Compiler(pattern, flags, program).Run();
}

}  // namespace spatium::py
