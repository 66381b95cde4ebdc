#pragma once
#include <span>
#include <vector>

#include "spatium/base/result.h"

namespace spatium {

struct CostMatrix {
  size_t rows = 0, cols = 0;
  std::span<const double> values;  // [rows * cols], row-major
  bool maximize = false;           // values are gains
};

// The assignment of rows to columns, each used at most once and as many as fit, whose sum of
// values is smallest (largest with `maximize`). For each row its column, or -1 for rows left over.
// +infinity (-infinity with `maximize`) forbids a pair.
// Errors: kBadValue if the number of values is not rows * cols, a value is NaN or the other
// infinity, or the forbidden pairs leave no assignment of that size.
// Cost: O(min(rows, cols)^2 * max(rows, cols)).
// Source: Crouse, "On implementing 2D rectangular assignment algorithms", IEEE TAES 2016; scans
// the columns in the order that scipy's linear_sum_assignment does, so that ties end alike.
Result<std::vector<int>> Assign(const CostMatrix& costs);

}  // namespace spatium
