#include "spatium/metrics/frames.h"

#include "spatium/metrics/metric.h"

namespace spatium {
namespace {

// pred: how many; gt: how many there are.
template <FrameRule kRule>
Result<Json> Sample(const MetricRow& row) {
  if (!row.pred().IsInt() || !row.gt().IsInt()) return row.Expected("pred", "two integers");
  return Json(SampleFrames(kRule, row.pred().AsInt(), row.gt().AsInt()));
}

// gt: [number of frames, frames per second].
Result<Json> SampleByRate(const MetricRow& row) {
  SPATIUM_TRY(const auto fps, row.Numbers("pred"));
  SPATIUM_TRY(const auto video, row.Numbers("gt"));
  if (fps.size() != 1 || video.size() != 2) return row.Expected("gt", "[frames, rate]");
  return Json(SampleFramesByRate(fps[0], static_cast<int64_t>(video[0]), video[1]));
}

constexpr MetricTask kTasks[] = {
    {"uniform_linspace_int(k may exceed N)", Sample<FrameRule::kUniform>},
    {"uniform_linspace_int(min(k,N))", Sample<FrameRule::kUniformMin>},
    {"uniform_tail", Sample<FrameRule::kUniformTail>},
    {"chunk_center", Sample<FrameRule::kChunkCenter>},
    {"fps_sampling", SampleByRate},
};

}  // namespace

const MetricInfo& MetricInfo_frames() {
  static const MetricInfo info{.summary = "frame indices that harnesses sample from a video",
                               .tasks = kTasks};
  return info;
}

}  // namespace spatium
