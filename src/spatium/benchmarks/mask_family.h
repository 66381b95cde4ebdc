#pragma once
#include <optional>
#include <string>

#include "spatium/benchmarks/benchmark.h"
#include "spatium/benchmarks/point_reply.h"
#include "spatium/metrics/mask.h"

namespace spatium {

// Benchmarks that ask for points in a picture and hold a mask of the right places.

// A mask's file (its first channel) as Item::gold: {"w","h","runs"}, as MaskFromJson reads it; a
// prediction row may carry the same in "meta":{"gold":{...}}.
// Errors: kParse, kBadValue with `where`.
Result<Json> GoldOfMask(std::string_view bytes, const std::string& where);
// The mask of an item; nothing if it has none that can be read.
std::optional<Mask> MaskOf(const Item& item);

// The points that a rule read, for ItemScore::parsed: {"points": how many, "at": the first 64 in
// pixels, [x, y] or, a box, [x, y, width, height]}.
Json PointsRead(const PointSet& points);

// What an official scorer made of the points; an exception is an item that it does not count.
ItemScore FractionScore(const PointsOrError& parsed, const Mask& mask, MaskRule rule);

// lmms-eval's score of RefSpatial-Bench and Where2Place, by the item's prompt form: tuples of
// shares
// ("original"), on a 0-999 grid ("0_999"), or JSON ("json"); the other two as variants.
ItemScore ScoreLmmsEvalPoints(const Item& item, const Mask& mask, std::string_view reply);
inline constexpr PromptForm kLmmsPointForms[] = {{"0_999", Profile::kLmmsEval},
                                                 {"json", Profile::kLmmsEval}};
// The share of the reply's points (StrictRegions) where the mask is at least 128; unparsable
// without points.
ItemScore ScoreStrictPoints(const Item& item,
                            std::string_view reply,
                            PointKey key = PointKey::kGemini);

// A pixel in the middle of the mask's longest row of pixels of at least 128 (of equally long ones
// the middle one); nothing if there is none.
struct MaskPixel {
  int x = 0, y = 0;
};
std::optional<MaskPixel> MiddleOfMask(const Mask& mask);
// That pixel's centre as "(x, y)", shares of the picture; "" without one. For baseline:oracle.
std::string PointOracle(const Item& item);

}  // namespace spatium
