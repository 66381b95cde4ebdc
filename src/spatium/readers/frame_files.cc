#include "spatium/readers/frame_files.h"

#include <algorithm>
#include <set>

#include "spatium/base/text.h"
#include "spatium/readers/scannet_info.h"

namespace spatium {
namespace fs = std::filesystem;
namespace {

using Names = std::vector<std::string_view>;

const Names kImageExtensions = {".jpg", ".jpeg", ".png", ".ppm", ".pgm"};
const Names kDepthExtensions = {".png", ".pgm"};
const Names kColorFolders = {
    "color", "colour", "rgb", "image_color", "raw_imgs", "image", "images", "frames"};
const Names kDepthFolders = {"depth", "depths", "image_depth", "depth_imgs", "depth_image"};
const Names kPoseFolders = {"pose", "poses", "extrinsics", "extrinsic"};
const Names kTrajectoryFiles = {"trajectory.log",
                                "trajectory.txt",
                                "traj.txt",
                                "pose.txt",
                                "poses.txt",
                                "groundtruth.txt",
                                "truth_cam_poses.txt"};
const Names kColorMatrices = {"intrinsic_color.txt",
                              "intrinsics_color.txt",
                              "intrinsic/intrinsic_color.txt",
                              "intrinsics/intrinsic_color.txt",
                              "intrinsic.txt",
                              "intrinsics.txt",
                              "camera_intrinsics.txt",
                              "camera-intrinsics.txt",
                              "K.txt"};
const Names kDepthMatrices = {"intrinsic_depth.txt",
                              "intrinsics_depth.txt",
                              "intrinsic/intrinsic_depth.txt",
                              "intrinsics/intrinsic_depth.txt"};

std::string Stem(std::string_view file_name) {
  const size_t dot = file_name.rfind('.');
  return std::string(file_name.substr(0, dot));
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool EndsWithAny(std::string_view name, const Names& ends) {
  const std::string lower = ToLower(name);
  return std::any_of(
      ends.begin(), ends.end(), [&](std::string_view end) { return lower.ends_with(end); });
}

bool StartsWithAny(std::string_view name, const Names& starts) {
  const std::string lower = ToLower(name);
  return starts.empty() || std::any_of(starts.begin(), starts.end(), [&](std::string_view start) {
           return lower.starts_with(start);
         });
}

std::optional<Path> FirstThatExists(const Path& folder, const Names& names) {
  for (const std::string_view name : names)
    if (fs::is_regular_file(folder / name)) return folder / name;
  return std::nullopt;
}

// The first of the named sub-folders with such files; else files of that prefix in the folder.
Result<FrameFiles> FindFiles(const Path& folder,
                             const Names& sub_folders,
                             const Names& extensions,
                             const Names& prefixes_in_folder) {
  for (const std::string_view name : sub_folders) {
    if (!fs::is_directory(folder / name)) continue;
    SPATIUM_TRY(FrameFiles files, ListFrameFiles(folder / name, extensions));
    if (!files.empty()) return files;
  }
  return ListFrameFiles(folder, extensions, prefixes_in_folder);
}

Result<std::optional<Path>> FindScanNetInfo(const Path& folder) {
  SPATIUM_TRY(const auto names, ListFolder(folder));
  for (const std::string& name : names) {
    if (!EndsWithAny(name, {".txt"}) || !fs::is_regular_file(folder / name)) continue;
    constexpr uintmax_t kMaxBytes = 1 << 16;
    if (fs::file_size(folder / name) > kMaxBytes) continue;
    const auto text = ReadFile(folder / name);
    if (!text || !ScanNetInfo::LooksLike(*text)) continue;
    const auto info = ScanNetInfo::Parse(*text, name);
    if (info && (info->Find("fx_depth") || info->Find("fx_color") || info->Find("axisAlignment")))
      return std::optional<Path>(folder / name);
  }
  return std::optional<Path>();
}

Error NothingFound(const Path& folder, std::string_view what, const Names& names) {
  std::string expected = StrCat(what, " (one of");
  for (const std::string_view name : names) expected += StrCat(" ", name);
  return {ErrorCode::kNotFound, folder.string(), expected + ")", "none of them"};
}

}  // namespace

std::string FrameKey(std::string_view file_name) {
  const std::string stem = Stem(file_name);
  std::string key;
  for (size_t i = 0; i < stem.size(); ++i) {
    if (IsDigit(stem[i])) {
      if (!key.empty() && !IsDigit(stem[i - 1]))
        key += i >= 2 && stem[i - 1] == '.' && IsDigit(stem[i - 2]) ? '.' : '_';
      key += stem[i];
    }
  }
  return key.empty() ? stem : key;
}

Result<FrameFiles> ListFrameFiles(const Path& folder,
                                  const Names& extensions,
                                  const Names& prefixes) {
  SPATIUM_TRY(const auto names, ListFolder(folder));
  std::vector<std::string> wanted;
  std::set<std::string> keys;
  for (const std::string& name : names) {
    if (name.starts_with('.') || !EndsWithAny(name, extensions) || !StartsWithAny(name, prefixes) ||
        !fs::is_regular_file(folder / name))
      continue;
    wanted.push_back(name);
    keys.insert(FrameKey(name));
  }
  FrameFiles files{folder, {}, {}};
  const bool unique = keys.size() == wanted.size();
  for (const std::string& name : wanted) {
    const std::string key = unique ? FrameKey(name) : Stem(name);
    if (files.files.emplace(key, folder / name).second) files.keys.push_back(key);
  }
  return files;
}

Result<PosedLayout> FindPosedLayout(const Path& folder, bool images_optional) {
  if (!fs::is_directory(folder))
    return Error{ErrorCode::kNotFound,
                 folder.string(),
                 "a folder",
                 fs::exists(folder) ? "a file" : "nothing there"};
  PosedLayout layout;
  SPATIUM_TRY(layout.color, FindFiles(folder, kColorFolders, kImageExtensions, {"color", "rgb"}));
  SPATIUM_TRY(layout.depth, FindFiles(folder, kDepthFolders, kDepthExtensions, {"depth"}));
  if (layout.color.empty() && layout.depth.empty()) {
    if (images_optional) return layout;
    Names names = kColorFolders;
    names.insert(names.end(), kDepthFolders.begin(), kDepthFolders.end());
    return NothingFound(folder, "a folder of images", names);
  }
  for (const std::string_view name : kPoseFolders) {
    if (!fs::is_directory(folder / name) || !layout.pose.empty()) continue;
    SPATIUM_TRY(layout.pose, ListFrameFiles(folder / name, {".txt"}));
  }
  layout.trajectory = FirstThatExists(folder, kTrajectoryFiles);
  if (layout.pose.empty() && !layout.trajectory) {
    Names names = kPoseFolders;
    names.insert(names.end(), kTrajectoryFiles.begin(), kTrajectoryFiles.end());
    return NothingFound(folder, "poses", names);
  }
  layout.color_intrinsics = FirstThatExists(folder, kColorMatrices);
  layout.depth_intrinsics = FirstThatExists(folder, kDepthMatrices);
  SPATIUM_TRY(layout.scannet_info, FindScanNetInfo(folder));
  return layout;
}

}  // namespace spatium
