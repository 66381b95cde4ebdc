#include "spatium/metrics/profile.h"

#include <utility>

namespace spatium {
namespace {

constexpr std::pair<Profile, std::string_view> kProfiles[] = {{Profile::kOfficial, "official"},
                                                              {Profile::kLmmsEval, "lmms-eval"},
                                                              {Profile::kEasi, "easi"},
                                                              {Profile::kStrict, "strict"}};

}  // namespace

std::string_view Name(Profile profile) {
  for (const auto& [value, name] : kProfiles)
    if (value == profile) return name;
  return "official";
}

std::optional<Profile> ProfileFromName(std::string_view name) {
  for (const auto& [value, known] : kProfiles)
    if (known == name) return value;
  return std::nullopt;
}

}  // namespace spatium
