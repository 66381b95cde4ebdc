#include "spatium/benchmarks/run.h"

#include "spatium/base/parallel.h"
#include "spatium/benchmarks/evaluate.h"
#include "spatium/benchmarks/facts.h"
#include "spatium/benchmarks/media.h"
#include "spatium/benchmarks/media_order.h"

namespace spatium {

Result<AskResult> RunItems(const BenchmarkInfo& info,
                           std::span<const Item> items,
                           ChatModel& model,
                           Profile profile,
                           const AskOptions& options,
                           const PromptOptions& prompts) {
  const std::vector<ItemFacts> facts = FactsOf(info, items);
  MediaLoader loader;
  const size_t at_a_time = options.threads > 0 ? options.threads : NumCores();
  const AskJob job{
      .size = items.size(),
      .order = model.SeesMedia() ? OrderByVideo(items, at_a_time) : std::vector<size_t>(),
      .what = "questions",
      .id = [&](size_t i) { return items[i].id; },
      .build = [&](size_t i) -> Result<ChatRequest> {
        Prompt prompt = PromptOf(info, items[i], profile, prompts);
        if (!model.SeesMedia())
          std::erase_if(prompt.user, [](const PromptPart& part) { return part.media_idx >= 0; });
        SPATIUM_TRY(ChatRequest request, loader.BuildRequest(items[i], prompt));
        request.facts = &facts[i];
        return request;
      },
      .score =
          [&](size_t i, const std::string& reply) {
            return ScoreReply(info, items[i], reply, profile, nullptr);
          }};
  return AskAll(job, model, options);
}

}  // namespace spatium
