#include "spatium/geometry/assignment.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

namespace spatium {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

// Shortest augmenting paths over a matrix with rows <= cols.
class Solver {
 public:
  Solver(size_t rows, size_t cols, std::vector<double> cost)
      : rows_(rows),
        cols_(cols),
        cost_(std::move(cost)),
        row_price_(rows, 0),
        col_price_(cols, 0),
        path_cost_(cols),
        from_row_(cols, -1),
        row_of_(cols, -1),
        col_of_(rows, -1),
        row_seen_(rows),
        col_seen_(cols),
        open_(cols) {}

  // False if the forbidden pairs leave no assignment.
  bool Solve() {
    for (size_t row = 0; row < rows_; ++row) {
      double length = 0;
      const int sink = FindPath(row, length);
      if (sink < 0) return false;
      UpdatePrices(row, length);
      Augment(row, sink);
    }
    return true;
  }
  const std::vector<int>& columns() const { return col_of_; }

 private:
  static size_t U(int i) { return static_cast<size_t>(i); }

  // Dijkstra from `row` to the nearest free column by reduced costs; -1 if none is reachable.
  int FindPath(size_t row, double& length) {
    // Last column first, so that equal costs give the identity.
    for (size_t i = 0; i < cols_; ++i) open_[i] = cols_ - 1 - i;
    size_t num_open = cols_;
    row_seen_.assign(rows_, false);
    col_seen_.assign(cols_, false);
    path_cost_.assign(cols_, kInf);
    for (size_t i = row;;) {
      row_seen_[i] = true;
      double lowest = kInf;
      size_t best = cols_;
      for (size_t k = 0; k < num_open; ++k) {
        const size_t j = open_[k];
        const double r = length + cost_[i * cols_ + j] - row_price_[i] - col_price_[j];
        if (r < path_cost_[j]) {
          path_cost_[j] = r;
          from_row_[j] = static_cast<int>(i);
        }
        // Of columns equally near, a free one: it ends the path.
        if (path_cost_[j] < lowest || (path_cost_[j] == lowest && row_of_[j] == -1)) {
          lowest = path_cost_[j];
          best = k;
        }
      }
      length = lowest;
      if (lowest == kInf) return -1;
      const size_t j = open_[best];
      col_seen_[j] = true;
      open_[best] = open_[--num_open];
      if (row_of_[j] == -1) return static_cast<int>(j);
      i = U(row_of_[j]);
    }
  }

  void UpdatePrices(size_t row, double length) {
    row_price_[row] += length;
    for (size_t i = 0; i < rows_; ++i)
      if (row_seen_[i] && i != row) row_price_[i] += length - path_cost_[U(col_of_[i])];
    for (size_t j = 0; j < cols_; ++j)
      if (col_seen_[j]) col_price_[j] -= length - path_cost_[j];
  }

  void Augment(size_t row, int sink) {
    for (int j = sink;;) {
      const int i = from_row_[U(j)];
      row_of_[U(j)] = i;
      std::swap(col_of_[U(i)], j);
      if (U(i) == row) return;
    }
  }

  size_t rows_, cols_;
  std::vector<double> cost_, row_price_, col_price_, path_cost_;
  std::vector<int> from_row_, row_of_, col_of_;
  std::vector<bool> row_seen_, col_seen_;
  std::vector<size_t> open_;
};

}  // namespace

Result<std::vector<int>> Assign(const CostMatrix& costs) {
  const auto [rows, cols, values, maximize] = costs;
  if (values.size() != rows * cols)
    return Error{ErrorCode::kBadValue,
                 "cost matrix",
                 std::to_string(rows) + " * " + std::to_string(cols) + " values",
                 std::to_string(values.size())};
  const bool transpose = cols < rows;
  std::vector<double> cost(values.size());
  for (size_t i = 0; i < rows; ++i)
    for (size_t j = 0; j < cols; ++j) {
      const double c = maximize ? -values[i * cols + j] : values[i * cols + j];
      if (std::isnan(c) || c == -kInf)
        return Error{ErrorCode::kBadValue,
                     "cost matrix: [" + std::to_string(i) + "," + std::to_string(j) + "]",
                     "a number",
                     std::to_string(values[i * cols + j])};
      cost[transpose ? j * rows + i : i * cols + j] = c;
    }
  Solver solver(std::min(rows, cols), std::max(rows, cols), std::move(cost));
  if (!solver.Solve())
    return Error{ErrorCode::kBadValue, "cost matrix", "an assignment", "too many forbidden pairs"};
  if (!transpose) return solver.columns();
  std::vector<int> column_of(rows, -1);
  for (size_t j = 0; j < cols; ++j)
    column_of[static_cast<size_t>(solver.columns()[j])] = static_cast<int>(j);
  return column_of;
}

}  // namespace spatium
