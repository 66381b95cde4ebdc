#include "spatium/base/text.h"
#include "spatium/scene/check/context.h"

namespace spatium {

void CheckImages(const CheckContext& context, std::vector<Problem>& problems) {
  problems.insert(problems.end(), context.image_problems.begin(), context.image_problems.end());
  size_t with_color = 0, with_depth = 0;
  for (const Frame& frame : context.scene.frames) {
    with_color += !frame.color_path.empty();
    with_depth += !frame.depth_path.empty();
  }
  const auto partly = [&](size_t with, std::string_view what) {
    const size_t n = context.scene.frames.size();
    if (with > 0 && with < n)
      problems.push_back({Severity::kWarning,
                          "missing_image",
                          "scene",
                          StrCat(n - with, " of ", n, " frames have no ", what)});
  };
  partly(with_color, "colour image");
  partly(with_depth, "depth image");
}

}  // namespace spatium
