#include "spatium/geometry/camera_import.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace spatium {
namespace {

struct ModelShape {
  std::string_view name;
  size_t num_focal;   // 1 or 2 focal lengths in front of cx, cy
  size_t num_coeffs;  // behind them
  Distortion (*lens)(std::span<const double> k);
};
// The order of the coefficients in each of COLMAP's models.
constexpr std::array<ModelShape, 11> kModels = {{
    {"SIMPLE_PINHOLE", 1, 0, [](std::span<const double>) -> Distortion { return NoDistortion{}; }},
    {"PINHOLE", 2, 0, [](std::span<const double>) -> Distortion { return NoDistortion{}; }},
    {"SIMPLE_RADIAL",
     1,
     1,
     [](std::span<const double> k) -> Distortion { return RadialTangential{.k1 = k[0]}; }},
    {"RADIAL",
     1,
     2,
     [](std::span<const double> k) -> Distortion {
       return RadialTangential{.k1 = k[0], .k2 = k[1]};
     }},
    {"OPENCV",
     2,
     4,
     [](std::span<const double> k) -> Distortion {
       return RadialTangential{.k1 = k[0], .k2 = k[1], .p1 = k[2], .p2 = k[3]};
     }},
    {"OPENCV_FISHEYE",
     2,
     4,
     [](std::span<const double> k) -> Distortion { return Fisheye{k[0], k[1], k[2], k[3]}; }},
    {"FULL_OPENCV",
     2,
     8,
     [](std::span<const double> k) -> Distortion {
       return RadialTangential{.k1 = k[0],
                               .k2 = k[1],
                               .p1 = k[2],
                               .p2 = k[3],
                               .k3 = k[4],
                               .k4 = k[5],
                               .k5 = k[6],
                               .k6 = k[7]};
     }},
    {"FOV", 2, 1, [](std::span<const double> k) -> Distortion { return FieldOfView{k[0]}; }},
    {"SIMPLE_RADIAL_FISHEYE",
     1,
     1,
     [](std::span<const double> k) -> Distortion { return Fisheye{.k1 = k[0]}; }},
    {"RADIAL_FISHEYE",
     1,
     2,
     [](std::span<const double> k) -> Distortion { return Fisheye{.k1 = k[0], .k2 = k[1]}; }},
    {"THIN_PRISM_FISHEYE",
     2,
     8,
     [](std::span<const double> k) -> Distortion {
       return ThinPrismFisheye{k[0], k[1], k[2], k[3], k[4], k[5], k[6], k[7]};
     }},
}};

Error Bad(std::string_view where, std::string expected, std::string found) {
  return {ErrorCode::kBadValue, std::string(where), std::move(expected), std::move(found)};
}

Result<void> CheckCamera(const LensCamera& camera,
                         std::span<const double> coefficients,
                         std::string_view where) {
  const auto& p = camera.pinhole;
  if (p.size.width <= 0 || p.size.height <= 0)
    return Bad(where,
               "a positive picture size",
               std::to_string(p.size.width) + "x" + std::to_string(p.size.height));
  for (const double x : {p.fx, p.fy, p.cx, p.cy})
    if (!std::isfinite(x)) return Bad(where, "finite intrinsics", std::to_string(x));
  for (const double x : coefficients)
    if (!std::isfinite(x)) return Bad(where, "finite distortion coefficients", std::to_string(x));
  if (p.fx <= 0 || p.fy <= 0)
    return Bad(where, "positive focal lengths", std::to_string(std::min(p.fx, p.fy)));
  return {};
}

}  // namespace

Result<LensCamera> FromColmap(const ColmapCamera& camera, std::string_view where) {
  const auto* model = std::ranges::find(kModels, camera.model, &ModelShape::name);
  if (model == kModels.end()) {
    std::string names;
    for (const auto& m : kModels) names += (names.empty() ? "" : ", ") + std::string(m.name);
    return Error{
        ErrorCode::kUnsupported, std::string(where), "a camera model of " + names, camera.model};
  }
  const size_t f = model->num_focal, expected = f + 2 + model->num_coeffs;
  if (camera.params.size() != expected)
    return Bad(where,
               std::to_string(expected) + " parameters of " + camera.model,
               std::to_string(camera.params.size()) + " parameters");
  const std::span params(camera.params);
  const auto coefficients = params.subspan(f + 2);
  const LensCamera found{{camera.size, params[0], params[f - 1], params[f], params[f + 1]},
                         model->lens(coefficients)};
  SPATIUM_TRY_DO(CheckCamera(found, coefficients, where));
  return found;
}

