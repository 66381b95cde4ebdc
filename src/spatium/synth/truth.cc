#include "spatium/synth/truth.h"

#include "spatium/scene/scene_json.h"
#include "spatium/visibility/view_json.h"
#include "spatium/visibility/visibility.h"

namespace spatium::synth {

Result<std::string> TruthText(const SynthScene& synth, std::string_view key, unsigned threads) {
  Json truth = SceneInfo(synth.scene, true);
  truth.Set("key", key);
  truth.Set("room", synth.scene_type);
  Json supports = Json::MakeArray();
  for (const auto& [child, parent] : synth.supports) {
    Json pair = Json::MakeArray();
    pair.Push(child.value);
    pair.Push(parent.value);
    supports.Push(std::move(pair));
  }
  truth.Set("supports", std::move(supports));
  SPATIUM_TRY(const Visibility visibility, VisibilityFromMesh(synth.scene, threads));
  Json rows = Json::MakeArray();
  for (const ObjectView& view : visibility.views)
    rows.Push(ViewRow(synth.scene, view, visibility.method));
  truth.Set("visibility", std::move(rows));
  return truth.Dump() + "\n";
}

}  // namespace spatium::synth
