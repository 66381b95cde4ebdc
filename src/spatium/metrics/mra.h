#pragma once
#include <optional>

namespace spatium {

// The share of the ten thresholds 0.50, 0.55, …, 0.95 that a relative error meets:
// error <= 1 - threshold, with the very doubles of numpy's linspace (0.44999999999999996, …), on
// which ties depend. NaN meets none. Result is k/10.
double MeanRelativeAccuracy(double error);

// VSI-Bench: error = |prediction - gold| / gold, so that a negative gold makes any answer right.
// none where Python raises ZeroDivisionError: gold is 0.
std::optional<double> VsiMra(double prediction, double gold);

// SPAR-Bench: error = |(a - b) / b|, or |a - b| if b is 0.
double SparMra(double a, double b);

}  // namespace spatium
