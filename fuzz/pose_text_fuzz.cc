// Text files of numbers: poses, intrinsics, trajectories, ScanNet's info files, label tables.
#include <string_view>

#include "spatium/readers/cameras.h"
#include "spatium/readers/label_table.h"
#include "spatium/readers/matrix_text.h"
#include "spatium/readers/scannet_info.h"
#include "spatium/readers/trajectory.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto matrix = ParseMatrix4(text, "fuzz"))
    (void)RigidFromMatrix<frame::World, frame::Cam<>>(*matrix, "fuzz");
  (void)ParseIntrinsicMatrix(text, "fuzz");
  (void)ParseCameraFlag(text, "--intrinsics");
  (void)ParseTrajectory(text, "fuzz");
  (void)LabelTable::Parse(text, "fuzz");
  if (const auto info = ScanNetInfo::Parse(text, "fuzz")) {
    (void)info->AxisAlignment();
    (void)info->Camera("depth");
  }
  return 0;
}
