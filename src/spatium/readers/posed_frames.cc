#include "spatium/readers/posed_frames.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "spatium/base/text.h"
#include "spatium/readers/trajectory.h"

namespace spatium {
namespace {

constexpr double kMaxTimeGap_s = 0.02;  // as in the TUM benchmark's associate.py

// The time that a key is: digits with a point, as in "1305031102.175304".
std::optional<double> TimeOf(const std::string& key) {
  return key.find('.') == std::string::npos ? std::nullopt : ParseDouble(key);
}

// "7" for "0007": keys compare as numbers where they are numbers.
std::string WithoutZeros(const std::string& key) {
  const size_t first = key.find_first_not_of('0');
  return first == std::string::npos ? "0" : key.substr(first);
}

template <class Value>
class TimeIndex {
 public:
  void Add(double time_s, Value value) { by_time_.emplace(time_s, value); }
  bool empty() const { return by_time_.empty(); }
  std::optional<Value> Nearest(double time_s) const {
    const auto after = by_time_.lower_bound(time_s);
    std::optional<Value> best;
    double gap = kMaxTimeGap_s;
    const auto consider = [&](auto it) {
      if (std::abs(it->first - time_s) > gap) return;
      gap = std::abs(it->first - time_s);
      best = it->second;
    };
    if (after != by_time_.end()) consider(after);
    if (after != by_time_.begin()) consider(std::prev(after));
    return best;
  }

 private:
  std::map<double, Value> by_time_;
};

// Finds the file of a kind that belongs to a frame.
class FileIndex {
 public:
  explicit FileIndex(const FrameFiles& files) {
    for (const auto& [key, path] : files.files) {
      by_key_.emplace(WithoutZeros(key), path);
      if (const auto time = TimeOf(key)) by_time_.Add(*time, path);
    }
  }
  std::optional<Path> Find(const std::string& key) const {
    const auto it = by_key_.find(WithoutZeros(key));
    if (it != by_key_.end()) return it->second;
    const auto time = TimeOf(key);
    return time ? by_time_.Nearest(*time) : std::nullopt;
  }

 private:
  std::map<std::string, Path> by_key_;
  TimeIndex<Path> by_time_;
};

FilePose ReadPoseFile(const Path& path) {
  SPATIUM_TRY(const std::string text, ReadFile(path));
  const std::string where = path.filename().string();
  SPATIUM_TRY(const Eigen::Matrix4d matrix, ParseMatrix4(text, where));
  return RigidFromMatrix<frame::World, frame::Cam<>>(matrix, where);
}

Result<void> SetFromPoseFiles(const PosedLayout& layout, std::vector<RawFrame>& frames) {
  const FileIndex poses(layout.pose);
  for (RawFrame& frame : frames) {
    const auto path = poses.Find(frame.name);
    if (!path) {
      frame.lacks = "no pose file";
      continue;
    }
    frame.world_from_cam = ReadPoseFile(*path);
    // A file of another form is no lost pose: nothing after it can be trusted.
    const bool lost =
        frame.world_from_cam || frame.world_from_cam.error().found == "NaN or infinity";
    if (!lost) return Error(frame.world_from_cam.error()).Within(path->parent_path().string());
  }
  return {};
}

Result<void> SetFromTrajectory(const Path& path,
                               const std::vector<size_t>& indices,
                               size_t num_images,
                               std::vector<RawFrame>& frames) {
  SPATIUM_TRY(const std::string text, ReadFile(path));
  SPATIUM_TRY(const auto poses, ParseTrajectory(text, path.string()));
  TimeIndex<const TrajectoryPose*> by_time;
  for (const TrajectoryPose& pose : poses)
    if (pose.time_s) by_time.Add(*pose.time_s, &pose);
  const bool times = !by_time.empty() && !frames.empty() && TimeOf(frames[0].name);
  if (!times && poses.size() != num_images)
    return Error{ErrorCode::kBadValue,
                 path.string(),
                 StrCat(num_images, " poses, one per image"),
                 StrCat(poses.size(), " poses")};
  for (size_t i = 0; i < frames.size(); ++i) {
    const TrajectoryPose* pose = &poses[times ? 0 : indices[i]];
    if (times) {
      const auto time = TimeOf(frames[i].name);
      const auto nearest = time ? by_time.Nearest(*time) : std::nullopt;
      if (!nearest) {
        frames[i].lacks = "no pose within 20 ms";
        continue;
      }
      pose = *nearest;
    }
    frames[i].world_from_cam = pose->world_from_cam;
    frames[i].time_s = pose->time_s;
  }
  return {};
}

}  // namespace

Result<std::vector<RawFrame>> MatchPosedFrames(const PosedLayout& layout,
                                               const ImportOptions& options) {
  const bool has_color = !layout.color.empty(), has_depth = !layout.depth.empty();
  const FrameFiles& first = has_color ? layout.color : layout.depth;
  const FileIndex depths(layout.depth);
  std::vector<RawFrame> frames;
  std::vector<size_t> indices;
  const auto reader = [](const Path& path) { return [path] { return ReadFile(path); }; };
  for (size_t i = 0; i < first.keys.size(); ++i) {
    if (!options.Wants(i)) continue;
    RawFrame frame;
    frame.name = first.keys[i];
    if (has_color) frame.color = reader(first.files.at(frame.name));
    const auto depth = depths.Find(frame.name);
    if (depth) frame.depth_file = reader(*depth);
    if (has_depth && !depth) frame.lacks = "no depth image";
    indices.push_back(i);
    frames.push_back(std::move(frame));
  }
  if (!layout.pose.empty()) {
    SPATIUM_TRY_DO(SetFromPoseFiles(layout, frames));
  } else {
    SPATIUM_TRY_DO(SetFromTrajectory(*layout.trajectory, indices, first.keys.size(), frames));
  }
  return frames;
}

}  // namespace spatium
