#include "spatium/synth/solid.h"

#include <gtest/gtest.h>

#include "spatium/base/random.h"
#include "spatium/synth/model.h"

namespace spatium::synth {
namespace {

Pose RandomPose(RandomStream& rng, double reach) {
  const Pose p =
      YawAt({rng.Uniform(-reach, reach), rng.Uniform(-reach, reach), rng.Uniform(-reach, reach)},
            rng.Uniform(-3, 3));
  return p * TiltAt(V3::Zero(), rng.Uniform(-3, 3));
}

Solid RandomSolid(RandomStream& rng) {
  if (rng.Coin())
    return BoxSolid(-V3(rng.Uniform(0.1, 1), rng.Uniform(0.1, 1), rng.Uniform(0.1, 1)),
                    V3(rng.Uniform(0.1, 1), rng.Uniform(0.1, 1), rng.Uniform(0.1, 1)));
  ModelBuilder b("rod");
  b.Rod({0, 0, -rng.Uniform(0.1, 1)},
        {0.2, 0, rng.Uniform(0.1, 1)},
        rng.Uniform(0.05, 0.5),
        rng.Uniform(0.05, 0.5),
        static_cast<int>(rng.Int(3, 9)));
  return b.Take().parts[0].solids[0];
}

// The deepest that any vector between points of two bodies reaches along one direction, over many
// directions: an upper bound of the penetration that closes in on it.
double BruteForceDepth(const Solid& a, const Solid& b, RandomStream& rng, int directions) {
  double least = 1e9;
  for (int i = 0; i < directions; ++i) {
    const V3 d = V3(rng.Normal(), rng.Normal(), rng.Normal()).normalized();
    double a_max = -1e9, b_min = 1e9;
    for (const V3& v : a.vertices) a_max = std::max(a_max, v.dot(d));
    for (const V3& v : b.vertices) b_min = std::min(b_min, v.dot(d));
    least = std::min(least, a_max - b_min);
  }
  return least;
}

TEST(Solid, PenetrationIsTheLeastShiftThatPartsThem) {
  RandomStream rng(5, {"solids"});
  int together = 0, apart = 0;
  for (int i = 0; i < 150; ++i) {
    const Solid a = Transformed(RandomSolid(rng), RandomPose(rng, 0.6)),
                b = Transformed(RandomSolid(rng), RandomPose(rng, 0.6));
    const double depth = Penetration(a, b);
    const double upper = BruteForceDepth(a, b, rng, 3000);
    if (depth > 0) {
      ++together;
      EXPECT_LE(depth, upper + 1e-9) << i;
      EXPECT_LT(upper - depth, 0.12) << i;  // 3000 directions leave about 2 degrees between them
    } else if (depth < -0.05) {
      ++apart;
      EXPECT_LT(upper, 0.05) << i;
    }
  }
  EXPECT_GT(together, 30);
  EXPECT_GT(apart, 10);
}

TEST(Solid, TouchingBoxesDoNotPenetrate) {
  const Solid a = BoxSolid({0, 0, 0}, {1, 1, 1});
  EXPECT_NEAR(Penetration(a, BoxSolid({1, 0, 0}, {2, 1, 1})), 0, 1e-15);
  EXPECT_NEAR(Penetration(a, BoxSolid({0.99, 0.2, 0.2}, {2, 0.5, 0.5})), 0.01, 1e-12);
  EXPECT_NEAR(Penetration(a, BoxSolid({1.5, 0, 0}, {2, 1, 1})), -0.5, 1e-12);
  // One wholly inside: out through the nearest side.
  EXPECT_NEAR(Penetration(a, BoxSolid({0.4, 0.4, 0.7}, {0.6, 0.6, 0.8})), 0.3, 1e-12);
}

TEST(Solid, PenetrationDoesNotChangeWithTheFrame) {
  RandomStream rng(6, {"frames"});
  for (int i = 0; i < 50; ++i) {
    const Solid a = Transformed(RandomSolid(rng), RandomPose(rng, 0.4)),
                b = Transformed(RandomSolid(rng), RandomPose(rng, 0.4));
    const Pose move = RandomPose(rng, 5);
    const double here = Penetration(a, b),
                 there = Penetration(Transformed(a, move), Transformed(b, move));
    if (here > 0)
      EXPECT_NEAR(here, there, 1e-9) << i;
    else
      EXPECT_LE(there, 1e-9) << i;
  }
}

}  // namespace
}  // namespace spatium::synth
