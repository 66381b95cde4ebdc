#pragma once
#include <memory>

#include "spatium/commands/command.h"
#include "spatium/commands/ground_rows.h"

namespace spatium {

// `spatium ground --queries F --boxes DIR -o OUT`: a row for each sentence, in the order of F.
// Rows are journalled in OUT.partial as they come, so that the run can be killed and continued;
// rows of a run with other options are kept there but not taken over.
Result<int> GroundQueries(const GroundOptions& o,
                          std::shared_ptr<const GroundingWeights> weights,
                          Output& out);

}  // namespace spatium
