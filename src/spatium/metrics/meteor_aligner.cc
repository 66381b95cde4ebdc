#include "spatium/metrics/meteor_aligner.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <tuple>

namespace spatium {
namespace {

constexpr size_t kBeam = 40;  // METEOR's default

struct Path {
  int worth = 0, ended_chunks = 0;
  int64_t passed_over = 0;          // displacement
  int test_end = -1, ref_end = -1;  // where the chunk that may go on ends; -1: none
  int last = -1;                    // in the arena of steps
  uint32_t parent = 0;              // the path that it goes on from
  int added = -1;                   // the candidate that it adds to that path; -1: none

  bool open() const { return ref_end >= 0; }
  // The order of paths but for ties, which the order of making decides.
  auto rank() const { return std::tuple(-worth, ended_chunks, passed_over); }
};

bool Before(const Path& a, const Path& b) { return a.rank() < b.rank(); }

struct Step {
  int previous;
  int candidate;
};

class Search {
 public:
  Search(std::span<const MeteorMatch> candidates, int test_words, int ref_words)
      : candidates_(candidates),
        ref_words_(ref_words),
        stride_(static_cast<size_t>(test_words) / 64 + 1),
        taken_(stride_, 0),
        fixed_(candidates.size(), false) {
    FindFixed(test_words);
  }

  std::vector<MeteorMatch> Run() {
    size_t at = 0;
    for (int ref = 0; ref < ref_words_; ++ref) {
      const size_t begin = at;
      while (at < candidates_.size() && candidates_[at].ref == ref) ++at;
      // Words that leave no choice change what paths are worth, and so their order.
      if (begin == at) {
        for (Path& path : paths_)
          if (path.ref_end <= ref) path = TakeNone(path);
        SortFewMoved();
      } else if (fixed_[begin]) {
        for (size_t p = 0; p < paths_.size(); ++p) {
          paths_[p] = Take(paths_[p], begin);
          AddStep(paths_[p]);
          MarkTaken(&taken_[p * stride_], begin);
        }
        SortFewMoved();
      } else {
        Branch(ref, begin, at);
      }
    }
    for (Path& path : paths_) path = TakeNone(path);
    std::vector<MeteorMatch> out;
    const Path& best = *std::min_element(paths_.begin(), paths_.end(), Before);
    for (int step = best.last; step >= 0; step = steps_[static_cast<size_t>(step)].previous) {
      out.push_back(candidates_[static_cast<size_t>(steps_[static_cast<size_t>(step)].candidate)]);
    }
    std::reverse(out.begin(), out.end());
    return out;
  }

 private:
  void FindFixed(int test_words) {
    std::vector<int> test_count(static_cast<size_t>(test_words), 0);
    std::vector<int> ref_count(static_cast<size_t>(ref_words_), 0);
    const auto each = [](int begin, int length, auto fn) {
      for (int i = begin; i < begin + length; ++i) fn(static_cast<size_t>(i));
    };
    for (const MeteorMatch& m : candidates_) {
      each(m.test, m.test_length, [&](size_t i) { ++test_count[i]; });
      each(m.ref, m.ref_length, [&](size_t i) { ++ref_count[i]; });
    }
    for (size_t c = 0; c < candidates_.size(); ++c) {
      const MeteorMatch& m = candidates_[c];
      bool alone = true;
      each(m.test, m.test_length, [&](size_t i) { alone = alone && test_count[i] == 1; });
      each(m.ref, m.ref_length, [&](size_t i) { alone = alone && ref_count[i] == 1; });
      fixed_[c] = alone;
    }
  }

  // Lets each path take one of the candidates [begin, end) or none, and keeps the best.
  void Branch(int ref, size_t begin, size_t end) {
    next_.clear();
    for (size_t p = 0; p < paths_.size(); ++p) {
      Path path = paths_[p];
      path.parent = static_cast<uint32_t>(p);
      path.added = -1;
      if (path.ref_end > ref) {  // a phrase covers this word
        next_.push_back(path);
        continue;
      }
      for (size_t c = begin; c < end; ++c) {
        if (!Free(p, c)) continue;
        next_.push_back(Take(path, c));
        path.passed_over += std::abs(candidates_[c].test - candidates_[c].ref);
      }
      next_.push_back(TakeNone(path));
    }
    KeepBest();
    KeepSteps();
  }

