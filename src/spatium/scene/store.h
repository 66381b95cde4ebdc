#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/image/image.h"
#include "spatium/scene/scene.h"

namespace spatium {

// A scene on disk: a folder that holds all of it and can be moved.
//   scene.json       everything but pixels and surfaces (format: docs/conventions.md)
//   color/NAME.jpg   the bytes of the source where it was JPEG or PNG
//   depth/NAME.png   16-bit grey
//   mesh.ply         binary, vertex colours, `int object` per vertex; cloud.ply likewise
//   cache/           results that can be computed again: visibility
class SceneStore {
 public:
  // Reads scene.json; mesh and cloud only if `with_surface`. Errors: kNotFound, kParse, kBadValue.
  static Result<SceneStore> Open(const Path& folder, bool with_surface = true);

  const Path& folder() const { return folder_; }
  const Scene& scene() const { return scene_; }
  // A hash of scene.json (which holds a hash of the images) and the surface: the key of everything
  // cached about the scene.
  const std::string& content_key() const { return content_key_; }

  Result<std::string> ReadColorBytes(const Frame& frame) const;
  Result<RgbImage> ReadColor(
      const Frame& frame) const;  // kBadValue if its size is not the declared one
  Result<DepthImage> ReadDepth(const Frame& frame) const;  // raw steps; likewise
  Result<MetricDepth> ReadMetricDepth(const Frame& frame) const;

 private:
  Path folder_;
  Scene scene_;
  std::string content_key_;
};

// Fills a store's folder: images first (thread-safe, each its own file), the scene last.
class SceneWriter {
 public:
  // Errors: kIo if `store` is a file, or a folder with other things than a store in it.
  static Result<SceneWriter> Create(const Path& store);
  // The bytes of a JPEG or PNG, written as they are -> color_path.
  Result<std::string> WriteColor(std::string_view frame_name, std::string_view bytes) const;
  // -> depth_path
  Result<std::string> WriteDepth(std::string_view frame_name, const DepthImage& depth) const;
  // The bytes of a 16-bit grey PNG, which the caller has checked, written as they are ->
  // depth_path.
  Result<std::string> WriteDepthPng(std::string_view frame_name, std::string_view bytes) const;
  // Where the files lie until Commit; image paths are relative to it.
  const Path& folder() const { return folder_.path(); }
  // Writes scene.json and surfaces and makes the store appear under its name. Checks the scene
  // first.
  Result<void> Commit(const Scene& scene);

 private:
  // Hashes of the images written so far, by path.
  struct Images {
    std::mutex mutex;
    std::map<std::string, uint64_t> hash;
  };
  explicit SceneWriter(AtomicFolder folder)
      : folder_(std::move(folder)), images_(std::make_unique<Images>()) {}
  Result<std::string> WriteImage(std::string path, std::string_view bytes) const;
  AtomicFolder folder_;
  std::unique_ptr<Images> images_;
};

// Finite numbers, unique names and ids, boxes with min <= max, rotations orthonormal to 1e-3, faces
// in range. Errors: kBadValue with the place. Every store satisfies it.
Result<void> ValidateScene(const Scene& scene);

}  // namespace spatium
