// JSON of scenes: object lists, scene.json, ScanNet's aggregation and segments.
#include <cstdlib>
#include <string_view>

#include "spatium/readers/objects.h"
#include "spatium/readers/scannet_annotation.h"
#include "spatium/scene/scene_json.h"
#include "spatium/scene/store.h"

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
  return 0;
}