  // The first paths in their order, ties in the order of making.
  void KeepBest() {
    order_.resize(next_.size());
    for (size_t i = 0; i < order_.size(); ++i) order_[i] = static_cast<uint32_t>(i);
    const auto kept = order_.begin() + static_cast<int64_t>(std::min(next_.size(), kBeam));
    std::partial_sort(order_.begin(), kept, order_.end(), [&](uint32_t a, uint32_t b) {
      if (Before(next_[a], next_[b])) return true;
      return !Before(next_[b], next_[a]) && a < b;
    });
    order_.erase(kept, order_.end());
    paths_.clear();
    for (const uint32_t i : order_) paths_.push_back(next_[i]);
  }

  // Writes down the last steps of the paths that stay, and the words that these have taken.
  void KeepSteps() {
    next_taken_.resize(paths_.size() * stride_);
    for (size_t p = 0; p < paths_.size(); ++p) {
      uint64_t* taken = &next_taken_[p * stride_];
      std::copy_n(&taken_[paths_[p].parent * stride_], stride_, taken);
      if (paths_[p].added < 0) continue;
      MarkTaken(taken, static_cast<size_t>(paths_[p].added));
      AddStep(paths_[p]);
    }
    std::swap(taken_, next_taken_);
  }

  // Sorts the paths, which are nearly in order, with the words that they have taken; stable.
  void SortFewMoved() {
    for (size_t i = 1; i < paths_.size(); ++i) {
      for (size_t j = i; j > 0 && Before(paths_[j], paths_[j - 1]); --j) {
        std::swap(paths_[j], paths_[j - 1]);
        std::swap_ranges(
            &taken_[j * stride_], &taken_[j * stride_] + stride_, &taken_[(j - 1) * stride_]);
      }
    }
  }

  // Whether path p has taken none of the candidate's words.
  bool Free(size_t p, size_t c) const {
    const MeteorMatch& m = candidates_[c];
    for (auto i = static_cast<size_t>(m.test); i < static_cast<size_t>(m.test + m.test_length); ++i)
      if (taken_[p * stride_ + i / 64] >> i % 64 & 1) return false;
    return true;
  }

  void MarkTaken(uint64_t* taken, size_t c) const {
    const MeteorMatch& m = candidates_[c];
    for (auto i = static_cast<size_t>(m.test); i < static_cast<size_t>(m.test + m.test_length); ++i)
      taken[i / 64] |= uint64_t{1} << i % 64;
  }

  void AddStep(Path& path) {
    steps_.push_back({path.last, path.added});
    path.last = static_cast<int>(steps_.size()) - 1;
  }

  Path Take(Path path, size_t c) const {
    const MeteorMatch& m = candidates_[c];
    path.worth += m.module == 0 ? 2 : m.test_length / 2 + m.ref_length / 2;
    path.ended_chunks += path.open() && (path.test_end != m.test || path.ref_end != m.ref);
    path.test_end = m.test + m.test_length;
    path.ref_end = m.ref + m.ref_length;
    path.added = static_cast<int>(c);
    return path;
  }

  static Path TakeNone(Path path) {
    path.ended_chunks += path.open();
    path.test_end = path.ref_end = -1;
    return path;
  }

  std::span<const MeteorMatch> candidates_;
  int ref_words_;
  size_t stride_;                             // of 64 test words each
  std::vector<uint64_t> taken_, next_taken_;  // [path][stride_]: a bit for each test word
  std::vector<Path> paths_ = std::vector<Path>(1), next_;
  std::vector<uint32_t> order_;
  std::vector<bool> fixed_;
  std::vector<Step> steps_;
};

}  // namespace

std::vector<MeteorMatch> AlignMeteor(std::span<const MeteorMatch> candidates,
                                     int test_words,
                                     int ref_words) {
  return Search(candidates, test_words, ref_words).Run();
}

int CountChunks(std::span<const MeteorMatch> matches) {
  int chunks = 0, test_end = -1, ref_end = -1;
  for (const MeteorMatch& m : matches) {
    chunks += test_end != m.test || ref_end != m.ref;
    test_end = m.test + m.test_length;
    ref_end = m.ref + m.ref_length;
  }
  return chunks;
}

}  // namespace spatium
