#pragma once
#include <optional>
#include <string>
#include <vector>

namespace spatium {

// A part that Spatium uses: a library, a data folder, a program, or what the machine has.
struct Part {
  std::string name;
  bool present = false;
  std::optional<std::string> version;  // nothing if unknown or absent
  std::string needed_for;
  std::string how_to_get;  // on Debian; empty for what is always there
};

// Every part, looked for on this machine. Nothing is started or loaded that is not linked, but for
// the plug-ins.
std::vector<Part> FindParts();

}  // namespace spatium
