#pragma once
#include "spatium/benchmarks/benchmark.h"

namespace spatium {

// Whether `data` is a tree of questions as `qa make` writes it (and SPAR-7M ships it).
bool IsSparTree(const Path& data);

// The questions of such a tree in SPAR-Bench's form: tasks of the bench, in the format that it asks
// them in (numbers and view changes to fill in, the rest by letter), markers drawn as SPAR's
// reference draws them. Other tasks and formats are left out. Item ids are the records'.
// Errors: kParse, kNotFound, kBadValue with file and line.
Result<void> LoadSparTree(const Path& data, const std::function<Result<void>(Item)>& sink);

}  // namespace spatium
