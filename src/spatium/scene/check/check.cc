#include "spatium/scene/check/check.h"

#include "spatium/base/interrupt.h"
#include "spatium/base/text.h"
#include "spatium/scene/category.h"
#include "spatium/scene/check/context.h"

namespace spatium {
namespace {

constexpr CheckFunction kChecks[] = {
    CheckImages,
    CheckCameras,
    CheckDepthUnit,
    CheckDepthCoverage,
    CheckPoses,
    CheckPoseOffset,
    CheckGravity,
    CheckFloor,
    CheckLabels,
    CheckSizes,
    CheckOverlaps,
    CheckObjectGeometry,
    CheckFloating,
};

void CheckContent(const Scene& scene, std::vector<Problem>& problems) {
  if (scene.frames.empty() && !scene.mesh && !scene.cloud)
    problems.push_back(
        {Severity::kError, "empty", "scene", "neither frames nor a surface: nothing to ask about"});
  if (scene.objects.empty())
    problems.push_back({Severity::kNote, "no_objects", "scene", "no object is annotated"});
}

}  // namespace

std::string_view Name(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kNote:
      return "note";
  }
  return "error";
}

Result<std::vector<Problem>> CheckScene(const Path& folder, const CheckOptions& options) {
  const auto store = SceneStore::Open(folder);
  if (!store) {
    if (store.error().code == ErrorCode::kNotFound && !std::filesystem::is_directory(folder))
      return store.error();
    return std::vector<Problem>{
        {Severity::kError,
         store.error().code == ErrorCode::kNotFound ? "missing_file" : "invalid_store",
         store.error().where,
         StrCat("expected ", store.error().expected, ", found ", store.error().found)}};
  }
  std::vector<Problem> problems;
  CheckContent(store->scene(), problems);
  const CheckContext context = MakeCheckContext(*store, options.threads);
  for (const CheckFunction check : kChecks) {
    SPATIUM_TRY_DO(CheckStop("scene check"));
    check(context, problems);
  }
  std::vector<Problem> ordered;
  for (const Severity severity : {Severity::kError, Severity::kWarning, Severity::kNote})
    for (const Problem& problem : problems)
      if (problem.severity == severity) ordered.push_back(problem);
  return ordered;
}

bool IsStructure(const Object& object) { return IsStructure(object.category); }

std::string PlaceOf(const Object& object) {
  return StrCat("object ", object.id.value, " (", object.label, ")");
}
std::string PlaceOf(const Frame& frame) { return StrCat("frame ", frame.name); }

}  // namespace spatium
