#pragma once
#include <span>
#include <vector>

#include "spatium/grounding/box_scene.h"
#include "spatium/grounding/parse.h"
#include "spatium/relations/graded.h"

namespace spatium {

// The objects that a mention may mean, each with its fit relative to the best, in (0, 1].
struct MeantObjects {
  std::vector<size_t> objects;
  std::vector<double> fits;
  std::optional<int> count;  // "three monitors"
  bool empty() const { return objects.empty(); }
};

// How well a clause holds for each object of a scene, in [0, 1], from boxes alone. Comparisons
// ("largest", "closest") are among the candidates, by their weights.
class ClauseValues {
 public:
  using Values = std::vector<double>;
  ClauseValues(const BoxScene& scene, const MeantObjects& candidates);

  // Of a clause that no observer matters to. second: the other anchor of "between".
  Values Of(const Clause& clause, const MeantObjects& anchors, const MeantObjects& second) const;
  // Soft share of being the one nearest to the anchors.
  Values Nearness(const MeantObjects& anchors) const;
  // The share of the candidates (but i) that `values` puts below i, ties half: 0 lowest, 1 highest.
  Values Ranks(const Values& values) const;
  // Metres to the anchors: the nearest one; for "the three chairs" the mean of the nearest three.
  double DistanceTo(size_t i, const MeantObjects& anchors) const;
  double ToWall(size_t i) const;
  double ToCorner(size_t i) const;

 private:
  const WorldBox& Box(size_t i) const { return scene_.objects[i].box; }
  Values SoftBest(const Values& values, double scale) const;
  template <class Fn>
  Values Each(const Fn& fn) const;
  template <class Graded>
  Values Pooled(const MeantObjects& anchors, const Graded& graded) const;
  Values Mixed(Values exact, const MeantObjects& anchors) const;
  Values Between(const MeantObjects& first, const MeantObjects& second) const;
  Values Opposite(const MeantObjects& anchors) const;
  Values Compass(const Eigen::Vector2d& way, const MeantObjects& anchors) const;
  Values FromMiddle() const;
  Values FromCentroid() const;

  const BoxScene& scene_;
  const MeantObjects& candidates_;
  size_t n_;
  std::vector<bool> is_candidate_;
};

}  // namespace spatium
