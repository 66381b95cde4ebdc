#pragma once
#include <vector>

#include "spatium/qa/qa_scene.h"

namespace spatium {

// The scene's objects by name, each category with the reason why it cannot be counted: a plural or
// empty label, a word that another category of the scene may be meant by, two boxes on one thing,
// an instance that the video does not show. Sorted by name.
//   scene  objects, frames and video are filled in
std::vector<QaCategory> FindCategories(const QaScene& scene);

// A person counting things called `name` might also count one called `other`: the same word in a
// compound ("chair": "armchair", "office chair"), a wider word ("bag": "backpack"), or a near
// synonym ("sofa": "couch").
bool MayInclude(std::string_view name, std::string_view other);

}  // namespace spatium
