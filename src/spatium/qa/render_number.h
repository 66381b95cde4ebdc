#pragma once
#include <span>

#include "spatium/base/random.h"
#include "spatium/qa/task.h"
#include "spatium/qa/wording/phrase.h"

namespace spatium {

// Text, options and answer of a question whose answer is a length in meters, told to 0.1 m. The
// sentence's slot {n} is the value with one decimal. kNoRoomForOptions if a select has no room.
Refusal RenderMeters(const TaskFormat& format,
                     std::span<const Slot> slots,
                     double value_m,
                     RandomStream& rng,
                     Question& out);

// "name":1.2345 (4 decimals) into an object under construction: the first field opens it.
void AddValue(std::string& json, std::string_view name, double value);

}  // namespace spatium
