#pragma once
#include <span>

#include "spatium/benchmarks/evaluate.h"

namespace spatium {

// What a page draws over the picture of an item that asks for points: its gold mask and the points
// that the rules read, {"w","h","mask":PATH,"cell":[w,h],"points":[[x,y]…],"boxes":[[x,y,w,h]…]}
// in pixels of the mask. PATH is the data of an SVG path in cells: one stroke per row and run of
// cells that hold a right pixel (128 or more), of a grid coarse enough for a few kilobytes. The
// points are those of the first of `results` that read any. Null for an item without a mask.
Json AnswerOverlay(const Item& item, std::span<const ProfileResult> results, size_t item_idx);

// What the page says a gold mask is: "a mask of 640 x 480 pixels, 3.2 % of them right"; "" for
// other gold.
std::string MaskText(const Item& item);

}  // namespace spatium
