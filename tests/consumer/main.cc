// A program of someone else's that uses an installed Spatium.
#include <spatium/base/json.h>
#include <spatium/geometry/box_overlap.h>
#include <spatium/geometry/rigid.h>

#include <cstdio>

int main() {
  using spatium::frame::World;
  const auto box = spatium::Json::Parse("[0,0,0,2,2,2]", "box");
  if (!box) return 1;
  const auto at = [&](size_t i) { return box->AsArray()[i].AsDouble(); };
  const auto a = spatium::Aabb<World>::FromCenterSize({at(0), at(1), at(2)}, {at(3), at(4), at(5)});
  spatium::Obb<World> b = spatium::ToObb(a);
  b.f_from_object.R = spatium::RotationZ(spatium::Radians::FromDegrees(45));
  std::printf("%.6f\n", spatium::Iou3d(a, b));  // sqrt(1/2)
  return 0;
}
