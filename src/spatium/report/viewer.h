#pragma once
#include <string>

#include "spatium/report/view_surface.h"
#include "spatium/scene/store.h"

namespace spatium {

struct ViewerOptions {
  size_t max_points = 250000;  // of the surface
  size_t max_pictures = 48;    // thumbnails of frames, spread evenly
  unsigned threads = 0;
};

// A page with a 3D view of a scene: its surface, its objects' boxes with labels, the cameras and
// their pictures. WebGL 2 without any library; everything is inside of the page.
// Coordinates are quantised to 1/65535 of the surface's extent on each axis.
// Errors: those of reading the surface; a picture that cannot be read is left out.
Result<std::string> ViewerPage(const SceneStore& store, const ViewerOptions& options);

}  // namespace spatium
