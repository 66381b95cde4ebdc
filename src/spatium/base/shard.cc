#include "spatium/base/shard.h"

#include <cstdlib>

#include "spatium/base/text.h"

namespace spatium {
namespace {

std::optional<int64_t> Number(const char* variable) {
  const char* text = std::getenv(variable);
  return text != nullptr ? ParseInt(text) : std::nullopt;
}

}  // namespace

Result<Shard> ParseShard(std::string_view text) {
  std::optional<int64_t> index, count;
  if (!text.empty()) {
    const auto pieces = Split(text, '/');
    if (pieces.size() == 2) {
      index = ParseInt(pieces[0]);
      count = ParseInt(pieces[1]);
    }
    if (!index || !count)
      return Error{ErrorCode::kUsage, "--shard", "i/n, such as 0/8", Quote(text)};
  } else {
    static constexpr const char* kVariables[][3] = {
        {"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN"},
        {"JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", nullptr},
        {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", nullptr},
        {"PMI_RANK", "PMI_SIZE", nullptr}};
    for (const auto& [index_name, count_name, first_name] : kVariables) {
      index = Number(index_name);
      count = Number(count_name);
      if (index && count) {
        if (first_name != nullptr) *index -= Number(first_name).value_or(0);
        break;
      }
    }
    if (!index || !count) return Shard{};
  }
  if (*count < 1 || *index < 0 || *index >= *count)
    return Error{ErrorCode::kUsage,
                 text.empty() ? "the shard that the environment names" : "--shard",
                 "i/n with 0 <= i < n",
                 StrCat(*index, "/", *count)};
  return Shard{.index = static_cast<size_t>(*index), .count = static_cast<size_t>(*count)};
}

}  // namespace spatium
