#pragma once
#include "spatium/scene/scene.h"

namespace spatium {

// Moves a mesh's vertices, computed in double; by the identity not a bit changes.
void MoveMesh(const Rigid<frame::World, frame::World>& to_from_from, Mesh& mesh);

}  // namespace spatium
