#include "spatium/qa/pictures.h"

#include <atomic>
#include <filesystem>
#include <mutex>
#include <optional>

#include "spatium/base/interrupt.h"
#include "spatium/base/parallel.h"
#include "spatium/base/text.h"

namespace spatium {
namespace {

std::string MatrixText(const Eigen::Matrix4d& m) {
  std::string text;
  for (int row = 0; row < 4; ++row)
    for (int col = 0; col < 4; ++col) text += FormatFixed(m(row, col), 6) + (col == 3 ? "\n" : " ");
  return text;
}

std::string PoseText(const Frame& frame) {
  const auto world_from_cam = Inverse(frame.cam_from_world);
  Eigen::Matrix4d m = Eigen::Matrix4d::Identity();
  m.topLeftCorner<3, 3>() = world_from_cam.R;
  m.topRightCorner<3, 1>() = world_from_cam.t;
  return MatrixText(m);
}

// SPAR's files have the first pixel's centre at (0, 0).
std::string IntrinsicText(const Pinhole& camera) {
  Eigen::Matrix4d m = Eigen::Matrix4d::Identity();
  m(0, 0) = camera.fx;
  m(1, 1) = camera.fy;
  m(0, 2) = camera.cx - 0.5;
  m(1, 2) = camera.cy - 0.5;
  return MatrixText(m);
}

// Puts bytes at `path` unless they are there.
Result<void> WriteIfMissing(const Path& path, std::string_view bytes) {
  std::error_code error;
  if (std::filesystem::file_size(path, error) == bytes.size() && !error) return {};
  return WriteFileAtomic(path, bytes);
}

struct Job {
  const Frame* frame;
  std::string color, depth, pose;  // file names below the scene's folder
};

Result<void> RunJob(const SceneStore& store, const Job& job, const Path& folder) {
  SPATIUM_TRY(const std::string color, store.ReadColorBytes(*job.frame));
  SPATIUM_TRY_DO(WriteIfMissing(folder / job.color, color));
  if (!job.frame->depth_path.empty()) {
    SPATIUM_TRY(const std::string depth, ReadFile(store.folder() / job.frame->depth_path));
    SPATIUM_TRY_DO(WriteIfMissing(folder / job.depth, depth));
  }
  return WriteIfMissing(folder / job.pose, PoseText(*job.frame));
}

std::vector<Job> JobsOf(const Scene& source, const QaScene& scene, const PictureList& list) {
  std::vector<Job> jobs;
  for (const int32_t index : list.frames) {
    const Frame& frame = source.frames[static_cast<size_t>(index)];
    jobs.push_back(
        {&frame, ColorFileName(frame), DepthFileName(frame), StrCat("pose/", frame.name, ".txt")});
  }
  for (size_t i = 0; list.video && i < scene.video.size(); ++i) {
    const auto index = scene.frames[static_cast<size_t>(scene.video[i])].source;
    const Frame& frame = source.frames[static_cast<size_t>(index)];
    jobs.push_back({&frame,
                    VideoColorFileName(frame, i),
                    VideoDepthFileName(frame, i),
                    StrCat("video_pose/frame", i, "_", frame.name, ".txt")});
  }
  return jobs;
}

std::string VideoIndexText(const QaScene& scene) {
  std::string text;
  for (const int32_t index : scene.video)
    text += scene.frames[static_cast<size_t>(index)].name + "\n";
  return text;
}

}  // namespace

Result<uint64_t> WritePictures(const SceneStore& store,
                               const QaScene& scene,
                               const PictureList& list,
                               const Path& scene_folder,
                               unsigned threads) {
  const Scene& source = store.scene();
  const std::vector<Job> jobs = JobsOf(source, scene, list);
  if (jobs.empty()) return uint64_t{0};
  std::mutex mutex;
  std::optional<Error> failed;
  ParallelFor(jobs.size(), threads, [&](size_t i) {
    if (StopRequested()) return;
    auto result = RunJob(store, jobs[i], scene_folder);
    if (result) return;
    const std::lock_guard lock(mutex);
    failed = std::move(result).error();
  });
  if (failed) return std::move(*failed);
  SPATIUM_TRY_DO(CheckStop("qa make"));
  const Frame& first = source.frames.front();
  const Path intrinsic = scene_folder / "intrinsic";
  SPATIUM_TRY_DO(WriteIfMissing(intrinsic / "intrinsic_color.txt", IntrinsicText(first.color)));
  if (!first.depth_path.empty())
    SPATIUM_TRY_DO(WriteIfMissing(intrinsic / "intrinsic_depth.txt", IntrinsicText(first.depth)));
  if (list.video)
    SPATIUM_TRY_DO(WriteIfMissing(scene_folder / "video_idx.txt", VideoIndexText(scene)));
  return static_cast<uint64_t>(jobs.size());
}

}  // namespace spatium
