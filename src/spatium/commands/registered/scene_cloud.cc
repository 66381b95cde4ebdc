// spatium scene cloud: posed depth fused into one coloured point cloud.
#include "spatium/base/files.h"
#include "spatium/commands/command.h"
#include "spatium/render/fuse.h"
#include "spatium/scene/ply.h"
#include "spatium/scene/store.h"

namespace spatium {
namespace {

struct Options {
  Path store, out;
  FuseOptions fuse;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("STORE", &o.store, "scene store made by spatium scene import");
  list.Flag("-o,--out", &o.out, "the PLY file to write (binary, colours)").required = true;
  auto& voxel = list.Flag("--voxel", &o.fuse.voxel_m, "edge of a voxel, in metres: one point each");
  voxel.min = 0.001;
  voxel.max = 1;
  list.Flag("--max-depth", &o.fuse.max_depth_m, "leave out what is farther, in metres").min = 0.1;
}

Result<int> Run(const Options& o, Output& out) {
  SPATIUM_TRY(const SceneStore store, SceneStore::Open(o.store, false));
  FuseOptions options = o.fuse;
  options.threads = out.threads();
  const FrameImages images{[&](const Frame& f) { return store.ReadMetricDepth(f); },
                           [&](const Frame& f) { return store.ReadColor(f); }};
  SPATIUM_TRY(PointCloud cloud, FuseDepth(store.scene(), images, options));
  const size_t num_points = cloud.points.size();
  Mesh surface;
  surface.vertices = std::move(cloud.points);
  surface.colors = std::move(cloud.colors);
  SPATIUM_TRY_DO(WriteFileAtomic(o.out, WritePly(surface)));
  if (out.json())
    out.Print(Json::MakeObject(
        {{"scene", store.scene().id}, {"points", num_points}, {"cloud", o.out.string()}}));
  else
    out.Line(o.out.string());
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_scene_cloud() {
  static constexpr CommandInfo kInfo{
      .summary = "fuse a scene's depth maps into one coloured point cloud (PLY)",
      .example = "spatium scene cloud STORE -o CLOUD.ply --voxel 0.02",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
