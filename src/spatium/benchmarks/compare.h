#pragma once
#include <array>
#include <span>
#include <string>
#include <vector>

#include "spatium/base/json.h"
#include "spatium/benchmarks/evaluate.h"

namespace spatium {

// Two models on the same items: the difference of their mean scores, item by item.
struct PairedDifference {
  std::string task;                    // "" over all items
  size_t n = 0;                        // items that both answered
  double mean_a = 0, mean_b = 0;       // fractions
  double difference = 0;               // mean_b - mean_a
  std::array<double, 2> interval95{};  // normal, from the paired differences; within
                                       // [-1, 1] where scores are 0 to 1
  double p =
      1;  // two-sided; exact sign (McNemar) test for 0/1 scores, else paired t by its normal limit
};
// items, a and b index by index; pairs where either was skipped or failed are left out.
std::vector<PairedDifference> ComparePaired(std::span<const Item> items,
                                            std::span<const ItemScore> a,
                                            std::span<const ItemScore> b);
Json ToJson(const PairedDifference& difference);
// "0.0313", or "< 0.0001" where four decimals would say that it cannot be.
std::string FormatP(double p);

}  // namespace spatium
