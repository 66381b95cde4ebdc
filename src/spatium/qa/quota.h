#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "spatium/qa/fact.h"
#include "spatium/qa/qa_scene.h"

namespace spatium {

// Leaves at most `per_task` facts (none: all) so that no answer dominates. Facts are drawn by
// streams keyed by their own names, so that what is left never depends on order; their order
// stays. With a quota the draw takes from every answer in turn; without one, answers above
// limits::kMaxAnswerShare are thinned if `thin`. What is left out is counted as kQuota or kBalance.
void ApplyQuota(const QaScene& scene,
                std::string_view task,
                uint64_t seed,
                std::optional<int64_t> per_task,
                bool thin,
                FactList& list);

}  // namespace spatium
