#pragma once
#include <functional>
#include <string_view>
#include <vector>

#include "spatium/benchmarks/benchmark.h"
#include "spatium/metrics/choice.h"
#include "spatium/metrics/choice_aggregate.h"

namespace spatium {

// One reply to a multiple-choice question against GoldLetter(item), case aside: read strictly under
// `strict`, by EASI's steps under `easi`, else by `rule`, the benchmark's own. An item without a
// gold letter (a test split whose answers are hidden) is skipped.
ItemScore ChoiceScore(const Item& item,
                      std::string_view reply,
                      Profile profile,
                      const std::function<Letter(py::View)>& rule);

// VLMEvalKit's rule for Item::options as lettered texts (KitLetter); "Z" is unparsable.
ItemScore KitScore(const Item& item, std::string_view reply);

// A run as the official aggregates take it; the skipped and failed are left out.
//   category  a key of Item::fields; "": Item::task
std::vector<ScoredQuestion> QuestionsOf(const ScoredItems& run, std::string_view category);

inline constexpr Profile kChoiceProfiles[] = {
    Profile::kOfficial, Profile::kLmmsEval, Profile::kEasi, Profile::kStrict};
inline constexpr Profile kChoiceProfilesWithoutEasi[] = {
    Profile::kOfficial, Profile::kLmmsEval, Profile::kStrict};

}  // namespace spatium
