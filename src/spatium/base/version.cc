#include "spatium/base/version.h"

#include "spatium_commit.h"  // made by cmake/SpatiumCommit.cmake

namespace spatium {

std::string_view BuildCommit() { return SPATIUM_COMMIT; }

}  // namespace spatium
