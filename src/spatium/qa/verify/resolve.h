#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "spatium/qa/verify/checker.h"

namespace spatium::verify {

// The source scenes by id.
using Sources = std::map<std::string, SourceScene, std::less<>>;

// The pictures of a tree: a hash of each file's bytes, computed once. Thread-safe.
class PictureHashes {
 public:
  // optional: a picture need not be there (qa make --no-pictures).
  explicit PictureHashes(bool optional = false) : optional_(optional) {}
  uint64_t Of(const Path& file);  // 0 if it cannot be read
  // Whether there is no such file, and none has to be.
  bool LeftOut(const Path& file) const;

 private:
  bool optional_;
  std::mutex mutex_;
  std::map<std::string, uint64_t> known_;
};

// Finds a record's scene, frames and objects in the sources and compares everything its
// provenance repeats of them: sizes, intrinsics, poses, boxes, labels, pixels, key fields. Where
// provenance is short, frames are recognised by their bytes and objects by their markers. A picture
// that the tree leaves out is known by its name, which says the frame.
//   images_root  OUT/spar/DATASET/images
//   left_out     set where a picture was left out
// None if no scene, frame or object could be found; a finding then says why, or `unverifiable` is
// set where the record holds too little to tell.
std::optional<Case> Resolve(const Record& record,
                            std::string_view format,
                            const CheckerInfo& checker,
                            const Sources& sources,
                            const Path& images_root,
                            PictureHashes& pictures,
                            Findings& findings,
                            bool& unverifiable,
                            bool& left_out);

}  // namespace spatium::verify
