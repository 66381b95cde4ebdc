#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "spatium/base/json.h"
#include "spatium/image/marker.h"

namespace spatium {

// Markers as the fields of a SPAR record: "red_point": [[x, y]], "blue_bbox": [[x0, y0, x1, y1]],
// integers 0..1000 per axis, and "point_img_idx" / "bbox_img_idx": [[i, j]] with the picture of
// each marker, in an order of colours that each task type has of its own (marker_fields.cc).

// The markers that the reference draws for `record` (its "type" decides which fields count), in
// the order in which it draws them; none for types without markers.
// Errors: kNotFound for a field that the type needs, kBadValue for a picture index that the
// record's "image" list does not have or a coordinate far outside of its picture.
Result<std::vector<Marker>> MarkersOfRecord(const JsonCursor& record);

// Adds the fields of `markers` to a record of `type`. Coordinates are rounded to integers; the
// index field is written for types that have more than one picture.
void SetMarkerFields(Json& record, std::string_view type, std::span<const Marker> markers);

}  // namespace spatium
