#pragma once
#include "spatium/benchmarks/benchmark.h"

namespace spatium {

// Grounding benchmarks: ScanRefer, Nr3D and Sr3D, scored from boxes or ids. A reply is a result
// record (SPAZER's, TAB's), an object id, "<OBJ012>", or six numbers [cx,cy,cz,dx,dy,dz]; the gold
// box is that of DATA/boxes/SCENE.json, the record's, or "gt_bbox" of the prediction row's "meta".
// The rooms' frames are sent where DATA has them (SceneFrames), with Video-3D-LLM's question.
Result<void> LoadGroundingQueries(const Path& data, const std::function<Result<void>(Item)>& sink);
Prompt GroundingPrompt(const Item& item, Profile profile);
// 1 if the predicted box overlaps the gold box by 0.25. official: more than that, as SPAZER counts,
// or at least that after rounding to hundredths, as TAB counts its records, or at least, as
// ScanRefer does, where the data have the boxes; strict: at least. An id without a box: the same
// object.
ItemScore ScoreGrounding(const Item& item, std::string_view reply, Profile profile);
// Overall Acc@0.25; by threshold (0.25, 0.5, id, TAB's matched object), and at both thresholds by
// easy / hard, view-dependent / independent, unique / multiple, where the records say.
Scores AggregateGrounding(const ScoredItems& run, Profile profile);

inline constexpr Profile kGroundingProfiles[] = {Profile::kOfficial, Profile::kStrict};

}  // namespace spatium
