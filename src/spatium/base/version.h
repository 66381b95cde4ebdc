#pragma once
#include <string_view>

namespace spatium {

// The commit that this library was built from, 12 digits, "+" behind them if the sources differed
// from it; "unknown" outside of a git checkout. For the records of runs.
std::string_view BuildCommit();

}  // namespace spatium
