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
      : candidates_(candidates), ref_words_(ref_words), fixed_(candidates.size(), false) {
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
      for (const Path& path : paths) {
        if (path.ref_end > ref) {  // a phrase covers this word
          next.push_back(path);
          continue;
        }
        if (fixed_[begin]) {
          next.push_back(Take(path, begin));
          continue;
        }
        for (size_t c = begin; c < at; ++c) {
          if (Free(path, c)) next.push_back(Take(path, c));
        }
        next.push_back(path);
      }
      if (next.size() > 1) std::sort(next.begin(), next.end(), BetterThenEarlier);
      if (next.size() > kBeam) next.resize(kBeam);
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
  // A total order without relying on a stable sort: steps are numbered as they are made.
  static bool BetterThenEarlier(const Path& a, const Path& b) {
    if (Better(a, b)) return true;
    if (Better(b, a)) return false;
    return a.last < b.last;
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

  bool Free(const Path& path, size_t c) const {
    const MeteorMatch& m = candidates_[c];
    for (int step = path.last; step >= 0; step = steps_[static_cast<size_t>(step)].previous) {
      const MeteorMatch& taken =
          candidates_[static_cast<size_t>(steps_[static_cast<size_t>(step)].candidate)];
      if (m.test < taken.test + taken.test_length && taken.test < m.test + m.test_length) {
        return false;
      }
    }
    return true;
  }

  Path Take(Path path, size_t c) {
    const MeteorMatch& m = candidates_[c];
    path.exact += m.module == 0;
    path.chunks += path.test_end != m.test || path.ref_end != m.ref;
    path.covered += m.test_length + m.ref_length;
    path.displacement += std::abs(m.test - m.ref);
    path.test_end = m.test + m.test_length;
    path.ref_end = m.ref + m.ref_length;
    steps_.push_back({path.last, static_cast<int>(c)});
    path.last = static_cast<int>(steps_.size()) - 1;
    return path;
  }

  std::span<const MeteorMatch> candidates_;
  int ref_words_;
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
