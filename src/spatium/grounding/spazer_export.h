#pragma once
#include "spatium/grounding/evaluate_grounding.h"

namespace spatium {

// Results of `ground` as SPAZER's two output files, with its record fields and spellings (texts
// "True" and "False", sets as Python prints them): FOLDER/output_view_candidate.json, stage 1 with
// its list of candidates, and FOLDER/output_jdm.json, the decision. is_unique: only one object of
// the target's raw label in the scene. IoUs are SPAZER's arithmetic; its thresholds are strict.
// Errors: those of the files; kNotFound for a target that has no box.
Result<void> ExportSpazer(const GroundEvalOptions& options, const Path& folder);

}  // namespace spatium
