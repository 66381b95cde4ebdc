#include "spatium/synth/synth.h"

#include <algorithm>
#include <filesystem>

#include "spatium/base/hash.h"
#include "spatium/base/interrupt.h"
#include "spatium/base/json.h"
#include "spatium/base/text.h"
#include "spatium/geometry/trig.h"
#include "spatium/image/codec.h"
#include "spatium/readers/posed_write.h"
#include "spatium/readers/scannet_write.h"
#include "spatium/synth/camera_path.h"
#include "spatium/synth/film.h"
#include "spatium/synth/truth.h"

namespace spatium::synth {
namespace {

// Raised whenever rooms or pictures of a seed change: what an older program left is made anew.
constexpr int kVersion = 1;
constexpr int kJpegQuality = 92;
constexpr int kDepthColumns = 640;
constexpr double kFramesPerSecond = 30;

std::string Padded(int value, int digits) {
  std::string text = StrCat(value);
  return std::string(static_cast<size_t>(std::max(0, digits - static_cast<int>(text.size()))),
                     '0') +
         text;
}

// Multiples of 1/64 are exact in every file's number format.
double Sixty4th(double x) { return std::floor(x * 64 + 0.5) / 64; }

struct Cameras {
  Pinhole color, depth;
};

Cameras MakeCameras(ImageSize size, RandomStream rng) {
  Cameras c;
  const double focal = Sixty4th(rng.Uniform(0.80, 0.92) * std::max(size.width, size.height));
  c.color = {size,
             focal,
             focal,
             Sixty4th(size.width * rng.Uniform(0.495, 0.505)),
             Sixty4th(size.height * rng.Uniform(0.495, 0.505))};
  c.depth = c.color;
  if (size.width > kDepthColumns) {
    const double scale = static_cast<double>(kDepthColumns) / size.width;
    const int rows = std::max(1, static_cast<int>(std::floor(size.height * scale + 0.5)));
    c.depth = {{kDepthColumns, rows},
               Sixty4th(focal * scale),
               Sixty4th(focal * scale),
               Sixty4th(c.color.cx * scale),
               Sixty4th(c.color.cy * scale)};
  }
  return c;
}

// Scanners do not know where the walls are: the files are turned and shifted, and say how.
Rigid<frame::World, frame::World> Alignment(RandomStream rng) {
  const Pose turn = YawAt({Sixty4th(rng.Uniform(-3, 3)),
                           Sixty4th(rng.Uniform(-3, 3)),
                           -Sixty4th(rng.Uniform(0.02, 0.2))},
                          rng.Uniform(-3.1, 3.1));
  return {turn.R, turn.t};
}

SynthScene Describe(const Room& room,
                    const SurfaceMesh& surface,
                    const SynthOptions& options,
                    int index) {
  SynthScene s;
  const RandomStream rng(options.seed, {"synth film", StrCat(index)});
  s.world_from_source = Alignment(rng.Fork("alignment"));
  s.scene_type = Name(room.kind);
  Scene& scene = s.scene;
  scene.id = SceneName(options.seed, index);
  scene.dataset = "synth";
  scene.aligned = true;
  scene.depth_unit_from = "format";
  scene.outline = room.outline;
  scene.objects = ObjectsOf(room, surface);
  scene.mesh = surface.mesh;
  const Cameras cameras = MakeCameras(options.size, rng.Fork("cameras"));
  const auto poses = FilmPath(room, options.num_frames, rng.Fork("path"));
  const int digits = std::max<int>(5, static_cast<int>(StrCat(options.num_frames).size()));
  for (size_t i = 0; i < poses.size(); ++i) {
    Frame frame;
    frame.name = Padded(static_cast<int>(i), digits);
    frame.color_path = StrCat("color/", frame.name, ".jpg");
    frame.depth_path = StrCat("depth/", frame.name, ".png");
    frame.color = cameras.color;
    frame.depth = cameras.depth;
    frame.cam_from_world = poses[i];
    frame.time_s = static_cast<double>(i) / kFramesPerSecond;
    scene.frames.push_back(std::move(frame));
  }
  for (size_t i = 0; i < room.objects.size(); ++i)
    if (const int parent = room.objects[i].parent; parent >= 0 && surface.id_of[i] >= 0)
      s.supports.emplace_back(ObjectId{surface.id_of[i]},
                              ObjectId{surface.id_of[static_cast<size_t>(parent)]});
  return s;
}

std::string RunKey(const SynthOptions& o, int index) {
  return Hex(Hash64(StrCat("v",
                           kVersion,
                           " ",
                           o.seed,
                           " ",
                           index,
                           " ",
                           o.num_frames,
                           " ",
                           o.size.width,
                           "x",
                           o.size.height,
                           " ",
                           static_cast<int>(o.format))));
}

bool AlreadyMade(const SynthOptions& options, const std::string& name, const std::string& key) {
  if (!std::filesystem::is_directory(options.out / name)) return false;
  const auto truth = ReadJsonFile(options.out / "truth" / (name + ".json"));
  if (!truth) return false;
  const Json* made_by = truth->Find("key");
  return made_by && made_by->IsString() && made_by->AsString() == key;
}

Result<void> MakeScene(const SynthOptions& options,
                       int index,
                       const std::string& key,
                       const std::function<void()>& each_frame) {
  const Room room = MakeRoom(options.seed, index);
  SurfaceMesh surface = MakeSurface(room);
  SPATIUM_TRY(const RayScene rays, RayScene::Build(surface.mesh));
  const BakedLight light = BakeLight(surface, rays, options.threads);
  SPATIUM_TRY_DO(CheckStop("synth"));
  ColorMesh(surface, light);
  const SynthScene synth = Describe(room, surface, options, index);
  const ImageSource film = [&](size_t i) -> Result<FrameImages> {
    SPATIUM_TRY_DO(CheckStop("synth"));
    const Frame& frame = synth.scene.frames[i];
    const FilmSettings settings{
        frame.color, frame.depth, Hash64(StrCat(options.seed, " ", index, " ", i))};
    Shot shot = Film(surface, rays, light, settings, frame.cam_from_world);
    each_frame();
    return FrameImages{EncodeJpeg(shot.color, kJpegQuality), std::move(shot.depth)};
  };
  const Path folder = options.out / synth.scene.id;
  if (options.format == SceneFormat::kScanNet) {
    SPATIUM_TRY_DO(WriteScanNetFolder(folder,
                                      synth.scene,
                                      film,
                                      {.world_from_source = synth.world_from_source,
                                       .scene_type = synth.scene_type,
                                       .threads = options.threads}));
  } else {
    SPATIUM_TRY_DO(WritePosedFolder(
        folder,
        synth.scene,
        film,
        {.world_from_source = synth.world_from_source, .threads = options.threads}));
  }
  SPATIUM_TRY(const std::string truth, TruthText(synth, key, options.threads));
  return WriteFileAtomic(options.out / "truth" / (synth.scene.id + ".json"), truth);
}

}  // namespace

std::string SceneName(uint64_t seed, int index) {
  return StrCat("synth", seed, "_", Padded(index, 4));
}

Result<std::vector<std::string>> MakeScenes(const SynthOptions& options,
                                            const std::function<void()>& each_frame) {
  std::vector<std::string> names;
  for (int i = 0; i < options.num_rooms; ++i) {
    SPATIUM_TRY_DO(CheckStop("synth"));
    const std::string name = SceneName(options.seed, i), key = RunKey(options, i);
    names.push_back(name);
    if (AlreadyMade(options, name, key)) {
      for (int f = 0; f < options.num_frames; ++f) each_frame();
      continue;
    }
    if (auto made = MakeScene(options, i, key, each_frame); !made)
      return std::move(made).error().Within(name);
  }
  return names;
}

}  // namespace spatium::synth
