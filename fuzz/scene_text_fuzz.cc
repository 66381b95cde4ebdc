// JSON of scenes: object lists, scene.json, ScanNet's aggregation and segments, what a folder of
// posed pictures says of itself, the cache of what is seen.
#include <cstdlib>
#include <string_view>

#include "fuzz_file.h"
#include "spatium/readers/objects.h"
#include "spatium/readers/posed_manifest.h"
#include "spatium/readers/scannet_annotation.h"
#include "spatium/scene/scene_json.h"
#include "spatium/scene/store.h"
#include "spatium/visibility/view_json.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto objects = ParseObjects(text, "fuzz")) {
    const auto again = ParseObjects(WriteObjects(*objects), "again");
    if (!again || again->size() != objects->size()) std::abort();
  }
  if (const auto scene = SceneFromJson(text, "fuzz")) {
    (void)ValidateScene(*scene);
    const std::string written = SceneToJson(*scene, "key");
    const auto again = SceneFromJson(written, "again");
    if (!again || SceneToJson(*again, "key") != written) std::abort();
  }
  (void)ParseAggregation(text, "fuzz");
  (void)ParseSegments(text, "fuzz");
  const Path manifest = FuzzFileAt(text, std::string(kPosedManifestFile));
  if (const auto read = ReadPosedManifest(manifest.parent_path())) (void)PosedManifestText(*read);
  if (const auto json = Json::Parse(text, "fuzz"))
    if (const auto views = VisibilityFromJson(JsonCursor(*json, "fuzz"), "key"))
      if (!VisibilityFromJson(JsonCursor(VisibilityToJson(*views, "key"), "again"), "key"))
        std::abort();
  return 0;
}
