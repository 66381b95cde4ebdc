#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "spatium/qa/verify/resolve.h"

namespace spatium::verify {

// What a line of a tree says about itself, and what it still has to be checked for.
struct LineReport {
  std::string id;
  Findings findings;
  bool unverifiable = false;
  bool pictures_left_out = false;  // at least one was not there, and did not have to be
  // Claims about pixels, checked later frame by frame; `answer` where a wrong one is a wrong
  // answer, else it is a marker outside its object.
  struct Claim {
    PixelClaim pixel;
    bool answer = false;
    std::string what;  // "red point"
  };
  std::string scene;  // of the claims
  std::vector<Claim> claims;
  // Hashes that no second line of the same file group may have; 0: none.
  uint64_t fact = 0, key = 0, text = 0;
};

// Reads and checks one line of TASK/FORMAT/*.jsonl.
LineReport CheckLine(std::string_view line,
                     std::string_view where,
                     std::string_view task,
                     std::string_view format,
                     const Sources& sources,
                     const Path& images_root,
                     PictureHashes& pictures);

}  // namespace spatium::verify
