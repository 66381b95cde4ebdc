#include "spatium/scene/store.h"

#include "spatium/base/hash.h"
#include "spatium/base/text.h"
#include "spatium/image/codec.h"
#include "spatium/scene/ply.h"
#include "spatium/scene/scene_json.h"

namespace spatium {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kSceneFile = "scene.json";
constexpr std::string_view kMeshFile = "mesh.ply";
constexpr std::string_view kCloudFile = "cloud.ply";

std::string SizeText(ImageSize size) { return StrCat(size.width, "x", size.height); }

Result<void> CheckSize(ImageSize found, ImageSize declared, const Path& path) {
  if (found == declared) return {};
  return Error{ErrorCode::kBadValue,
               path.string(),
               StrCat("a picture of ", SizeText(declared), ", as scene.json says"),
               SizeText(found)};
}

// A frame's name as a file name: letters, digits and a few signs stay.
std::string FileStem(std::string_view frame_name) {
  std::string stem(frame_name);
  for (char& c : stem)
    if (c == '/' || c == '\\' || static_cast<unsigned char>(c) < ' ') c = '_';
  return stem.starts_with('.') ? "_" + stem : stem;
}

}  // namespace

Result<SceneStore> SceneStore::Open(const Path& folder, bool with_surface) {
  if (!fs::is_directory(folder))
    return Error{ErrorCode::kNotFound,
                 folder.string(),
                 "a scene store (a folder made by spatium scene import)",
                 fs::exists(folder) ? "a file" : "nothing there"};
  const Path scene_path = folder / kSceneFile;
  SPATIUM_TRY(const std::string text, ReadFile(scene_path));
  SceneStore store;
  store.folder_ = folder;
  SPATIUM_TRY(store.scene_, SceneFromJson(text, scene_path.string()));
  uint64_t key = Hash64(text);
  for (const std::string_view name : {kMeshFile, kCloudFile}) {
    if (!fs::exists(folder / name)) continue;
    SPATIUM_TRY(const std::string bytes, ReadFile(folder / name));
    key = Hash64(bytes, key);
    if (!with_surface) continue;
    SPATIUM_TRY(Mesh mesh, ParsePly(bytes, (folder / name).string()));
    if (name == kMeshFile)
      store.scene_.mesh = std::move(mesh);
    else
      store.scene_.cloud = PointCloud{std::move(mesh.vertices), std::move(mesh.colors)};
  }
  store.content_key_ = Hex(key);
  if (auto valid = ValidateScene(store.scene_); !valid)
    return std::move(valid).error().Within(scene_path.string());
  return store;
}

Result<std::string> SceneStore::ReadColorBytes(const Frame& frame) const {
  if (frame.color_path.empty())
    return Error{ErrorCode::kNotFound,
                 StrCat(folder_.string(), ": frame ", frame.name),
                 "a colour image",
                 "a frame without one"};
  return ReadFile(folder_ / frame.color_path);
}

Result<RgbImage> SceneStore::ReadColor(const Frame& frame) const {
  SPATIUM_TRY(const std::string bytes, ReadColorBytes(frame));
  const Path path = folder_ / frame.color_path;
  SPATIUM_TRY(RgbImage image, DecodeRgb(bytes, path.string()));
  SPATIUM_TRY_DO(CheckSize(image.size(), frame.color.size, path));
  return image;
}

Result<DepthImage> SceneStore::ReadDepth(const Frame& frame) const {
  if (frame.depth_path.empty())
    return Error{ErrorCode::kNotFound,
                 StrCat(folder_.string(), ": frame ", frame.name),
                 "a depth image",
                 "a frame without one"};
  const Path path = folder_ / frame.depth_path;
  SPATIUM_TRY(const std::string bytes, ReadFile(path));
  SPATIUM_TRY(DepthImage image, DecodeDepth(bytes, path.string()));
  SPATIUM_TRY_DO(CheckSize(image.size(), frame.depth.size, path));
  return image;
}

Result<MetricDepth> SceneStore::ReadMetricDepth(const Frame& frame) const {
  SPATIUM_TRY(const DepthImage raw, ReadDepth(frame));
  MetricDepth depth(raw.width(), raw.height());
  for (size_t i = 0; i < raw.data().size(); ++i)
    depth.data()[i] = static_cast<float>(raw.data()[i] * scene_.depth_unit_m);
  return depth;
}

Result<SceneWriter> SceneWriter::Create(const Path& store) {
  if (fs::is_directory(store) && !fs::is_empty(store) && !fs::exists(store / kSceneFile))
    return Error{ErrorCode::kIo,
                 store.string(),
                 "a new folder, an empty one or a scene store to replace",
                 "a folder with other files"};
  SPATIUM_TRY(AtomicFolder folder, AtomicFolder::Create(store));
  SPATIUM_TRY_DO(MakeFolder(folder.path() / "color"));
  SPATIUM_TRY_DO(MakeFolder(folder.path() / "depth"));
  return SceneWriter(std::move(folder));
}

Result<std::string> SceneWriter::WriteImage(std::string path, std::string_view bytes) const {
  SPATIUM_TRY_DO(WriteFileDirect(folder_.path() / path, bytes));
  const uint64_t hash = Hash64(bytes);
  const std::lock_guard lock(images_->mutex);
  images_->hash[path] = hash;
  return path;
}

Result<std::string> SceneWriter::WriteColor(std::string_view frame_name,
                                            std::string_view bytes) const {
  const std::string where = StrCat("colour image of frame ", frame_name);
  SPATIUM_TRY(const ImageFormat format, DetectImageFormat(bytes, where));
  if (format == ImageFormat::kPnm) {
    SPATIUM_TRY(const RgbImage image, DecodeRgb(bytes, where));
    return WriteImage(StrCat("color/", FileStem(frame_name), ".png"), EncodePng(image));
  }
  const std::string_view extension = format == ImageFormat::kJpeg ? ".jpg" : ".png";
  return WriteImage(StrCat("color/", FileStem(frame_name), extension), bytes);
}

Result<std::string> SceneWriter::WriteDepth(std::string_view frame_name,
                                            const DepthImage& depth) const {
  return WriteDepthPng(frame_name, EncodePng(depth));
}

Result<std::string> SceneWriter::WriteDepthPng(std::string_view frame_name,
                                               std::string_view bytes) const {
  return WriteImage(StrCat("depth/", FileStem(frame_name), ".png"), bytes);
}

Result<void> SceneWriter::Commit(const Scene& scene) {
  SPATIUM_TRY_DO(ValidateScene(scene));
  std::string listing;
  for (const auto& [path, hash] : images_->hash) listing += StrCat(path, " ", Hex(hash), "\n");
  SPATIUM_TRY_DO(
      WriteFileDirect(folder_.path() / kSceneFile, SceneToJson(scene, Hex(Hash64(listing)))));
  if (scene.mesh)
    SPATIUM_TRY_DO(WriteFileDirect(folder_.path() / kMeshFile, WritePly(*scene.mesh)));
  if (scene.cloud) {
    Mesh points;
    points.vertices = scene.cloud->points;
    points.colors = scene.cloud->colors;
    SPATIUM_TRY_DO(WriteFileDirect(folder_.path() / kCloudFile, WritePly(points)));
  }
  return folder_.Commit();
}

}  // namespace spatium
