#include "spatium/scene/scene.h"

#include <algorithm>

namespace spatium {

ObjectId Mesh::FaceObject(size_t face_idx) const {
  if (vertex_object.empty()) return kNoObject;
  const auto& face = faces[face_idx];
  const int32_t a = vertex_object[face[0]], b = vertex_object[face[1]], c = vertex_object[face[2]];
  return ObjectId{a == b || a == c ? a : b == c ? b : -1};
}

const Object* Scene::FindObject(ObjectId object) const {
  const auto it =
      std::lower_bound(objects.begin(), objects.end(), object, [](const Object& o, ObjectId want) {
        return o.id < want;
      });
  return it != objects.end() && it->id == object ? &*it : nullptr;
}

const Frame* Scene::FindFrame(std::string_view name) const {
  const auto it =
      std::find_if(frames.begin(), frames.end(), [&](const Frame& f) { return f.name == name; });
  return it == frames.end() ? nullptr : &*it;
}

}  // namespace spatium
