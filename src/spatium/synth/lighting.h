#pragma once
#include <vector>

#include "spatium/render/raycast.h"
#include "spatium/synth/surface_mesh.h"

namespace spatium::synth {

// Light as it arrives at each vertex: multiplied by the surface's colour it is what a camera sees.
struct BakedLight {
  std::vector<Color> arriving;  // per vertex
  float exposure = 1;           // brings the room's mean to a well-exposed picture
  // The strongest lamps and windows, for highlights on glossy things.
  struct Lamp {
    Eigen::Vector3f at;
    Color power;
  };
  std::vector<Lamp> lamps;
};

// Lamps and windows light the room directly, with soft shadows; walls and things pass the light on
// three times. The same bits for any number of threads.
BakedLight BakeLight(const SurfaceMesh& surface, const RayScene& rays, unsigned threads);

// What a glowing surface shows of its own light: lamps are far brighter than the room, but a camera
// exposes (and people expose it) so that screens and the view through a window are seen.
Color GlowSeen(const Material& material, const Color& albedo, float exposure);

// Linear light to an 8-bit sRGB value: a shoulder for highlights, then a fit of the sRGB curve by
// square roots (Chilliant), within one step.
uint8_t ToSrgb(float linear);

// The mesh's colours: each vertex as a camera would see it.
void ColorMesh(SurfaceMesh& surface, const BakedLight& light);

}  // namespace spatium::synth
