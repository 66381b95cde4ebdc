#include "spatium/metrics/choice.h"

namespace spatium {
namespace {

using py::Str;
using py::View;

// A text with a gap: [0, gap_begin) and [gap_end, n) are the text. Blocks are cut where the gap
// stands, so that each character moves at most twice however many blocks there are.
class GapText {
 public:
  explicit GapText(View text) : buffer_(text) {}

  // Removes the first block from `open` to the next `close`; false if there is none. What is
  // before `resume_` holds no `open`.
  bool CutBlock(View open, View close) {
    MoveGap(resume_);
    const size_t begin = buffer_.find(open, gap_end_);
    if (begin == Str::npos) return false;
    const size_t end = buffer_.find(close, begin);
    if (end == Str::npos) return false;
    MoveGap(gap_begin_ + (begin - gap_end_));
    gap_end_ = end + close.size();
    // Joining may have made a new tag around the cut.
    resume_ = gap_begin_ > open.size() ? gap_begin_ - open.size() : 0;
    return true;
  }

  Str Text() const { return buffer_.substr(0, gap_begin_) + buffer_.substr(gap_end_); }

 private:
  // Moves the gap so that it begins behind the first `at` characters of the text.
  void MoveGap(size_t at) {
    while (gap_begin_ > at) buffer_[--gap_end_] = buffer_[--gap_begin_];
    while (gap_begin_ < at) buffer_[gap_begin_++] = buffer_[gap_end_++];
  }

  Str buffer_;
  size_t gap_begin_ = 0, gap_end_ = 0, resume_ = 0;
};

}  // namespace

Str StripReasoning(View reply, std::span<const std::pair<Str, Str>> tags) {
  Str text(reply);
  for (const auto& [open, close] : tags) {
    if (open.empty() || close.empty()) continue;
    GapText gap(text);
    while (gap.CutBlock(open, close)) {
    }
    text = gap.Text();
    // A chat template may have opened the block in the prompt: keep what follows its end.
    const size_t end = text.rfind(close);
    if (end != Str::npos && !py::Contains(text, open)) text = text.substr(end + close.size());
  }
  return Str(py::Strip(text));
}

}  // namespace spatium
