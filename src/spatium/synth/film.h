#pragma once
#include "spatium/image/image.h"
#include "spatium/synth/lighting.h"

namespace spatium::synth {

// What one picture holds.
struct Shot {
  RgbImage color;
  DepthImage depth;  // millimetres along z, by the depth camera
};

struct FilmSettings {
  Pinhole color, depth;  // may be equal
  uint64_t noise_seed = 0;
};

// One picture of the room: four samples a pixel where anything changes in it, baked light, patterns
// by the point, highlights, one reflection in mirrors, a camera's vignette and noise. One thread.
Shot Film(const SurfaceMesh& surface,
          const RayScene& rays,
          const BakedLight& light,
          const FilmSettings& settings,
          const Rigid<frame::Cam<>, frame::World>& cam_from_world);

}  // namespace spatium::synth
