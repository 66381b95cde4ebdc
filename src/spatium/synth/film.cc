#include "spatium/synth/film.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

#include "spatium/render/id_buffer.h"

namespace spatium::synth {
namespace {

using V3f = Eigen::Vector3f;

constexpr double kMaxDepth_mm = 65535;

class Shader {
 public:
  Shader(const SurfaceMesh& s, const RayScene& rays, const BakedLight& light, double pixel_rad)
      : s_(s), rays_(rays), light_(light), pixel_(static_cast<float>(pixel_rad)) {}

  // The light that comes back along the ray from `eye`; dir's length is such that t is depth.
  Color Shade(PrimId prim, const V3& eye, const V3& dir, bool may_reflect) const {
    const auto& f = s_.mesh.faces[prim];
    const V3 a = s_.mesh.vertices[f[0]].cast<double>(), b = s_.mesh.vertices[f[1]].cast<double>(),
             c = s_.mesh.vertices[f[2]].cast<double>();
    const V3 e1 = b - a, e2 = c - a, n = e1.cross(e2);
    const double facing = n.dot(dir);
    if (facing == 0) return Color::Zero();
    const double t = n.dot(a - eye) / facing;
    const V3 p = eye + t * dir, q = p - a;
    const double inv = 1 / n.squaredNorm();
    const double v = std::clamp(q.cross(e2).dot(n) * inv, 0.0, 1.0),
                 w = std::clamp(e1.cross(q).dot(n) * inv, 0.0, 1.0 - v);
    const auto fv = static_cast<float>(v), fw = static_cast<float>(w), fu = 1 - fv - fw;
    const Color arriving =
        fu * light_.arriving[f[0]] + fv * light_.arriving[f[1]] + fw * light_.arriving[f[2]];
    const PartRef& part = s_.parts[s_.PartOfFace(prim)];
    const Material& m = part.material;
    const V3f p_room = p.cast<float>();
    SurfacePoint at = part.At(p_room);
    at.view = dir.cast<float>().normalized();
    const double distance = (p - eye).norm();
    const float cos_view = std::abs(static_cast<float>(facing / (std::sqrt(1 / inv) * dir.norm())));
    at.footprint_m = pixel_ * static_cast<float>(distance) / std::max(cos_view, 0.25f);
    if (m.pattern == Pattern::kMirror && may_reflect) return Reflect(m, p, dir, n);
    const Color albedo = Albedo(m, at);
    Color out =
        albedo.cwiseProduct(arriving) * light_.exposure + GlowSeen(m, albedo, light_.exposure);
    if (m.gloss > 0.05f) {
      const V3f normal =
          (fu * s_.normals[f[0]] + fv * s_.normals[f[1]] + fw * s_.normals[f[2]]).normalized();
      const float grazing = 1 - cos_view, g2 = grazing * grazing;
      // A little of the surroundings' mean light at grazing angles, and the lamps themselves.
      out += Color::Constant(m.gloss * 0.35f * g2 * g2).cwiseProduct(arriving) * light_.exposure;
      for (const BakedLight::Lamp& lamp : light_.lamps) {
        const V3f l = lamp.at - p_room;
        const float d2 = std::max(l.squaredNorm(), 0.05f);
        const V3f half = (l / std::sqrt(d2) - at.view).normalized();
        float h = normal.dot(half);
        if (h <= 0.8f) continue;
        h *= h, h *= h, h *= h, h *= h, h *= h;  // to the 32nd
        if (m.gloss > 0.45f) h *= h;
        // Light that does not arrive is not reflected either: scale by how lit the place is.
        const float lit = std::min(1.f, arriving.maxCoeff() * light_.exposure);
        out += lamp.power * (m.gloss * 0.35f * h * lit / (1 + d2)) * light_.exposure;
      }
    }
    return out;
  }

 private:
  Color Reflect(const Material& m, const V3& p, const V3& dir, const V3& n) const {
    const V3 unit = n.normalized(), d = dir - 2 * dir.dot(unit) * unit;
    const V3 origin = p + (d.dot(unit) > 0 ? 1e-4 : -1e-4) * unit;
    const Hit hit = rays_.Closest(Ray{.origin = origin, .dir = d, .tnear = 1e-6});
    if (!hit.hit()) return Color::Zero();
    return m.color.cwiseProduct(Shade(hit.prim, origin, d, false));
  }

