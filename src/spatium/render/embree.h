#pragma once
// Embree 3 and 4 behind one spelling. Only render/*.cc and bench/ include this.
#if __has_include(<embree4/rtcore.h>)
#include <embree4/rtcore.h>
#else
#include <embree3/rtcore.h>
#endif

namespace spatium::embree {

// A query's context: derive from it (or put it first) to hand data to callbacks.
#if RTC_VERSION_MAJOR >= 4
struct Context : RTCRayQueryContext {
  Context() { rtcInitRayQueryContext(this); }
};
#else
struct Context : RTCIntersectContext {
  Context() {
    rtcInitIntersectContext(this);
    flags = RTC_INTERSECT_CONTEXT_FLAG_COHERENT;
  }
};
#endif

inline void Intersect16(const int* valid, RTCScene scene, Context& context, RTCRayHit16& packet) {
#if RTC_VERSION_MAJOR >= 4
  RTCIntersectArguments args;
  rtcInitIntersectArguments(&args);
  args.context = &context;
  args.flags = RTC_RAY_QUERY_FLAG_COHERENT;
  rtcIntersect16(valid, scene, &packet, &args);
#else
  rtcIntersect16(valid, scene, &context, &packet);
#endif
}

inline void Occluded16(const int* valid, RTCScene scene, Context& context, RTCRay16& packet) {
#if RTC_VERSION_MAJOR >= 4
  RTCOccludedArguments args;
  rtcInitOccludedArguments(&args);
  args.context = &context;
  args.flags = RTC_RAY_QUERY_FLAG_COHERENT;
  rtcOccluded16(valid, scene, &packet, &args);
#else
  rtcOccluded16(valid, scene, &context, &packet);
#endif
}

}  // namespace spatium::embree
