#include "spatium/benchmarks/judge.h"

#include "spatium/benchmarks/media.h"

namespace spatium {
namespace {

// One distinct request about one reply; `profile` is the first that asks it.
struct Question {
  size_t item_idx = 0;
  Profile profile = Profile::kOfficial;
  Prompt prompt;
};

bool Same(const Prompt& a, const Prompt& b) {
  const auto same_part = [](const PromptPart& x, const PromptPart& y) {
    return x.text == y.text && x.media_idx == y.media_idx;
  };
  return a.system == b.system && a.system_role == b.system_role &&
         std::equal(a.user.begin(), a.user.end(), b.user.begin(), b.user.end(), same_part);
}

}  // namespace

Result<JudgeResult> AskJudge(const BenchmarkInfo& info,
                             std::span<const Item> items,
                             std::span<const ItemReply> replies,
                             std::span<const Profile> profiles,
                             ChatModel& judge,
                             const AskOptions& options) {
  JudgeResult result;
  result.verdicts.assign(profiles.size(), std::vector<Verdict>(items.size()));
  if (info.judge == nullptr) return result;
  constexpr size_t kNone = static_cast<size_t>(-1);
  std::vector<Question> questions;
  std::vector<std::vector<size_t>> question_of(profiles.size(),
                                               std::vector<size_t>(items.size(), kNone));
  for (size_t i = 0; i < items.size(); ++i) {
    const size_t first = questions.size();
    for (size_t p = 0; p < profiles.size() && replies[i].text; ++p) {
      auto prompt = info.judge->request(items[i], *replies[i].text, profiles[p]);
      if (!prompt) continue;
      size_t q = first;
      while (q < questions.size() && !Same(questions[q].prompt, *prompt)) ++q;
      if (q == questions.size())
        questions.push_back({.item_idx = i, .profile = profiles[p], .prompt = *std::move(prompt)});
      question_of[p][i] = q;
    }
  }
  MediaLoader loader;
  const AskJob job{
      .size = questions.size(),
      .what = "judgements",
      .id = [&](size_t q) { return items[questions[q].item_idx].id; },
      .build =
          [&](size_t q) {
            return loader.BuildRequest(items[questions[q].item_idx], questions[q].prompt);
          },
      .score =
          [&](size_t q, const std::string& verdict) {
            const size_t i = questions[q].item_idx;
            return info.judge->judged(items[i], *replies[i].text, verdict, questions[q].profile);
          }};
  SPATIUM_TRY(result.calls, AskAll(job, judge, options));
  for (size_t p = 0; p < profiles.size(); ++p)
    for (size_t i = 0; i < items.size(); ++i)
      if (const size_t q = question_of[p][i]; q != kNone)
        result.verdicts[p][i] = {.needed = true, .text = result.calls.replies[q].text};
  return result;
}

Json JudgeJson(const BenchmarkInfo& info, const ChatModel& judge, const JudgeResult& result) {
  return Json::MakeObject({{"model", judge.Identity()},
                           {"prompt", info.judge->prompt},
                           {"calls", result.calls.replies.size()},
                           {"failed", result.calls.failed}});
}

}  // namespace spatium
