#pragma once
#include "spatium/benchmarks/benchmark.h"

namespace spatium {

// SPAR-Bench, its Tiny and their RGB-D twins differ only in their files: Columns id, img_type,
// format_type, task, source, image (list of embedded pictures, markers drawn in), question, answer;
// the twins add depth, pose, intrinsic_color, intrinsic_depth. A tree of `qa make` is read as well
// (spar_tree.h).
Result<void> LoadSpar(const Path& data, const std::function<Result<void>(Item)>& sink);
Prompt SparBenchPrompt(const Item& item, Profile profile);
ItemScore ScoreSparItem(const Item& item, std::string_view reply, Profile profile);
Scores SparFromTasks(std::span<const TaskTally> tasks, Profile profile);
std::string SparOracle(const Item& item);
std::vector<std::string> SparChoices(const Item& item);

inline constexpr Profile kSparProfiles[] = {
    Profile::kOfficial, Profile::kLmmsEval, Profile::kEasi, Profile::kStrict};
extern const std::span<const PublishedRow> kSparPublished;

}  // namespace spatium
