#pragma once
#include <string>
#include <string_view>

#include "spatium/base/json.h"
#include "spatium/grounding/agent.h"

namespace spatium {

// How one sentence was grounded, as a page: the parse and each clause's scores, the candidates, and
// for a model every prompt, picture, reply, cost and time. `row` is the result row of `ground`.
std::string GroundingTracePage(const Json& row, const AgentResult* agent);

}  // namespace spatium
