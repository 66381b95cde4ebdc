#pragma once
#include <string_view>

namespace spatium {

// A file of grounding/data, embedded by the build; empty for an unknown name. The README there says
// what the weights were fitted on.
std::string_view GroundingData(std::string_view file_name);

}  // namespace spatium
