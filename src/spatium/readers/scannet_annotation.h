#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/result.h"
#include "spatium/scene/scene.h"

namespace spatium {

// ScanNet's .aggregation.json: objects as sets of segments.
struct SegmentGroup {
  int32_t object_id = 0;
  std::string label;
  std::vector<int64_t> segments;
};
// Errors: kParse, kNotFound, kBadValue with `where` and the JSON path; an objectId that is there
// twice.
Result<std::vector<SegmentGroup>> ParseAggregation(std::string_view text, std::string_view where);

// ScanNet's .segs.json: the segment of each vertex. Errors: as above.
Result<std::vector<int64_t>> ParseSegments(std::string_view text, std::string_view where);

// The objects of a mesh in World: box = least and greatest coordinates of the vertices of the
// group's segments. Also sets the mesh's vertex_object; where groups share a segment the later one
// has it, as in ScanNet's own scripts, but each box counts it. Sorted by id; groups without a
// vertex are left out and named in `without_vertices`.
// Errors: kBadValue if there are not as many segment numbers as vertices.
struct AnnotatedObjects {
  std::vector<Object> objects;  // without categories
  std::vector<std::string> without_vertices;
};
Result<AnnotatedObjects> ApplyAnnotation(const std::vector<SegmentGroup>& groups,
                                         const std::vector<int64_t>& segment_of_vertex,
                                         std::string_view where,
                                         Mesh& mesh);

}  // namespace spatium
