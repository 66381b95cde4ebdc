#include "spatium/benchmarks/baseline_scores.h"

#include <cmath>

#include "spatium/benchmarks/facts.h"
#include "spatium/chat/chat_model.h"

namespace spatium {
namespace {

bool NeedsJudge(const BenchmarkInfo& info,
                std::span<const Item> items,
                std::span<const ItemReply> replies,
                Profile profile) {
  if (info.judge == nullptr) return false;
  for (size_t i = 0; i < items.size(); ++i)
    if (replies[i].text && info.judge->request(items[i], *replies[i].text, profile)) return true;
  return false;
}

}  // namespace

Json BaselineEntry(const BenchmarkInfo& info,
                   std::span<const Item> items,
                   std::span<const ItemReply> replies,
                   Profile profile,
                   unsigned threads,
                   const Verdicts& verdicts) {
  const Profile profiles[] = {profile};
  const Json report =
      ReportJson("", info, Evaluate(info, items, replies, profiles, threads, verdicts));
  const Json& result = report.Find("profiles")->AsObject()[0].second;
  return Json::MakeObject({{"profile", Name(profile)},
                           {"score", *result.Find("score")},
                           {"interval95", *result.Find("interval95")},
                           {"outcomes", *result.Find("outcomes")},
                           {"by", *result.Find("by")}});
}

Json BaselineScores(const BenchmarkInfo& info,
                    std::span<const Item> items,
                    Profile profile,
                    unsigned threads) {
  if (items.size() > kMostBaselineItems) return Json();
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
    Profile rule = profile;
    if (NeedsJudge(info, items, replies, rule)) rule = Profile::kStrict;
    if (!NeedsJudge(info, items, replies, rule))
      baselines.Set(name, BaselineEntry(info, items, replies, rule, threads));
    else
      baselines.Set(name,
                    Json::MakeObject({{"profile", Name(rule)},
                                      {"score", std::nan("")},
                                      {"note", "needs a language model as judge"}}));
  }
  return baselines.AsObject().empty() ? Json() : baselines;
}

}  // namespace spatium
