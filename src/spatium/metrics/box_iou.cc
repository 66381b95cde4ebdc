#include "spatium/metrics/box_iou.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>

#include "spatium/base/text.h"
#include "spatium/geometry/assignment.h"
#include "spatium/metrics/exact_integer.h"
#include "spatium/metrics/python.h"

namespace spatium {
namespace {

// numpy's and torch's maximum and minimum: NaN if either is.
template <class T>
T Maximum(T a, T b) {
  return std::isnan(a) || a > b ? a : b;
}
template <class T>
T Minimum(T a, T b) {
  return std::isnan(a) || a < b ? a : b;
}

double OverlapOf(const Box6& a, const Box6& b, size_t k) {
  return Minimum(a[k] + a[k + 3] / 2, b[k] + b[k + 3] / 2) -
         Maximum(a[k] - a[k + 3] / 2, b[k] - b[k + 3] / 2);
}
double VolumeOf(const Box6& box) { return box[3] * box[4] * box[5]; }

}  // namespace

Corners CornersOf(const Box6& box) {
  Corners out;
  for (size_t k = 0; k < 3; ++k) {
    const double a = -box[k + 3] / 2 + box[k], b = box[k + 3] / 2 + box[k];
    out.low[k] = std::min(a, b);
    out.high[k] = std::max(a, b);
  }
  return out;
}

Corners CornersOf(std::span<const std::array<double, 3>> points) {
  Corners out{points[0], points[0]};
  for (const auto& p : points) {
    for (size_t k = 0; k < 3; ++k) {
      out.low[k] = Minimum(out.low[k], p[k]);
      out.high[k] = Maximum(out.high[k], p[k]);
    }
  }
  return out;
}

double ScanReferIou(const Corners& a, const Corners& b) {
  double inter = 1, volume_a = 1, volume_b = 1;
  for (size_t k = 0; k < 3; ++k) {
    inter *= Maximum(Minimum(a.high[k], b.high[k]) - Maximum(a.low[k], b.low[k]), 0.0);
    volume_a *= a.high[k] - a.low[k];
    volume_b *= b.high[k] - b.low[k];
  }
  return inter / (volume_a + volume_b - inter + 1e-8);
}

double PlainIou(const Box6& a, const Box6& b) {
  double inter = 1;
  for (size_t k = 0; k < 3; ++k) {
    const double overlap = OverlapOf(a, b, k);
    if (!(overlap > 0)) return 0;
    inter *= overlap;
  }
  return inter / (VolumeOf(a) + VolumeOf(b) - inter);
}

double TabIou(const Box6& a, const Box6& b) {
  double inter = 1;
  for (size_t k = 0; k < 3; ++k) inter *= Maximum(OverlapOf(a, b, k), 0.0);
  const double both = VolumeOf(a) + VolumeOf(b) - inter;
  return both == 0 ? 0 : inter / both;
}

float FloatIou(const Box6& a, const Box6& b) {
  float inter = 1, volume_a = 1, volume_b = 1;
  const auto low = [](const Box6& box, size_t k) {
    return static_cast<float>(box[k] - box[k + 3] / 2);
  };
  const auto high = [](const Box6& box, size_t k) {
    return static_cast<float>(box[k] + box[k + 3] / 2);
  };
  for (size_t k = 0; k < 3; ++k) {
    const float a0 = low(a, k), a1 = high(a, k), b0 = low(b, k), b1 = high(b, k);
    inter *= Maximum(Minimum(a1, b1) - Maximum(a0, b0), 0.0f);
    volume_a *= a1 - a0;
    volume_b *= b1 - b0;
  }
  return inter / (volume_a + volume_b - inter + std::numeric_limits<float>::epsilon());
}

Result<std::pair<double, double>> Multi3dReferF1(std::span<const Box6> predictions,
                                                 std::span<const Box6> gold,
                                                 F1Rule rule) {
  if (predictions.empty() && gold.empty()) return std::pair{1.0, 1.0};
  if (predictions.empty() || gold.empty()) return std::pair{0.0, 0.0};
  const size_t n = std::max(predictions.size(), gold.size());
  std::vector<double> ious(n * n, 0.0), costs(n * n, 0.0);
  for (size_t i = 0; i < predictions.size(); ++i) {
    for (size_t j = 0; j < gold.size(); ++j) {
      const float iou =
          rule == F1Rule::kM3dRefClip
              ? FloatIou(predictions[i], gold[j])
              : static_cast<float>(ScanReferIou(CornersOf(predictions[i]), CornersOf(gold[j])));
      ious[i * n + j] = iou;
      costs[i * n + j] = -iou;
    }
  }
  SPATIUM_TRY(const auto columns, Assign({.rows = n, .cols = n, .values = costs}));
  int hits25 = 0, hits50 = 0;
  for (size_t i = 0; i < predictions.size(); ++i) {
    const double iou = ious[i * n + static_cast<size_t>(columns[i])];
    hits25 += iou >= 0.25;
    hits50 += iou >= 0.5;
  }
  const auto total = static_cast<double>(predictions.size() + gold.size());
  return std::pair{2 * hits25 / total, 2 * hits50 / total};
}

float NumpyMeanFloat(std::span<const float> values) {
  if (values.empty()) return std::numeric_limits<float>::quiet_NaN();
  return static_cast<float>(static_cast<double>(py::NumpySum(values)) /
                            static_cast<double>(values.size()));
}

StimulusOrError DecodeStimulus(std::string_view text) {
  StimulusOrError out;
  const auto fail = [&](std::string_view error) {
    out.error = error;
    return out;
  };
  std::vector<std::string_view> parts;  // split('-', maxsplit=4)
  for (size_t begin = 0;;) {
    const size_t end = parts.size() < 4 ? text.find('-', begin) : text.npos;
    parts.push_back(text.substr(begin, end == text.npos ? text.npos : end - begin));
    if (end == text.npos) break;
    begin = end + 1;
  }
  if (parts.size() < 4) return fail("ValueError");
  const auto integer = [](std::string_view part) { return py::IntegerDigits(py::FromUtf8(part)); };
  const auto n = py::ParseInt(py::FromUtf8(parts[2]));
  out.stimulus.target = integer(parts[3]);
  if (!n || out.stimulus.target.empty()) return fail("ValueError");
  out.stimulus.scene = std::string(parts[0]);
  out.stimulus.label = ReplaceAll(std::string(parts[1]), "_", " ");
  if (parts.size() == 5) {
    for (const std::string_view part : Split(parts[4], '-')) {
      if (part.empty()) continue;
      out.stimulus.distractors.push_back(integer(part));
      if (out.stimulus.distractors.back().empty()) return fail("ValueError");
    }
  }
  out.stimulus.num_objects = static_cast<int64_t>(out.stimulus.distractors.size()) + 1;
  if (n->i64 != out.stimulus.num_objects) return fail("AssertionError");
  return out;
}

bool IsViewDependent(std::span<const std::string> tokens) {
  static constexpr std::string_view kWords[] = {"front",
                                                "behind",
                                                "back",
                                                "right",
                                                "left",
                                                "facing",
                                                "leftmost",
                                                "rightmost",
                                                "looking",
                                                "across"};
  return std::any_of(tokens.begin(), tokens.end(), [](const std::string& token) {
    return std::find(std::begin(kWords), std::end(kWords), token) != std::end(kWords);
  });
}

int64_t Hundredths(double iou) {
  // Of the shortest decimal that reads back as `iou`: 0.285 is half of a hundredth above 0.28.
  if (!std::isfinite(iou)) return 0;
  std::array<char, 400> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), iou, std::chars_format::fixed);
  const std::string_view digits(buffer.data(), static_cast<size_t>(end.ptr - buffer.data()));
  const size_t point = digits.find('.');
  const auto digit = [&](size_t place) {
    const size_t at = point == digits.npos ? digits.npos : point + 1 + place;
    return at < digits.size() ? digits[at] - '0' : 0;
  };
  const int64_t whole = static_cast<int64_t>(iou);
  return whole * 100 + digit(0) * 10 + digit(1) + (digit(2) >= 5 ? 1 : 0);
}

}  // namespace spatium
