// Masks as JSON (rectangles, runs, COCO's counts) and COCO's compressed text.
#include "spatium/base/files.h"
#include "spatium/metrics/mask.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium;
  const std::string_view text = AsText({data, size});
  (void)MaskFromCocoText(text, 16, 16);
  // The text as runs of a small picture, and as a whole document where that is JSON.
  const Json runs = Json::MakeObject({{"w", 16}, {"h", 16}, {"runs", text}});
  (void)MaskFromJson(JsonCursor(runs, "fuzz"));
  if (size > 4096) return 0;
  if (const auto json = Json::Parse(text, "fuzz")) {
    const Json* w = json->Find("w");
    const Json* h = json->Find("h");
    const auto small = [](const Json* v) { return !v || !v->IsNumber() || v->AsDouble() < 4096; };
    if (small(w) && small(h) && !json->Find("size")) (void)MaskFromJson(JsonCursor(*json, "fuzz"));
  }
  return 0;
}
