#include "spatium/readers/posed_cameras.h"

#include "spatium/base/text.h"
#include "spatium/readers/scannet_info.h"

namespace spatium {
namespace {

struct Found {
  CameraNumbers numbers;
  std::string from;
};

// Sets that are handed around without a file of intrinsics, known by their files' names.
struct KnownLayout {
  std::string_view trajectory, first_depth, name;
  CameraNumbers numbers;
};
constexpr KnownLayout kKnownLayouts[] = {
    // Gao, Zhang, "14 lectures on visual SLAM", chapter 5: color1.png, depth1.pgm, pose.txt.
    {"pose.txt", "depth1.pgm", "slambook", {518.0, 519.0, 325.5, 253.5, ImageSize{640, 480}}},
    // TUM RGB-D, Freiburg 3, calibration of the set's authors.
    {"truth_cam_poses.txt",
     "0000_depth_raw.png",
     "tum_fr3",
     {535.4, 539.2, 320.1, 247.6, ImageSize{640, 480}}},
};

std::string Text(const CameraNumbers& c) { return StrCat(c.fx, ",", c.fy, ",", c.cx, ",", c.cy); }
std::string Text(ImageSize s) { return StrCat(s.width, "x", s.height); }

Result<std::optional<Found>> FromFiles(const std::optional<Path>& matrix,
                                       const std::optional<Path>& info_path,
                                       std::string_view which) {
  std::optional<Found> found;
  if (matrix) {
    SPATIUM_TRY(const auto numbers, ReadIntrinsicMatrix(*matrix));
    found = Found{numbers, matrix->filename().string()};
  }
  if (!info_path) return found;
  SPATIUM_TRY(const std::string text, ReadFile(*info_path));
  SPATIUM_TRY(const auto info, ScanNetInfo::Parse(text, info_path->string()));
  SPATIUM_TRY(const auto camera, info.Camera(which));
  if (!camera) return found;
  if (!found) return std::optional<Found>(Found{*camera, info_path->filename().string()});
  // The matrix is for the size that the info file states if their numbers are the same camera's.
  if (found->numbers.fx == camera->fx && found->numbers.cx == camera->cx)
    found->numbers.size = camera->size;
  return found;
}

std::optional<Found> FromLayout(const PosedLayout& layout) {
  if (!layout.trajectory || layout.depth.empty()) return std::nullopt;
  const Path& first = layout.depth.files.at(layout.depth.keys.front());
  for (const KnownLayout& known : kKnownLayouts)
    if (layout.trajectory->filename() == known.trajectory && first.filename() == known.first_depth)
      return Found{known.numbers, StrCat("known layout ", known.name)};
  return std::nullopt;
}

void NoteScaling(std::string_view which,
                 const CameraNumbers& numbers,
                 ImageSize size,
                 std::vector<std::string>& notes) {
  if (numbers.size && *numbers.size != size)
    notes.push_back(StrCat("the ",
                           which,
                           " camera's intrinsics are for ",
                           Text(*numbers.size),
                           " and were scaled to ",
                           Text(size)));
}

}  // namespace

Result<PosedCameras> FindPosedCameras(const ImportOptions& options,
                                      const PosedManifest& manifest,
                                      const PosedLayout& layout,
                                      ImageSize color_size,
                                      ImageSize depth_size) {
  PosedCameras cameras;
  std::optional<Found> color, depth;
  SPATIUM_TRY(color, FromFiles(layout.color_intrinsics, layout.scannet_info, "color"));
  SPATIUM_TRY(depth, FromFiles(layout.depth_intrinsics, layout.scannet_info, "depth"));
  if (manifest.intrinsics) color = Found{*manifest.intrinsics, std::string(kPosedManifestFile)};
  if (manifest.depth_intrinsics)
    depth = Found{*manifest.depth_intrinsics, std::string(kPosedManifestFile)};
  if (options.intrinsics) color = Found{*options.intrinsics, "option"};
  if (options.depth_intrinsics) depth = Found{*options.depth_intrinsics, "option"};
  // A flag for one camera is not mixed with files of unknown relation to it for the other, except
  // where the sizes differ and only the file can know.
  if (options.intrinsics && !options.depth_intrinsics && color_size == depth_size) depth = color;

  if (!color && !depth) {
    color = FromLayout(layout);
    if (!color) color = Found{kPrimeSense, "default (PrimeSense)"};
    cameras.notes.push_back(StrCat("no intrinsics given: using ",
                                   Text(color->numbers),
                                   " at ",
                                   Text(*color->numbers.size),
                                   ", ",
                                   color->from,
                                   "; --intrinsics sets others"));
  }
  const auto borrow = [&](std::optional<Found>& own,
                          const Found& other,
                          ImageSize other_size,
                          ImageSize size,
                          std::string_view which) {
    if (own) return;
    own = other;
    if (!own->numbers.size) own->numbers.size = other_size;
    if (other_size != size && size.width > 0)
      cameras.notes.push_back(StrCat("no intrinsics of the ",
                                     which,
                                     " camera: those of the other one, scaled from ",
                                     Text(*own->numbers.size),
                                     " to ",
                                     Text(size)));
  };
  if (color) {
    borrow(depth, *color, color_size, depth_size, "depth");
  } else {
    borrow(color, *depth, depth_size, color_size, "colour");
  }
  if (color_size.width > 0) {
    NoteScaling("colour", color->numbers, color_size, cameras.notes);
    cameras.color = HousePinhole(color->numbers, color_size);
  }
  if (depth_size.width > 0) {
    NoteScaling("depth", depth->numbers, depth_size, cameras.notes);
    cameras.depth = HousePinhole(depth->numbers, depth_size);
  }
  cameras.from = color->from;
  return cameras;
}

}  // namespace spatium
