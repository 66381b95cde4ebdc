#pragma once
#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "spatium/base/random.h"
#include "spatium/qa/question.h"

namespace spatium {

// Wrong answers that cannot be told from the right one by their form: same decimals, same style,
// and the right one in no special place (not the middle, not the one that the others vary).

// Four values in tenths (18: 1.8 m), ascending, one of them `tenths`; its rank is drawn first and
// evenly, the others follow in steps of at least limits::kMinOptionGap and kOptionRatio. Nothing
// if there is no room for that rank above zero.
std::optional<std::array<int64_t, 4>> NumericOptions(int64_t tenths, RandomStream& rng);

// Four distinct triples of words (left, above, farther or empty) with `truth` among them. On each
// axis two have the true word and two have another one, so that no majority gives it away:
// (a b c) (a b' c') (a' b c') (a' b' c). Never a triple without any word.
using SlotWords = std::array<std::string_view, 3>;
std::optional<std::array<SlotWords, 4>> SlotOptions(const SlotWords& truth, RandomStream& rng);

// Three boxes that may pass for `truth` by size and place but are not it: drawn from `candidates`
// (other things' boxes), shifted and resized a little, each with at most limits::kMaxOptionIou to
// the truth and to each other. Fewer than three: nothing.
std::optional<std::array<std::array<int, 4>, 3>> BoxDistractors(
    const std::array<int, 4>& truth,
    std::span<const std::array<int, 4>> candidates,
    RandomStream& rng);

// Makes the options of `out` appear in a drawn order; `correct` follows.
void ShuffleOptions(Question& out, RandomStream& rng);

}  // namespace spatium
