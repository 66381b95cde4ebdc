#include "spatium/metrics/regex.h"

#include <algorithm>

#include "spatium/metrics/regex_program.h"

namespace spatium::py {
namespace {

using Program = Regex::Program;
using Op = Program::Op;
using Span = std::array<int64_t, 2 * Match::kMaxGroups>;

bool AtTextEnd(View text, size_t at) {
  return at == text.size() || (at + 1 == text.size() && text[at] == U'\n');
}

bool AtWordBoundary(View text, size_t at) {
  const bool before = at > 0 && IsWord(text[at - 1]);
  const bool after = at < text.size() && IsWord(text[at]);
  return before != after;
}

bool LookMatches(
    const Program& program, const Program::Look& look, View text, size_t at, bool behind) {
  for (const auto& branch : look.branches) {
    const size_t n = branch.sets.size();
    if (behind ? n > at : n > text.size() - at) continue;
    const size_t begin = behind ? at - n : at;
    bool ok = !branch.at_end || AtTextEnd(text, begin + n);
    for (size_t i = 0; ok && i < n; ++i) {
      ok = program.sets[static_cast<size_t>(branch.sets[i])].Contains(text[begin + i]);
    }
    if (ok) return true;
  }
  return false;
}

bool AssertionHolds(const Program& program, const Program::Inst& inst, View text, size_t at) {
  const auto look = [&]() -> const Program::Look& {
    return program.looks[static_cast<size_t>(inst.arg)];
  };
  switch (inst.op) {
    case Op::kTextBegin:
      return at == 0;
    case Op::kTextEnd:
      return AtTextEnd(text, at);
    case Op::kLineBegin:
      return at == 0 || text[at - 1] == U'\n';
    case Op::kLineEnd:
      return at == text.size() || text[at] == U'\n';
    case Op::kWordBoundary:
      return AtWordBoundary(text, at);
    case Op::kNotWordBoundary:
      return !AtWordBoundary(text, at);
    case Op::kAhead:
      return LookMatches(program, look(), text, at, false);
    case Op::kNotAhead:
      return !LookMatches(program, look(), text, at, false);
    case Op::kBehind:
      return LookMatches(program, look(), text, at, true);
    default:
      return !LookMatches(program, look(), text, at, true);
  }
}

// The threads alive at one position, best first. Each program counter stands in it at most once.
struct Threads {
  std::vector<int> order;
  std::vector<Span> spans;
  std::vector<uint64_t> seen;  // equal to `stamp` where the pc is in
  uint64_t stamp = 0;
  explicit Threads(size_t n) : spans(n), seen(n, 0) {}
  void Clear(uint64_t new_stamp) {
    order.clear();
    stamp = new_stamp;
  }
};

class Machine {
 public:
  Machine(const Program& program, View text)
      : program_(program), text_(text), now_(program.code.size()), next_(program.code.size()) {}

  // anchored: only from `from`; whole: the match must end where the text does.
  std::optional<Match> Run(size_t from, bool anchored, bool whole) {
    std::optional<Match> best;
    now_.Clear(++counter_);
    for (size_t at = from;; ++at) {
      if (now_.order.empty()) {
        if (best || (anchored && at > from)) break;
        if (!anchored) at = SkipToFirst(at);
      }
      if (!best && (!anchored || at == from)) {
        Span empty;
        empty.fill(-1);
        AddThread(now_, 0, at, empty);
      }
      next_.Clear(++counter_);
      for (const int pc : now_.order) {
        const Program::Inst& inst = program_.code[static_cast<size_t>(pc)];
        const Span& span = now_.spans[static_cast<size_t>(pc)];
        if (inst.op == Op::kMatch) {
          if (whole && at != text_.size()) continue;
          best = Match{span, text_};
          break;  // worse threads are cut
        }
        if (at < text_.size() && Accepts(inst, text_[at])) {
          AddThread(next_, pc + 1, at + 1, span);
        }
      }
      std::swap(now_, next_);
      if (at >= text_.size()) break;
    }
    return best;
  }

 private:
  bool Accepts(const Program::Inst& inst, char32_t c) const {
    switch (inst.op) {
      case Op::kSet:
        return program_.sets[static_cast<size_t>(inst.arg)].Contains(c);
      case Op::kAny:
        return true;
      default:
        return c != U'\n';
    }
  }

  size_t SkipToFirst(size_t at) const {
    if (program_.can_begin_anywhere) return at;
    while (at < text_.size() && text_[at] < 128 && !program_.first[text_[at]]) ++at;
    return at;
  }

