#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace spatium {

// What SpatialRGPT-Bench's script asks GPT-4 about one reply, in JSON mode. Source:
// AnjieCheng/SpatialRGPT, scripts/srgpt/eval (Apache-2.0).
struct SpatialRgptJudgePrompt {
  std::string system, user;
};
// None for a type or category that the script does not judge.
std::optional<SpatialRgptJudgePrompt> SpatialRgptJudge(std::string_view type,
                                                       std::string_view category,
                                                       std::string_view question,
                                                       std::string_view answer,
                                                       std::string_view response);

}  // namespace spatium
