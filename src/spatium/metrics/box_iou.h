#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spatium/base/result.h"

namespace spatium {

// IoU of axis-aligned boxes in the three arithmetics of the field, bit for bit: pairs on a
// threshold differ between them. (geometry/box.h has the exact IoU that Spatium itself uses.)

using Box6 = std::array<double, 6>;  // centre, full size; metres

struct Corners {  // smallest and largest corner
  std::array<double, 3> low, high;
};
// As the official corner helper makes them: c - s/2 and c + s/2, in order whatever the signs.
Corners CornersOf(const Box6& box);
Corners CornersOf(std::span<const std::array<double, 3>> points);  // at least one

// ScanRefer, Video-3D-LLM: doubles, union + 1e-8.
double ScanReferIou(const Corners& a, const Corners& b);
// SeeGround, ZSVG3D, SPAZER: doubles, nothing added; 0 unless all overlaps are positive.
double PlainIou(const Box6& a, const Box6& b);
// TAB: as PlainIou of finite boxes of positive size; NaN where a coordinate is, 0 without a union.
double TabIou(const Box6& a, const Box6& b);
// M3DRef-CLIP: floats throughout, union + float's epsilon; corners c -/+ s/2 as they come.
float FloatIou(const Box6& a, const Box6& b);

// Multi3DRefer's F1 of one query at IoU 0.25 and 0.5: Hungarian assignment on a zero-padded square
// matrix of single-precision IoUs; both empty is 1, one empty 0.
// Errors: kBadValue if an IoU is NaN or infinite, as scipy refuses such a matrix; boxes of finite
// numbers that do not overflow a float have none.
enum class F1Rule { kVideo3dLlm, kM3dRefClip };
Result<std::pair<double, double>> Multi3dReferF1(std::span<const Box6> predictions,
                                                 std::span<const Box6> gold,
                                                 F1Rule rule);

// numpy's mean of a float32 array: pairwise sums in float.
float NumpyMeanFloat(std::span<const float> values);

// Nr3D's stimulus "scene-label-n-target-d1-d2-…"; n counts the target and its distractors. Ids as
// the digits of Python's integers, which have no limits.
struct Stimulus {
  std::string scene, label;
  int64_t num_objects = 0;
  std::string target;
  std::vector<std::string> distractors;
  bool easy() const { return num_objects <= 2; }
};
struct StimulusOrError {
  Stimulus stimulus;
  std::string_view error;  // "ValueError", "AssertionError"; "" if none
};
StimulusOrError DecodeStimulus(std::string_view text);
// Any token is one of front, behind, back, right, left, facing, leftmost, rightmost, looking,
// across; case matters.
bool IsViewDependent(std::span<const std::string> tokens);

// An IoU in hundredths, half up on its shortest decimal, as TAB rounds it before comparing; not
// negative.
int64_t Hundredths(double iou);

}  // namespace spatium
