#include "spatium/benchmarks/baseline_scores.h"

#include "spatium/benchmarks/evaluate.h"
#include "spatium/benchmarks/facts.h"
#include "spatium/chat/chat_model.h"

namespace spatium {

Json BaselineScores(const BenchmarkInfo& info,
                    std::span<const Item> items,
                    Profile profile,
                    unsigned threads) {
  if (items.size() > kMostBaselineItems || info.corpus != nullptr || info.judge != nullptr)
    return Json();
  const std::vector<ItemFacts> facts = FactsOf(info, items);
  Json baselines = Json::MakeObject({});
  for (const char* name : {"random", "frequency"}) {
    const auto model = OpenChatModel(std::string("baseline:") + name, {});
    if (!model) continue;
    std::vector<ItemReply> replies(items.size());
    size_t answered = 0;
    for (size_t i = 0; i < items.size(); ++i) {
      auto reply = (*model)->Reply({.messages = {}, .sampling = {}, .facts = &facts[i]});
      if (!reply) continue;
      replies[i].text = std::move(reply->text);
      ++answered;
    }
    if (answered == 0) continue;
    const Profile profiles[] = {profile};
    const Json report = ReportJson(name, info, Evaluate(info, items, replies, profiles, threads));
    const Json& result = report.Find("profiles")->AsObject()[0].second;
    baselines.Set(name,
                  Json::MakeObject({{"profile", Name(profile)},
                                    {"score", *result.Find("score")},
                                    {"interval95", *result.Find("interval95")},
                                    {"by", *result.Find("by")}}));
  }
  return baselines.AsObject().empty() ? Json() : baselines;
}

}  // namespace spatium
