#include "spatium/commands/bench_options.h"

#include <algorithm>

#include "spatium/base/text.h"

namespace spatium {

Result<std::vector<Profile>> ProfilesToReport(const BenchmarkInfo& info, std::string_view name) {
  const std::vector<Profile> has(info.profiles.begin(), info.profiles.end());
  if (name == "all") return has;
  std::vector<Profile> wanted = {Profile::kOfficial, Profile::kStrict};
  if (!name.empty()) {
    const auto profile = ProfileFromName(name);
    if (!profile || std::find(has.begin(), has.end(), *profile) == has.end()) {
      std::vector<std::string> names;
      for (const Profile p : has) names.emplace_back(Name(p));
      return Error{ErrorCode::kUsage, "--profile", "all, " + Join(names, ", "), Quote(name)};
    }
    // Every report shows official and strict; the asked one comes first.
    std::erase(wanted, *profile);
    wanted.insert(wanted.begin(), *profile);
  }
  std::erase_if(wanted,
                [&](Profile p) { return std::find(has.begin(), has.end(), p) == has.end(); });
  return wanted;
}

void DescribePromptOptions(PromptOptions& prompts, OptionList& list) {
  list.Flag(
      "--prompt",
      &prompts.form,
      "another official form of the questions (\"prompts\" of spatium list benchmarks --json)");
  list.Flag("--frames", &prompts.frames, "frames of a video; 0: as the benchmark says").min = 0;
  list.Flag("--max-side",
            &prompts.max_side_px,
            "pixels of a picture's longer side at most; 0: as the benchmark says")
      .min = 0;
}

void DescribeConcurrency(unsigned& concurrency, std::string help, OptionList& list) {
  OptionList::Field& field = list.Flag("--concurrency", &concurrency, std::move(help));
  field.min = 1;
  field.max = 4096;  // chosen
}

Result<std::unique_ptr<ChatModel>> OpenModelOf(std::string_view flag,
                                               std::string_view uri,
                                               const ChatOptions& options) {
  auto model = OpenChatModel(uri, options);
  if (model || model.error().code != ErrorCode::kUsage) return model;
  Error error = std::move(model).error();
  error.where = flag;
  return error;
}

}  // namespace spatium
