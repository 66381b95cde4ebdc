#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/random.h"
#include "spatium/synth/material.h"
#include "spatium/synth/solid.h"

namespace spatium::synth {

// A triangle soup with normals for shading; faces counter-clockwise seen from outside.
struct Triangles {
  std::vector<V3> positions;
  std::vector<V3> normals;
  std::vector<std::array<uint32_t, 3>> faces;
};

// A piece of one material. What is drawn lies inside its solids.
struct Part {
  Triangles surface;  // in the model's frame
  Material material;
  Pose model_from_part;                   // patterns are laid out in the part's own frame
  V3 min = V3::Zero(), max = V3::Zero();  // of the surface, in the part's frame
  std::vector<Solid> solids;              // in the model's frame; their union covers the surface
};

// A level rectangle that other things can stand on.
struct Support {
  V2 min, max;
  double z = 0;
  double clearance = 1;  // free height above it
};

// A place for a seat, with the direction that who sits there looks at.
struct Seat {
  V2 at;
  double yaw = 0;
};

// A thing. Its frame: z up, the floor (or whatever it stands on) at z = 0, its front looks along
// +y; hung on a wall its back is the plane y = 0, under a ceiling its top is z = 0.
struct Model {
  std::string label;
  std::vector<Part> parts;
  std::vector<Support> supports;
  std::vector<Seat> seats;
  V3 min = V3::Zero(), max = V3::Zero();
  V3 size() const { return max - min; }
};

// Puts a model together from simple parts. Sizes in metres, in the frame set by In().
class ModelBuilder {
 public:
  explicit ModelBuilder(std::string label) { model_.label = std::move(label); }

  ModelBuilder& Use(const Material& material);    // for the parts that follow
  ModelBuilder& In(const Pose& model_from_part);  // their frame, until the next In()

  // Sharp, bevelled by `bevel`, and cushion-like (roundness 0: a box, 1: an ellipsoid).
  ModelBuilder& Box(const V3& min, const V3& max);
  ModelBuilder& Soft(const V3& min, const V3& max, double bevel);
  ModelBuilder& Puff(const V3& min, const V3& max, double roundness);
  // Only some sides of a box: bit 0 -x, 1 +x, 2 -y, 3 +y, 4 -z, 5 +z. The solid is whole.
  ModelBuilder& Sides(const V3& min, const V3& max, unsigned sides);
  // The last part's solid, where it is another than its box.
  ModelBuilder& ReplaceSolid(const Solid& solid_in_part);
  // A round bar from a to b.
  ModelBuilder& Rod(const V3& a, const V3& b, double radius_a, double radius_b, int sides = 10);
  ModelBuilder& Rod(const V3& a, const V3& b, double radius) { return Rod(a, b, radius, radius); }
  // A body of revolution about z through `base`: rings (radius, height), outside from the bottom
  // up. A hollow one goes on down the inside; its solid is filled.
  ModelBuilder& Lathe(const V3& base, std::span<const V2> rings, int sides = 16);
  ModelBuilder& Lathe(const V3& base, std::initializer_list<V2> rings, int sides = 16) {
    return Lathe(base, std::span<const V2>(rings.begin(), rings.size()), sides);
  }
  // A convex polygon (counter-clockwise) pulled up from z0 to z1.
  ModelBuilder& Prism(std::span<const V2> polygon, double z0, double z1);
  // A thin leaf from a to b, widest (`width`) at the middle, `normal` up from its face.
  ModelBuilder& Leaf(const V3& a, const V3& b, double width, const V3& normal);
  // A hanging cloth between min and max: waves along x, amplitude within the box.
  ModelBuilder& Drape(const V3& min, const V3& max, int waves);

  ModelBuilder& Stand(const V2& min, const V2& max, double z, double clearance = 1);
  ModelBuilder& SeatAt(const V2& at, double yaw_rad);

  // Sets the bounds and hands the model over.
  Model Take();

 private:
  void Finish(Triangles surface, const std::vector<Solid>& solids);

  Model model_;
  Material material_;
  Pose pose_;
};

}  // namespace spatium::synth
