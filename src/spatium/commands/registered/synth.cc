// spatium synth: furnished rooms with exact truth, written as a real data set would be.
#include "spatium/synth/synth.h"

#include <algorithm>

#include "spatium/base/log.h"
#include "spatium/base/parallel.h"
#include "spatium/base/progress.h"
#include "spatium/base/text.h"
#include "spatium/commands/command.h"

namespace spatium {
namespace {

struct Options {
  Path out;
  int rooms = 1;
  int frames = 60;
  std::string size = "640x480";
  uint64_t seed = 0;
  std::string format = "scannet";
  bool dry_run = false;
};

void Describe(Options& o, OptionList& list) {
  list.Flag("-o,--out", &o.out, "folder for the scenes and truth/NAME.json").required = true;
  auto& rooms = list.Flag("--rooms", &o.rooms, "number of rooms");
  rooms.min = 1;
  rooms.max = 1000000;
  auto& frames = list.Flag("--frames", &o.frames, "pictures of each room");
  frames.min = 1;
  frames.max = 100000;
  list.Flag("--size", &o.size, "of the colour pictures, WxH pixels");
  list.Flag("--seed", &o.seed, "the same seed gives the same bytes");
  list.Flag("--format", &o.format, "layout of the files").choices = {"scannet", "posed_rgbd"};
  list.Flag("--dry-run", &o.dry_run, "say what would be made and how long it takes");
}

Result<ImageSize> ParseSize(const std::string& text) {
  const auto parts = Split(text, 'x');
  const auto w = parts.size() == 2 ? ParseInt(parts[0]) : std::nullopt,
             h = parts.size() == 2 ? ParseInt(parts[1]) : std::nullopt;
  if (!w || !h || *w < 16 || *h < 16 || *w > 8192 || *h > 8192)
    return Error{ErrorCode::kUsage, "--size", "WxH with 16 to 8192 pixels each", Quote(text)};
  return ImageSize{static_cast<int>(*w), static_cast<int>(*h)};
}

Json Plan(const Options& o, ImageSize size) {
  Json names = Json::MakeArray();
  for (int i = 0; i < o.rooms; ++i) names.Push(synth::SceneName(o.seed, i));
  // Measured per core: a room takes about 6 s, a picture of 640 x 480 about 0.2 s
  // (docs/results.md).
  const double megapixels = 1e-6 * size.width * size.height * o.frames * o.rooms;
  const double seconds = (6.0 * o.rooms + 0.65 * megapixels) / NumCores();
  return Json::MakeObject(
      {{"scenes", std::move(names)},
       {"dry_run", true},
       {"frames", static_cast<int64_t>(o.rooms) * o.frames},
       {"seconds", static_cast<int64_t>(seconds + 1)},
       {"megabytes", static_cast<int64_t>(o.rooms * 8 + megapixels * 0.9 + 1)}});
}

Result<int> Run(const Options& o, Output& out) {
  SPATIUM_TRY(const ImageSize size, ParseSize(o.size));
  if (o.dry_run) {
    const Json plan = Plan(o, size);
    if (out.json()) {
      out.Print(plan);
    } else {
      out.Line(StrCat(o.rooms,
                      " rooms, ",
                      plan.Find("frames")->AsInt(),
                      " pictures: about ",
                      plan.Find("seconds")->AsInt(),
                      " s and ",
                      plan.Find("megabytes")->AsInt(),
                      " MB"));
    }
    return 0;
  }
  std::vector<std::string> names;
  {
    Progress progress("synth", static_cast<uint64_t>(o.rooms) * static_cast<uint64_t>(o.frames));
    SPATIUM_TRY(names,
                synth::MakeScenes({.out = o.out,
                                   .num_rooms = o.rooms,
                                   .num_frames = o.frames,
                                   .size = size,
                                   .seed = o.seed,
                                   .format = o.format == "scannet" ? synth::SceneFormat::kScanNet
                                                                   : synth::SceneFormat::kPosedRgbd,
                                   .threads = out.threads()},
                                  [&] { progress.Add(); }));
  }
  if (out.json()) {
    out.Print(Json::MakeObject({{"scenes", names}}));
    return 0;
  }
  for (const std::string& name : names) out.Line((o.out / name).string());
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_synth() {
  static constexpr CommandInfo kInfo{
      .summary = "make furnished rooms with known truth, in a real data set's format",
      .example = "spatium synth -o ROOMS --rooms 1 --frames 8 --size 320x240 --seed 7 --json",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
