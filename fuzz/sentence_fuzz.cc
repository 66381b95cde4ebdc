// Sentences about a scene: parsed and grounded; and a model's reply, searched for its JSON object.
#include "spatium/base/files.h"
#include "spatium/grounding/agent_ask.h"
#include "spatium/grounding/queries.h"
#include "spatium/grounding/solve.h"

namespace spatium {
namespace {

TextSolver Solver() {
  BoxScene scene{.id = "s", .objects = {}, .room = {}};
  int32_t id = 0;
  for (const char* label :
       {"chair", "desk", "door", "window", "office chair", "monitor", "chair"}) {
    const double x = id;
    scene.objects.push_back(
        {.id = {id++},
         .label = label,
         .box = Aabb<frame::World>::FromCenterSize({x, x / 2, 0.5}, {0.5, 0.5, 1})});
  }
  scene.room = Aabb<frame::World>::FromCenterSize({3, 2, 1.5}, {8, 5, 3});
  return TextSolver(std::move(scene), *LoadGroundingWeights("default"));
}

}  // namespace
}  // namespace spatium

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium;
  static const TextSolver solver = Solver();
  const std::string_view text = AsText({data, size});
  const GroundResult result = solver.Solve(text, 3);
  for (const RankedObject& ranked : result.ranking)
    if (!(ranked.p >= 0 && ranked.p <= 1 + 1e-9)) __builtin_trap();
  (void)ResultJson(result, solver.scene(), "s", text).Dump();
  (void)IsViewDependent(text);
  const Json object = FirstJsonObject(text);
  if (!object.IsNull() && !object.IsObject()) __builtin_trap();
  (void)SharesStem(text, "office chairs");
  return 0;
}
