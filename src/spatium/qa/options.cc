#include "spatium/qa/options.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "spatium/qa/fact_rules.h"
#include "spatium/qa/limits.h"
#include "spatium/relations/decide.h"

namespace spatium {

std::optional<std::array<int64_t, 4>> NumericOptions(int64_t tenths, RandomStream& rng) {
  const size_t rank = rng.Index(4);
  std::array<int64_t, 4> values{};
  values[rank] = tenths;
  const auto min_gap =
      static_cast<int64_t>(std::lround(limits::kMinOptionGap / limits::kMetreStep));
  // One factor per gap, the same law upwards and downwards.
  const auto factor = [&] {
    return rng.Uniform(limits::kOptionRatio, 2 * limits::kOptionRatio - 1);
  };
  for (size_t i = rank; i > 0; --i) {
    const double next = static_cast<double>(values[i]) / factor();
    values[i - 1] = std::min(std::llround(next), static_cast<long long>(values[i] - min_gap));
    if (values[i - 1] <= 0) return std::nullopt;
  }
  for (size_t i = rank; i < 3; ++i) {
    const double next = static_cast<double>(values[i]) * factor();
    values[i + 1] = std::max(std::llround(next), static_cast<long long>(values[i] + min_gap));
  }
  return values;
}

namespace {

// Another word for a slot: the opposite, or none. A blank's other word is drawn from both.
std::string_view OtherWord(size_t axis, std::string_view word, RandomStream& rng) {
  // With about a fourth of true slots blank, blanks come up as often for true as for wrong slots.
  constexpr double kBlank = 0.3;
  if (!word.empty()) return rng.Coin(kBlank) ? std::string_view{} : OppositeWord(word);
  return SlotWord(static_cast<Axis>(axis), rng.Coin() ? Sign::kPositive : Sign::kNegative);
}

bool AnyWord(const SlotWords& words) {
  return std::ranges::any_of(words, [](std::string_view w) { return !w.empty(); });
}

}  // namespace

std::optional<std::array<SlotWords, 4>> SlotOptions(const SlotWords& truth, RandomStream& rng) {
  constexpr int kTries = 8;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    SlotWords other;
    for (size_t axis = 0; axis < 3; ++axis) other[axis] = OtherWord(axis, truth[axis], rng);
    const std::array<SlotWords, 4> options{{truth,
                                            {truth[0], other[1], other[2]},
                                            {other[0], truth[1], other[2]},
                                            {other[0], other[1], truth[2]}}};
    if (std::ranges::all_of(options, AnyWord)) return options;
  }
  return std::nullopt;
}

namespace {

double Area(const std::array<int, 4>& box) { return double(box[2] - box[0]) * (box[3] - box[1]); }

// A box near `box`, inside the picture; it touches the picture's borders where `box` does.
std::array<int, 4> Perturb(const std::array<int, 4>& box, RandomStream& rng) {
  constexpr double kShift = 0.25, kResize = 0.15;
  std::array<int, 4> out{};
  for (size_t axis = 0; axis < 2; ++axis) {
    const int low = box[axis], high = box[axis + 2], size = high - low;
    const auto drawn = [&](double scale) { return static_cast<int>(std::lround(size * scale)); };
    const int new_size = std::clamp(drawn(rng.Uniform(1 - kResize, 1 + kResize)), 10, 980);
    const int start = std::clamp(low + drawn(rng.Uniform(-kShift, kShift)), 3, 997 - new_size);
    out[axis] = low <= 0 ? 0 : high >= 1000 ? 1000 - new_size : start;
    out[axis + 2] = high >= 1000 ? 1000 : out[axis] + new_size;
  }
  return out;
}

}  // namespace

std::optional<std::array<std::array<int, 4>, 3>> BoxDistractors(
    const std::array<int, 4>& truth,
    std::span<const std::array<int, 4>> candidates,
    RandomStream& rng) {
  std::vector<std::array<int, 4>> pool(candidates.begin(), candidates.end());
  rng.Shuffle(pool);
  std::array<std::array<int, 4>, 3> chosen{};
  size_t n = 0;
  const double right = Area(truth);
  for (const std::array<int, 4>& candidate : pool) {
    const std::array<int, 4> box = Perturb(candidate, rng);
    const double ratio = Area(box) / right;
    if (ratio > limits::kMaxOptionAreaRatio || ratio < 1 / limits::kMaxOptionAreaRatio) continue;
    const auto apart = [&](const std::array<int, 4>& other) {
      return BoxIou(box, other) <= limits::kMaxOptionIou;
    };
    if (!apart(truth) || !std::all_of(chosen.begin(), chosen.begin() + long(n), apart)) continue;
    chosen[n++] = box;
    if (n == chosen.size()) return chosen;
  }
  return std::nullopt;
}

void ShuffleOptions(Question& out, RandomStream& rng) {
  for (size_t i = out.num_options; i > 1; --i) {
    const size_t j = rng.Index(i);
    std::swap(out.options[i - 1], out.options[j]);
    if (out.correct == static_cast<int>(i - 1)) {
      out.correct = static_cast<int>(j);
    } else if (out.correct == static_cast<int>(j)) {
      out.correct = static_cast<int>(i - 1);
    }
  }
}

}  // namespace spatium
