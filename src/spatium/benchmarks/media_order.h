#pragma once
#include <span>
#include <vector>

#include "spatium/benchmarks/item.h"

namespace spatium {

// The items' numbers in an order in which few videos are needed at a time: all items of a video
// follow each other, with those of `at_a_time` videos taking turns, so that as many threads decode
// side by side. Items without a video keep their order.
std::vector<size_t> OrderByVideo(std::span<const Item> items, size_t at_a_time);

}  // namespace spatium
