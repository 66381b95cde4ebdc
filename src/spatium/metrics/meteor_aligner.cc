#include "spatium/metrics/meteor_aligner.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace spatium {
namespace {

constexpr size_t kBeam = 40;  // METEOR's default

struct Path {
  int exact = 0, chunks = 0, covered = 0;
  int64_t displacement = 0;
  int test_end = -1, ref_end = -1;  // where the last match ends
  int last = -1;                    // in the arena of steps
  int64_t number = -1;              // of its last match among all that were ever tried
  size_t parent = 0;                // the path that it goes on from
  int added = -1;                   // the candidate that it adds to that path; -1: none
};

bool Better(const Path& a, const Path& b) {
  if (a.exact != b.exact) return a.exact > b.exact;
  if (a.chunks != b.chunks) return a.chunks < b.chunks;
  if (a.covered != b.covered) return a.covered > b.covered;
  return a.displacement < b.displacement;
}

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
    std::vector<Path> paths(1), next;
    size_t at = 0;
    for (int ref = 0; ref < ref_words_; ++ref) {
      const size_t begin = at;
      while (at < candidates_.size() && candidates_[at].ref == ref) ++at;
      if (begin == at) continue;
      next.clear();
      for (size_t p = 0; p < paths.size(); ++p) {
        Path& path = paths[p];
        path.parent = p;
        path.added = -1;
        if (path.ref_end > ref) {  // a phrase covers this word
          next.push_back(path);
          continue;
        }
        if (fixed_[begin]) {
          next.push_back(Take(path, begin));
          continue;
        }
        for (size_t c = begin; c < at; ++c) {
          if (Free(p, c)) next.push_back(Take(path, c));
        }
        next.push_back(path);
      }
      const auto kept = next.begin() + static_cast<int64_t>(std::min(next.size(), kBeam));
      std::partial_sort(next.begin(), kept, next.end(), BetterThenEarlier);
      next.erase(kept, next.end());
      KeepSteps(next);
      std::swap(paths, next);
    }
    std::vector<MeteorMatch> out;
    for (int step = paths[0].last; step >= 0; step = steps_[static_cast<size_t>(step)].previous) {
      out.push_back(candidates_[static_cast<size_t>(steps_[static_cast<size_t>(step)].candidate)]);
    }
    std::reverse(out.begin(), out.end());
    return out;
  }

 private:
  // A total order without relying on a stable sort: matches are numbered as they are tried.
  static bool BetterThenEarlier(const Path& a, const Path& b) {
    if (Better(a, b)) return true;
    if (Better(b, a)) return false;
    return a.number < b.number;
  }

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

  // Whether path p has taken none of the candidate's words.
  bool Free(size_t p, size_t c) const {
    const MeteorMatch& m = candidates_[c];
    for (auto i = static_cast<size_t>(m.test); i < static_cast<size_t>(m.test + m.test_length); ++i)
      if (taken_[p * stride_ + i / 64] >> i % 64 & 1) return false;
    return true;
  }

  // Writes down the last steps of the paths that stay, and the words that these have taken.
  void KeepSteps(std::vector<Path>& paths) {
    next_taken_.resize(paths.size() * stride_);
    for (size_t p = 0; p < paths.size(); ++p) {
      Path& path = paths[p];
      uint64_t* taken = &next_taken_[p * stride_];
      std::copy_n(&taken_[path.parent * stride_], stride_, taken);
      if (path.added < 0) continue;
      const MeteorMatch& m = candidates_[static_cast<size_t>(path.added)];
      for (auto i = static_cast<size_t>(m.test); i < static_cast<size_t>(m.test + m.test_length);
           ++i)
        taken[i / 64] |= uint64_t{1} << i % 64;
      steps_.push_back({path.last, path.added});
      path.last = static_cast<int>(steps_.size()) - 1;
    }
    std::swap(taken_, next_taken_);
  }

  Path Take(Path path, size_t c) {
    const MeteorMatch& m = candidates_[c];
    path.exact += m.module == 0;
    path.chunks += path.test_end != m.test || path.ref_end != m.ref;
    path.covered += m.test_length + m.ref_length;
    path.displacement += std::abs(m.test - m.ref);
    path.test_end = m.test + m.test_length;
    path.ref_end = m.ref + m.ref_length;
    path.added = static_cast<int>(c);
    path.number = num_tried_++;
    return path;
  }

  std::span<const MeteorMatch> candidates_;
  int ref_words_;
  size_t stride_;                             // of 64 test words each
  std::vector<uint64_t> taken_, next_taken_;  // [path][stride_]: a bit for each test word
  int64_t num_tried_ = 0;
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
