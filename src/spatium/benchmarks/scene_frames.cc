#include "spatium/benchmarks/scene_frames.h"

#include "spatium/base/text.h"
#include "spatium/benchmarks/media.h"

namespace spatium {
namespace {

bool IsPicture(const std::string& name) {
  const std::string ending = ToLower(Path(name).extension().string());
  // posed_images holds depth as PNG beside colour as JPEG.
  return ending == ".jpg" || ending == ".jpeg";
}

}  // namespace

std::vector<MediaRef> SceneFrames(const Path& data, const std::string& scene, int count) {
  std::vector<MediaRef> media;
  std::error_code ignored;  // of a name that no file can have
  for (const Path& folder :
       {data / "posed_images" / scene, data / "scans" / scene / "color", data / scene / "color"}) {
    if (!std::filesystem::is_directory(folder, ignored)) continue;
    const auto names = ListFolder(folder);
    if (!names) continue;
    std::vector<std::string> pictures;
    for (const std::string& name : *names)
      if (IsPicture(name)) pictures.push_back(name);
    for (const int i : UniformFrames(static_cast<int>(pictures.size()), count)) {
      const std::string& name = pictures[static_cast<size_t>(i)];
      media.push_back({.file = folder / name, .source = StrCat(scene, "/", name)});
    }
    if (!media.empty()) return media;
  }
  for (const Path& video : {data / (scene + ".mp4"), data / "videos" / (scene + ".mp4")})
    if (std::filesystem::is_regular_file(video, ignored))
      return {{.kind = MediaRef::Kind::kVideo,

               .file = video,

               .source = scene + ".mp4"}};
  return media;
}

}  // namespace spatium