  void AddThread(Threads& threads, int start_pc, size_t at, const Span& start_span) {
    stack_.clear();
    stack_.push_back({start_pc, start_span});
    while (!stack_.empty()) {
      Frame frame = stack_.back();
      stack_.pop_back();
      for (;;) {
        uint64_t& seen = threads.seen[static_cast<size_t>(frame.pc)];
        if (seen == threads.stamp) break;
        seen = threads.stamp;
        const Program::Inst& inst = program_.code[static_cast<size_t>(frame.pc)];
        if (inst.op == Op::kJump) {
          frame.pc = inst.x;
        } else if (inst.op == Op::kSplit) {
          stack_.push_back({inst.y, frame.span});
          frame.pc = inst.x;
        } else if (inst.op == Op::kSave) {
          frame.span[static_cast<size_t>(inst.arg)] = static_cast<int64_t>(at);
          ++frame.pc;
        } else if (inst.op >= Op::kTextBegin && inst.op <= Op::kNotBehind) {
          if (!AssertionHolds(program_, inst, text_, at)) break;
          ++frame.pc;
        } else {
          threads.order.push_back(frame.pc);
          threads.spans[static_cast<size_t>(frame.pc)] = frame.span;
          break;
        }
      }
    }
  }

  struct Frame {
    int pc;
    Span span;
  };
  const Program& program_;
  View text_;
  Threads now_, next_;
  std::vector<Frame> stack_;
  uint64_t counter_ = 0;
};

// The ASCII characters that a match can begin with, by following the program to its first steps.
void FindFirst(Program& program) {
  std::vector<bool> seen(program.code.size(), false);
  std::vector<int> stack = {0};
  program.can_begin_anywhere = false;
  while (!stack.empty()) {
    const int pc = stack.back();
    stack.pop_back();
    if (seen[static_cast<size_t>(pc)]) continue;
    seen[static_cast<size_t>(pc)] = true;
    const Program::Inst& inst = program.code[static_cast<size_t>(pc)];
    switch (inst.op) {
      case Op::kSet:
        program.first |= program.sets[static_cast<size_t>(inst.arg)].ascii;
        break;
      case Op::kAny:
      case Op::kAnyButNewline:
      case Op::kMatch:
        program.can_begin_anywhere = true;
        break;
      case Op::kJump:
        stack.push_back(inst.x);
        break;
      case Op::kSplit:
        stack.push_back(inst.x);
        stack.push_back(inst.y);
        break;
      default:
        stack.push_back(pc + 1);
    }
  }
}

}  // namespace

View Match::Group(size_t group) const {
  if (!Has(group)) return {};
  const auto begin_at = static_cast<size_t>(span[2 * group]);
  return text.substr(begin_at, static_cast<size_t>(span[2 * group + 1]) - begin_at);
}

Regex::Regex(View pattern, unsigned flags) {
  auto program = std::make_unique<Program>();
  CompileRegex(pattern, flags, *program);
  FindFirst(*program);
  program_ = std::move(program);
}
Regex::~Regex() = default;
Regex::Regex(Regex&&) noexcept = default;

std::optional<Match> Regex::Search(View text, size_t from) const {
  return Machine(*program_, text).Run(from, false, false);
}
std::optional<Match> Regex::MatchStart(View text) const {
  return Machine(*program_, text).Run(0, true, false);
}
std::optional<Match> Regex::FullMatch(View text) const {
  return Machine(*program_, text).Run(0, true, true);
}

void Regex::ForEachMatch(View text, const std::function<bool(const Match&)>& fn) const {
  Machine machine(*program_, text);
  for (size_t from = 0; from <= text.size();) {
    const auto match = machine.Run(from, false, false);
    if (!match || !fn(*match)) return;
    // An empty match where the last one ended is Python's too: it only moves on by one.
    from = match->end() > match->begin() ? match->end() : match->end() + 1;
  }
}

std::vector<Match> Regex::FindAll(View text) const {
  std::vector<Match> out;
  ForEachMatch(text, [&](const Match& match) {
    out.push_back(match);
    return true;
  });
  return out;
}

Str Regex::Sub(View text, View replacement) const {
  Str out;
  size_t from = 0;
  for (const Match& match : FindAll(text)) {
    out += text.substr(from, match.begin() - from);
    out += replacement;
    from = match.end();
  }
  out += text.substr(from);
  return out;
}

}  // namespace spatium::py