Result<ColmapCamera> ToColmap(const LensCamera& camera) {
  const auto& p = camera.pinhole;
  const bool square = p.fx == p.fy;
  ColmapCamera out{"", p.size, {}};
  const auto fill = [&](std::string_view model, bool one_focal, std::vector<double> coefficients) {
    out.model = model;
    out.params = one_focal ? std::vector<double>{p.fx, p.cx, p.cy}
                           : std::vector<double>{p.fx, p.fy, p.cx, p.cy};
    out.params.insert(out.params.end(), coefficients.begin(), coefficients.end());
  };
  if (std::holds_alternative<NoDistortion>(camera.lens)) {
    fill(square ? "SIMPLE_PINHOLE" : "PINHOLE", square, {});
  } else if (const auto* m = std::get_if<RadialTangential>(&camera.lens)) {
    if (m->s1 != 0 || m->s2 != 0 || m->s3 != 0 || m->s4 != 0)
      return Error{
          ErrorCode::kUnsupported, "camera", "a camera model of COLMAP", "prism terms s1..s4"};
    const bool rational = m->k3 != 0 || m->k4 != 0 || m->k5 != 0 || m->k6 != 0;
    const bool tangential = m->p1 != 0 || m->p2 != 0;
    if (rational)
      fill("FULL_OPENCV", false, {m->k1, m->k2, m->p1, m->p2, m->k3, m->k4, m->k5, m->k6});
    else if (tangential || !square)
      fill("OPENCV", false, {m->k1, m->k2, m->p1, m->p2});
    else if (m->k2 != 0)
      fill("RADIAL", true, {m->k1, m->k2});
    else
      fill("SIMPLE_RADIAL", true, {m->k1});
  } else if (const auto* fisheye = std::get_if<Fisheye>(&camera.lens)) {
    if (!square || fisheye->k3 != 0 || fisheye->k4 != 0)
      fill("OPENCV_FISHEYE", false, {fisheye->k1, fisheye->k2, fisheye->k3, fisheye->k4});
    else if (fisheye->k2 != 0)
      fill("RADIAL_FISHEYE", true, {fisheye->k1, fisheye->k2});
    else
      fill("SIMPLE_RADIAL_FISHEYE", true, {fisheye->k1});
  } else if (const auto* fov = std::get_if<FieldOfView>(&camera.lens)) {
    fill("FOV", false, {fov->omega});
  } else if (const auto* prism = std::get_if<ThinPrismFisheye>(&camera.lens)) {
    fill(
        "THIN_PRISM_FISHEYE",
        false,
        {prism->k1, prism->k2, prism->p1, prism->p2, prism->k3, prism->k4, prism->sx1, prism->sy1});
  }
  return out;
}

Result<LensCamera> FromOpenCv(const OpenCvCamera& camera, std::string_view where) {
  const size_t n = camera.distortion.size();
  std::vector<double> k = camera.distortion;
  k.resize(14, 0.0);
  LensCamera found{{camera.size, camera.fx, camera.fy, camera.cx + 0.5, camera.cy + 0.5},
                   NoDistortion{}};
  if (camera.fisheye) {
    if (n != 0 && n != 4)
      return Bad(where, "4 coefficients of a fisheye", std::to_string(n) + " coefficients");
    found.lens = Fisheye{k[0], k[1], k[2], k[3]};
  } else {
    if (n != 0 && n != 4 && n != 5 && n != 8 && n != 12 && n != 14)
      return Bad(where,
                 "0, 4, 5, 8, 12 or 14 distortion coefficients",
                 std::to_string(n) + " coefficients");
    if (k[12] != 0 || k[13] != 0)
      return Error{
          ErrorCode::kUnsupported, std::string(where), "a sensor without tilt", "tauX, tauY"};
    if (std::ranges::any_of(k, [](double x) { return x != 0; }))
      found.lens = RadialTangential{
          k[0], k[1], k[2], k[3], k[4], k[5], k[6], k[7], k[8], k[9], k[10], k[11]};
  }
  SPATIUM_TRY_DO(CheckCamera(found, camera.distortion, where));
  return found;
}

}  // namespace spatium
