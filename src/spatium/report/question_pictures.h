#pragma once
#include <functional>

#include "spatium/dataset/question_set.h"
#include "spatium/image/marker.h"

namespace spatium {

// One of a question's pictures with its markers drawn.
struct MarkedPicture {
  int index = 0;  // into the record's "image"
  RgbImage image;
  bool marked = false;  // whether a marker lies on it
};

// Reads and draws the pictures of a question in order. `wanted` chooses by (index, marked); all if
// null. `max_side_px` > 0 shrinks a picture before the markers are drawn, so that they stay clear.
// Errors: those of reading a picture or the marker fields, with the question's place in front.
Result<std::vector<MarkedPicture>> DrawQuestion(
    const PlacedQuestion& question,
    MarkerStyle style,
    int max_side_px = 0,
    const std::function<bool(int, bool)>& wanted = nullptr);

}  // namespace spatium
