#pragma once
#include <optional>
#include <string_view>

namespace spatium {

// The rules by which a reply becomes a score. One benchmark has several scorers that disagree by
// points; a report names the one it used.
enum class Profile {
  kOfficial,  // the benchmark authors' script, bugs included
  kLmmsEval,  // lmms-eval 0.7.2 (0.7.3 where a task says so)
  kEasi,      // EASI / VLMEvalKit
  kStrict     // the official rule with its bugs repaired
};
std::string_view Name(Profile profile);  // "official", "lmms-eval", "easi", "strict"
std::optional<Profile> ProfileFromName(std::string_view name);

}  // namespace spatium
