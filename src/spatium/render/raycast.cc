#include "spatium/render/raycast.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>

#include "spatium/base/check.h"
#include "spatium/render/embree.h"
#include "spatium/render/triangle.h"

namespace spatium {
namespace {

constexpr size_t kWidth = 16;  // rays per packet

// Bounds grow by this share of the scene's size, so that the float ray that Embree walks cannot
// miss a box that the true ray meets: a float ray is off by less than 2^-22 of the distances
// involved, which stay below 4 scene radii (PackRay).
constexpr double kPad = 0x1p-19;

float RoundDown(double x) {
  const float f = static_cast<float>(x);
  return static_cast<double>(f) > x ? std::nextafter(f, -INFINITY) : f;
}
float RoundUp(double x) {
  const float f = static_cast<float>(x);
  return static_cast<double>(f) < x ? std::nextafter(f, INFINITY) : f;
}

// Where Embree's float ray runs along the true one: t_float = t * length - shift.
struct Along {
  double length = 1, shift = 0, dir_squared = 1;
};

RTCRay16& RaysOf(RTCRay16& packet) { return packet; }
RTCRay16& RaysOf(RTCRayHit16& packet) { return packet.ray; }

struct Query {
  embree::Context context;  // first: Embree hands back its address
  const Ray* rays = nullptr;
  Hit* hits = nullptr;
  const Along* along = nullptr;
  double pad = 0;
};

}  // namespace

struct RayScene::Impl {
  Surface surface;
  double pad = 0;     // metres
  double radius = 1;  // of a ball about `center` that holds the padded scene
  Eigen::Vector3d center = Eigen::Vector3d::Zero();
  RTCDevice device = nullptr;
  RTCScene scene = nullptr;

  ~Impl() {
    if (scene) rtcReleaseScene(scene);
    if (device) rtcReleaseDevice(device);
  }

  std::optional<TriangleHit> Test(const Surface::Face& face, const Ray& ray, double dd) const {
    const auto& v = surface.vertices();
    return IntersectTriangle(ray.dir,
                             dd,
                             v[face.vertex[0]] - ray.origin,
                             v[face.vertex[1]] - ray.origin,
                             v[face.vertex[2]] - ray.origin);
  }

