#include "spatium/metrics/mra.h"

#include <cmath>

#include "spatium/metrics/python.h"

namespace spatium {

double MeanRelativeAccuracy(double error) {
  static const std::vector<double> limits = [] {
    std::vector<double> out = py::Linspace(0.5, 0.95, 10);
    for (double& threshold : out) threshold = 1 - threshold;
    return out;
  }();
  int met = 0;
  for (const double limit : limits) met += error <= limit;
  return met / 10.0;
}

std::optional<double> VsiMra(double prediction, double gold) {
  if (gold == 0) return std::nullopt;
  return MeanRelativeAccuracy(std::abs(prediction - gold) / gold);
}

double SparMra(double a, double b) {
  return MeanRelativeAccuracy(b == 0 ? std::abs(a - b) : std::abs((a - b) / b));
}

}  // namespace spatium