  const SurfaceMesh& s_;
  const RayScene& rays_;
  const BakedLight& light_;
  float pixel_;
};

uint8_t Noisy(uint8_t value, int x, int y, int channel, uint32_t seed) {
  // Two dice: a triangle of about +-2 levels, more in the dark as sensors have it.
  const float dice = HashUnit(x, y, channel, seed) + HashUnit(x, y, channel + 3, seed) - 1;
  const float sigma = 2.8f - 1.4f * static_cast<float>(value) / 255.f;
  return static_cast<uint8_t>(
      std::clamp(std::floor(static_cast<float>(value) + sigma * dice + 0.5f), 0.f, 255.f));
}

DepthImage Millimetres(const MetricDepth& metres) {
  DepthImage out(metres.width(), metres.height());
  for (size_t i = 0; i < metres.data().size(); ++i) {
    const double mm = std::floor(static_cast<double>(metres.data()[i]) * 1000 + 0.5);
    out.data()[i] = mm >= kMaxDepth_mm ? uint16_t{0} : static_cast<uint16_t>(mm);
  }
  return out;
}

}  // namespace

Shot Film(const SurfaceMesh& surface,
          const RayScene& rays,
          const BakedLight& light,
          const FilmSettings& settings,
          const Rigid<frame::Cam<>, frame::World>& cam_from_world) {
  Shot shot;
  shot.depth = Millimetres(RenderIds(rays.surface(), settings.depth, cam_from_world).depth);

  const Pinhole& cam = settings.color;
  const int w = cam.size.width, h = cam.size.height;
  Pinhole fine = cam;  // four samples a pixel
  fine.size = {2 * w, 2 * h};
  fine.fx *= 2, fine.fy *= 2, fine.cx *= 2, fine.cy *= 2;
  const PrimImage prims = RenderIds(rays.surface(), fine, cam_from_world).prims;
  const auto world_from_cam = Inverse(cam_from_world);
  const V3 eye = world_from_cam.t;
  const Shader shader(surface, rays, light, 1 / cam.fx);
  const auto ray = [&](double u, double v) {
    return V3(world_from_cam.R * V3((u - cam.cx) / cam.fx, (v - cam.cy) / cam.fy, 1));
  };

  shot.color = RgbImage(w, h);
  const double corner2 = 0.25 * (static_cast<double>(w) * w + static_cast<double>(h) * h);
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) {
      const PrimId sample[4] = {*prims.at(2 * x, 2 * y),
                                *prims.at(2 * x + 1, 2 * y),
                                *prims.at(2 * x, 2 * y + 1),
                                *prims.at(2 * x + 1, 2 * y + 1)};
      bool one = true;  // the same part in all samples, and flat
      for (int k = 0; k < 4; ++k) one &= sample[k] != kNoPrim;
      for (int k = 1; k < 4 && one; ++k) {
        if (sample[k] == sample[0]) continue;
        one = surface.PartOfFace(sample[k]) == surface.PartOfFace(sample[0]) &&
              surface.normals[surface.mesh.faces[sample[k]][0]].dot(
                  surface.normals[surface.mesh.faces[sample[0]][0]]) > 0.97f;
      }
      Color sum = Color::Zero();
      if (one) {
        sum = shader.Shade(sample[0], eye, ray(x + 0.5, y + 0.5), true);
      } else {
        for (int k = 0; k < 4; ++k)
          if (sample[k] != kNoPrim) {
            const Color c =
                shader.Shade(sample[k],
                             eye,
                             ray(x + 0.25 + 0.5 * (k % 2), y + 0.25 + 0.5 * (k > 1 ? 1 : 0)),
                             true);
            sum += c.cwiseMin(4.f) / 4;
          }
      }
      const double dx = x + 0.5 - w / 2.0, dy = y + 0.5 - h / 2.0;
      const auto vignette = static_cast<float>(1 - 0.16 * (dx * dx + dy * dy) / corner2);
      uint8_t* out = shot.color.at(x, y);
      for (int k = 0; k < 3; ++k)
        out[k] =
            Noisy(ToSrgb(sum[k] * vignette), x, y, k, static_cast<uint32_t>(settings.noise_seed));
    }
  return shot;
}

}  // namespace spatium::synth