  bool PackRay(const Ray& ray, size_t lane, RTCRay16& packet, Along& along) const;
  template <class Packet, class Trace>
  void ForPackets(std::span<const Ray> rays, Hit* hits, Trace trace) const;
};

namespace {

template <class Impl>
void Bounds(const RTCBoundsFunctionArguments* args) {
  const auto& impl = *static_cast<const Impl*>(args->geometryUserPtr);
  const auto& face = impl.surface.faces()[args->primID];
  const auto& v = impl.surface.vertices();
  const Eigen::Vector3d &a = v[face.vertex[0]], &b = v[face.vertex[1]], &c = v[face.vertex[2]];
  const Eigen::Vector3d lo = a.cwiseMin(b).cwiseMin(c), hi = a.cwiseMax(b).cwiseMax(c);
  RTCBounds& out = *args->bounds_o;
  out.lower_x = RoundDown(lo.x() - impl.pad);
  out.lower_y = RoundDown(lo.y() - impl.pad);
  out.lower_z = RoundDown(lo.z() - impl.pad);
  out.upper_x = RoundUp(hi.x() + impl.pad);
  out.upper_y = RoundUp(hi.y() + impl.pad);
  out.upper_z = RoundUp(hi.z() + impl.pad);
}

// The exact test of one triangle with the active rays of a packet. Each lane's float tfar is
// lowered to just beyond the best hit so far.
template <class Impl>
void IntersectFace(const RTCIntersectFunctionNArguments* args) {
  const auto& impl = *static_cast<const Impl*>(args->geometryUserPtr);
  const auto& query = *reinterpret_cast<const Query*>(args->context);
  const auto& face = impl.surface.faces()[args->primID];
  RTCRayN* rays = RTCRayHitN_RayN(args->rayhit, args->N);
  for (unsigned i = 0; i < args->N; ++i) {
    if (!args->valid[i]) continue;
    const unsigned id = RTCRayN_id(rays, args->N, i);
    const Ray& ray = query.rays[id];
    if (ray.skip.valid() && face.object == ray.skip.value) continue;
    const Along& along = query.along[id];
    const auto found = impl.Test(face, ray, along.dir_squared);
    if (!found || !(found->t > ray.tnear) || !(found->t < ray.tfar)) continue;
    Hit& best = query.hits[id];
    if (found->t > best.t || (found->t == best.t && face.prim > best.prim)) continue;
    best = {face.prim, found->t, found->u, found->v, face.object};
    RTCRayN_tfar(rays, args->N, i) =
        std::min(RTCRayN_tfar(rays, args->N, i),
                 RoundUp(found->t * along.length - along.shift + 2 * query.pad));
  }
}

template <class Impl>
void OccludeFace(const RTCOccludedFunctionNArguments* args) {
  const auto& impl = *static_cast<const Impl*>(args->geometryUserPtr);
  const auto& query = *reinterpret_cast<const Query*>(args->context);
  const auto& face = impl.surface.faces()[args->primID];
  for (unsigned i = 0; i < args->N; ++i) {
    if (!args->valid[i]) continue;
    const unsigned id = RTCRayN_id(args->ray, args->N, i);
    const Ray& ray = query.rays[id];
    if (ray.skip.valid() && face.object == ray.skip.value) continue;
    const auto found = impl.Test(face, ray, query.along[id].dir_squared);
    if (found && found->t > ray.tnear && found->t < ray.tfar)
      RTCRayN_tfar(args->ray, args->N, i) = -INFINITY;
  }
}

}  // namespace

// Writes one lane: a unit direction, and an origin moved along the ray until it is near the scene,
// so that float coordinates lose little. False: the ray cannot hit anything.
bool RayScene::Impl::PackRay(const Ray& ray, size_t lane, RTCRay16& packet, Along& along) const {
  const double dd = ray.dir.squaredNorm();
  if (!ray.origin.allFinite() || !std::isfinite(dd) || !(dd > 0)) return false;
  along.length = std::sqrt(dd);
  along.dir_squared = dd;
  const Eigen::Vector3d unit = ray.dir / along.length;
  const double distance = (ray.origin - center).norm();
  along.shift = distance > 2 * radius ? distance - 1.5 * radius : 0;
  const Eigen::Vector3d origin = ray.origin + along.shift * unit;
  const double slack = 2 * pad;
  const double tnear = ray.tnear * along.length - along.shift - slack;
  const double tfar = ray.tfar * along.length - along.shift + slack;
  if (!(tfar > 0) || !(tfar > tnear)) return false;
  packet.org_x[lane] = static_cast<float>(origin.x());
  packet.org_y[lane] = static_cast<float>(origin.y());
  packet.org_z[lane] = static_cast<float>(origin.z());
  packet.dir_x[lane] = static_cast<float>(unit.x());
  packet.dir_y[lane] = static_cast<float>(unit.y());
  packet.dir_z[lane] = static_cast<float>(unit.z());
  packet.tnear[lane] = std::max(0.f, RoundDown(tnear));
  packet.tfar[lane] = RoundUp(tfar);
  packet.time[lane] = 0;
  packet.mask[lane] = ~0u;
  packet.id[lane] = static_cast<unsigned>(lane);
  packet.flags[lane] = 0;
  return true;
}

// Calls trace(valid, packet, query) for each packet of kWidth rays that holds a usable one.
template <class Packet, class Trace>
void RayScene::Impl::ForPackets(std::span<const Ray> rays, Hit* hits, Trace trace) const {
  for (size_t begin = 0; begin < rays.size(); begin += kWidth) {
    const size_t n = std::min(kWidth, rays.size() - begin);
    alignas(64) Packet packet{};
    alignas(64) std::array<int, kWidth> valid{};
    std::array<Along, kWidth> along;
    bool any = false;
    for (size_t i = 0; i < n; ++i)
      if (PackRay(rays[begin + i], i, RaysOf(packet), along[i])) {
        valid[i] = -1;
        any = true;
      }
    if (!any) continue;
    Query query;
    query.rays = rays.data() + begin;
    query.hits = hits ? hits + begin : nullptr;
    query.along = along.data();
    query.pad = pad;
    trace(begin, n, valid.data(), packet, query);
  }
}

RayScene::RayScene(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RayScene::RayScene(RayScene&&) noexcept = default;
RayScene& RayScene::operator=(RayScene&&) noexcept = default;
RayScene::~RayScene() = default;

Result<RayScene> RayScene::Build(const Mesh& mesh) {
  auto impl = std::make_unique<Impl>();
  SPATIUM_TRY(impl->surface, Surface::FromMesh(mesh));
  const auto& bounds = impl->surface.bounds();
  const double reach = std::max(bounds.min.cwiseAbs().maxCoeff(), bounds.max.cwiseAbs().maxCoeff());
  impl->center = bounds.center().v;
  impl->radius = std::max(1.0, bounds.size().norm());
  impl->pad = kPad * (reach + impl->radius);

  const char* config = std::getenv("SPATIUM_EMBREE_CONFIG");
  impl->device = rtcNewDevice(config);
  if (!impl->device)
    return Error{ErrorCode::kBadValue,
                 "SPATIUM_EMBREE_CONFIG",
                 "a configuration that Embree accepts",
                 config ? config : "none"};
  impl->scene = rtcNewScene(impl->device);
  rtcSetSceneFlags(impl->scene, RTC_SCENE_FLAG_ROBUST);
  RTCGeometry geometry = rtcNewGeometry(impl->device, RTC_GEOMETRY_TYPE_USER);
  rtcSetGeometryUserPrimitiveCount(geometry, static_cast<unsigned>(impl->surface.faces().size()));
  rtcSetGeometryUserData(geometry, impl.get());
  rtcSetGeometryBoundsFunction(geometry, Bounds<Impl>, nullptr);
  rtcSetGeometryIntersectFunction(geometry, IntersectFace<Impl>);
  rtcSetGeometryOccludedFunction(geometry, OccludeFace<Impl>);
  rtcCommitGeometry(geometry);
  rtcAttachGeometry(impl->scene, geometry);
  rtcReleaseGeometry(geometry);
  rtcCommitScene(impl->scene);
  if (const RTCError error = rtcGetDeviceError(impl->device); error != RTC_ERROR_NONE)
    return Error{error == RTC_ERROR_OUT_OF_MEMORY ? ErrorCode::kOutOfMemory : ErrorCode::kBadValue,
                 "ray scene",
                 "a mesh that Embree can index",
                 "Embree error " + std::to_string(static_cast<int>(error))};
  return RayScene(std::move(impl));
}

const Surface& RayScene::surface() const { return impl_->surface; }

void RayScene::Closest(std::span<const Ray> rays, std::span<Hit> hits) const {
  SPATIUM_CHECK(hits.size() == rays.size()) << hits.size() << " hits for " << rays.size();
  std::fill(hits.begin(), hits.end(), Hit{});
  impl_->ForPackets<RTCRayHit16>(
      rays, hits.data(), [&](size_t, size_t, const int* valid, RTCRayHit16& packet, Query& q) {
        embree::Intersect16(valid, impl_->scene, q.context, packet);
      });
}

Hit RayScene::Closest(const Ray& ray) const {
  Hit hit;
  Closest({&ray, 1}, {&hit, 1});
  return hit;
}

void RayScene::Occluded(std::span<const Ray> rays, std::span<uint8_t> occluded) const {
  SPATIUM_CHECK(occluded.size() == rays.size()) << occluded.size() << " for " << rays.size();
  std::fill(occluded.begin(), occluded.end(), uint8_t{0});
  impl_->ForPackets<RTCRay16>(
      rays, nullptr, [&](size_t begin, size_t n, const int* valid, RTCRay16& packet, Query& q) {
        embree::Occluded16(valid, impl_->scene, q.context, packet);
        for (size_t i = 0; i < n; ++i) occluded[begin + i] = valid[i] && packet.tfar[i] < 0 ? 1 : 0;
      });
}

bool RayScene::Occluded(const Ray& ray) const {
  uint8_t occluded = 0;
  Occluded({&ray, 1}, {&occluded, 1});
  return occluded != 0;
}

}  // namespace spatium
