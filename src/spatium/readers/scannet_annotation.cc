#include "spatium/readers/scannet_annotation.h"

#include <algorithm>
#include <limits>
#include <set>
#include <unordered_map>

#include "spatium/base/json.h"
#include "spatium/base/text.h"

namespace spatium {

Result<std::vector<SegmentGroup>> ParseAggregation(std::string_view text, std::string_view where) {
  SPATIUM_TRY(const Json json, Json::Parse(text, where));
  const JsonCursor root(json, std::string(where));
  SPATIUM_TRY(const auto groups_at, root.At("segGroups"));
  SPATIUM_TRY(const auto items, groups_at.Items());
  std::vector<SegmentGroup> groups;
  std::set<int64_t> ids;
  for (const auto& item : items) {
    SegmentGroup group;
    SPATIUM_TRY(const auto id_at, item.At("objectId"));
    SPATIUM_TRY(const int64_t id, id_at.Int());
    if (id < 0 || id > std::numeric_limits<int32_t>::max())
      return id_at.Expected("an id from 0 to 2147483647");
    if (!ids.insert(id).second) return id_at.Expected("an id of its own");
    group.object_id = static_cast<int32_t>(id);
    SPATIUM_TRY(const auto label_at, item.At("label"));
    SPATIUM_TRY(group.label, label_at.String());
    SPATIUM_TRY(const auto segments_at, item.At("segments"));
    SPATIUM_TRY(const auto segments, segments_at.Items());
    for (const auto& at : segments) {
      SPATIUM_TRY(const int64_t segment, at.Int());
      group.segments.push_back(segment);
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

Result<std::vector<int64_t>> ParseSegments(std::string_view text, std::string_view where) {
  SPATIUM_TRY(const Json json, Json::Parse(text, where));
  const JsonCursor root(json, std::string(where));
  SPATIUM_TRY(const auto indices_at, root.At("segIndices"));
  const Json& indices = indices_at.value();
  if (!indices.IsArray()) return indices_at.Expected("an array of whole numbers");
  std::vector<int64_t> segments;
  segments.reserve(indices.AsArray().size());
  // Not through cursors: there are hundreds of thousands, and each cursor holds its path.
  for (const Json& value : indices.AsArray()) {
    if (!value.IsInt())
      return Error{ErrorCode::kParse,
                   StrCat(indices_at.path(), "[", segments.size(), "]"),
                   "a whole number",
                   value.Dump()};
    segments.push_back(value.AsInt());
  }
  return segments;
}

Result<AnnotatedObjects> ApplyAnnotation(const std::vector<SegmentGroup>& groups,
                                         const std::vector<int64_t>& segment_of_vertex,
                                         std::string_view where,
                                         Mesh& mesh) {
  if (segment_of_vertex.size() != mesh.vertices.size())
    return Error{ErrorCode::kBadValue,
                 std::string(where),
                 StrCat(mesh.vertices.size(), " segment numbers, one per vertex of the mesh"),
                 StrCat(segment_of_vertex.size())};
  std::unordered_map<int64_t, std::vector<size_t>> groups_of_segment;
  for (size_t g = 0; g < groups.size(); ++g)
    for (const int64_t segment : groups[g].segments) groups_of_segment[segment].push_back(g);
  constexpr double kInf = std::numeric_limits<double>::infinity();
  const Aabb<frame::World> nothing{Eigen::Vector3d::Constant(kInf),
                                   Eigen::Vector3d::Constant(-kInf)};
  std::vector<Aabb<frame::World>> boxes(groups.size(), nothing);
  mesh.vertex_object.assign(mesh.vertices.size(), kNoObject.value);
  for (size_t v = 0; v < mesh.vertices.size(); ++v) {
    const auto found = groups_of_segment.find(segment_of_vertex[v]);
    if (found == groups_of_segment.end()) continue;
    const Eigen::Vector3d p = mesh.vertices[v].cast<double>();
    for (const size_t g : found->second) {
      boxes[g].min = boxes[g].min.cwiseMin(p);
      boxes[g].max = boxes[g].max.cwiseMax(p);
      mesh.vertex_object[v] = groups[g].object_id;
    }
  }
  AnnotatedObjects result;
  for (size_t g = 0; g < groups.size(); ++g) {
    if (boxes[g].min.x() > boxes[g].max.x()) {
      result.without_vertices.push_back(StrCat(groups[g].object_id, " (", groups[g].label, ")"));
      continue;
    }
    result.objects.push_back({ObjectId{groups[g].object_id}, groups[g].label, "", boxes[g], {}});
  }
  std::sort(result.objects.begin(), result.objects.end(), [](const Object& a, const Object& b) {
    return a.id < b.id;
  });
  return result;
}

}  // namespace spatium
