#pragma once
#include <string>

#include "spatium/synth/synth.h"

namespace spatium::synth {

// truth/NAME.json: the schema of `scene info --full`, and
//   "supports"    [[child_id, parent_id]]
//   "visibility"  rows as `scene visibility` prints them, from the id buffer of the exact mesh
//   "key"         of the options that made it, for restarts
Result<std::string> TruthText(const SynthScene& synth, std::string_view key, unsigned threads);

}  // namespace spatium::synth
