#include "spatium/image/video.h"

#include "spatium/base/plugin.h"

namespace spatium {
namespace {

Result<const VideoPlugin*> Open() {
  static constexpr PluginName kName = {
      .library = "libspatium_video.so",
      .entry = "spatium_video_plugin",
      .how_to_get =
          "apt install libavformat-dev libavcodec-dev libswscale-dev libavutil-dev, then "
          "build again"};
  return OpenPlugin<VideoPlugin>(kName, kVideoPluginVersion);
}

}  // namespace

bool HasVideoPlugin() { return static_cast<bool>(Open()); }

Result<int> CountVideoFrames(const Path& file) {
  SPATIUM_TRY(const VideoPlugin* plugin, Open());
  return plugin->count_frames(file);
}

Result<std::vector<RgbImage>> DecodeVideoFrames(const Path& file, const std::vector<int>& numbers) {
  SPATIUM_TRY(const VideoPlugin* plugin, Open());
  return plugin->decode_frames(file, numbers);
}

}  // namespace spatium
