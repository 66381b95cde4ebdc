#include "spatium/geometry/assignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "spatium/base/random.h"

namespace spatium {
namespace {

double Total(const CostMatrix& m, const std::vector<int>& column_of) {
  double sum = 0;
  for (size_t i = 0; i < m.rows; ++i)
    if (column_of[i] >= 0) sum += m.values[i * m.cols + static_cast<size_t>(column_of[i])];
  return sum;
}

// The smallest sum over all assignments, by trying them.
double BruteForce(const CostMatrix& m) {
  std::vector<size_t> p(std::max(m.rows, m.cols));
  std::iota(p.begin(), p.end(), 0);
  double best = std::numeric_limits<double>::infinity();
  do {
    double sum = 0;
    for (size_t i = 0; i < m.rows; ++i)
      if (p[i] < m.cols) sum += m.values[i * m.cols + p[i]];
    best = std::min(best, sum);
  } while (std::next_permutation(p.begin(), p.end()));
  return best;
}

TEST(Assignment, IsTheBestOfAllAssignments) {
  RandomStream rng(1, {"assignment"});
  for (int round = 0; round < 300; ++round) {
    const size_t rows = rng.Index(6) + 1, cols = rng.Index(6) + 1;
    std::vector<double> values(rows * cols);
    for (auto& v : values) v = round % 2 ? rng.Uniform(-1, 1) : double(rng.Int(0, 3));
    CostMatrix m{rows, cols, values};
    const auto found = Assign(m);
    ASSERT_TRUE(found);
    EXPECT_NEAR(Total(m, *found), BruteForce(m), 1e-12);
    EXPECT_EQ(std::ranges::count_if(*found, [](int j) { return j >= 0; }),
              static_cast<int>(std::min(rows, cols)));
    for (auto& v : values) v = -v;
    m.maximize = true;
    const auto gained = Assign(m);
    ASSERT_TRUE(gained);
    EXPECT_EQ(*gained, *found);
  }
}

// Answers of scipy 1.17 linear_sum_assignment on matrices full of ties (numpy default_rng(5)).
TEST(Assignment, BreaksTiesLikeScipy) {
  struct Case {
    size_t rows, cols;
    bool maximize;
    std::vector<double> values;
    std::vector<int> expected;
  };
  const std::vector<Case> cases = {
      {4, 4, false, {2, 2, 0, 2, 1, 1, 1, 0, 2, 0, 0, 1, 1, 1, 0, 0}, {2, 3, 1, 0}},
      {5,
       5,
       false,
       {0, 0, 0, 2, 0, 1, 2, 0, 0, 1, 0, 2, 0, 2, 2, 2, 0, 1, 1, 1, 1, 2, 1, 0, 2},
       {4, 2, 0, 1, 3}},
      {6,
       4,
       false,
       {0, 2, 2, 2, 0, 0, 1, 1, 1, 2, 0, 1, 0, 0, 2, 0, 0, 0, 0, 0, 2, 1, 1, 0},
       {0, 1, 2, 3, -1, -1}},
      {6,
       6,
       true,
       {2, 2, 0, 0, 0, 0, 2, 1, 1, 0, 1, 2, 0, 2, 0, 0, 2, 2,
        0, 2, 2, 1, 1, 2, 2, 2, 1, 0, 2, 0, 1, 2, 0, 0, 2, 0},
       {0, 5, 1, 2, 4, 3}},
      {5,
       7,
       false,
       {2, 2, 2, 1, 1, 2, 0, 1, 1, 1, 0, 0, 2, 2, 1, 2, 1, 0,
        2, 0, 0, 0, 1, 0, 2, 2, 1, 0, 2, 0, 1, 0, 2, 2, 2},
       {6, 3, 5, 0, 1}},
      {7,
       3,
       true,
       {1, 2, 1, 2, 0, 0, 1, 2, 1, 2, 2, 1, 1, 1, 1, 1, 1, 2, 2, 0, 1},
       {1, 0, -1, -1, -1, 2, -1}}};
  for (const auto& c : cases)
    EXPECT_EQ(*Assign({c.rows, c.cols, c.values, c.maximize}), c.expected);
}

TEST(Assignment, EqualCostsGiveTheIdentityAndNothingGivesNothing) {
  const std::vector<double> values(9, 1.0);
  EXPECT_EQ(*Assign({3, 3, values}), (std::vector<int>{0, 1, 2}));
  EXPECT_TRUE(Assign({0, 0, {}})->empty());
  EXPECT_TRUE(Assign({0, 3, {}})->empty());
  EXPECT_EQ(*Assign({2, 0, {}}), (std::vector<int>{-1, -1}));
}

TEST(Assignment, ForbiddenPairsAreAvoidedOrRefused) {
  const double inf = std::numeric_limits<double>::infinity();
  const std::vector<double> forced = {0, inf, 0, 5};
  EXPECT_EQ(*Assign({2, 2, forced}), (std::vector<int>{0, 1}));
  const std::vector<double> impossible = {0, inf, 0, inf};
  EXPECT_FALSE(Assign({2, 2, impossible}));
  const std::vector<double> forbidden_gain = {3, -inf, 3, 1};
  EXPECT_EQ(*Assign({2, 2, forbidden_gain, true}), (std::vector<int>{0, 1}));
}

TEST(Assignment, RefusesWhatIsNoNumber) {
  const std::vector<double> values = {0, 1, std::nan(""), 0};
  const auto found = Assign({2, 2, values});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::kBadValue);
  EXPECT_EQ(found.error().where, "cost matrix: [1,0]");
  EXPECT_FALSE(Assign({2, 3, values}));
}

}  // namespace
}  // namespace spatium
