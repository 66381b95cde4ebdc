#include "spatium/report/run_samples.h"

#include <algorithm>
#include <map>

#include "spatium/base/text.h"
#include "spatium/base/utf8.h"
#include "spatium/report/answer_overlay.h"
#include "spatium/report/html.h"
#include "spatium/report/page.h"

namespace spatium {
namespace {

// Which items the page shows, in their order.
std::vector<size_t> Chosen(const RunView& run, size_t most) {
  std::vector<size_t> chosen;
  if (run.items.size() <= most) {
    for (size_t i = 0; i < run.items.size(); ++i) chosen.push_back(i);
    return chosen;
  }
  const auto remarkable = [&](size_t i) {
    return std::ranges::any_of(run.results, [&](const ProfileResult& result) {
      return result.items[i].outcome == Outcome::kUnparsable ||
             result.items[i].outcome == Outcome::kFailed;
    });
  };
  std::vector<size_t> rest;
  for (size_t i = 0; i < run.items.size(); ++i)
    if (remarkable(i) && chosen.size() < most / 2)
      chosen.push_back(i);
    else
      rest.push_back(i);
  const size_t wanted = most - chosen.size();
  for (size_t k = 0; k < wanted; ++k) chosen.push_back(rest[k * rest.size() / wanted]);
  std::ranges::sort(chosen);
  return chosen;
}

std::string Limited(std::string_view text, size_t limit) {
  if (text.size() <= limit) return std::string(text);
  return StrCat(CutUtf8(text, limit), "… (cut: ", text.size(), " bytes in all)");
}

std::string PromptText(const RunView& run, const Item& item) {
  const Prompt prompt = run.info.prompt(item, run.results[0].profile);
  std::string text = prompt.system.empty() ? "" : prompt.system + "\n\n";
  int number = 0;
  const bool several = std::ranges::count_if(prompt.user, [](const PromptPart& part) {
                         return part.media_idx >= 0;
                       }) > 1;
  for (const PromptPart& part : prompt.user) {
    if (part.media_idx < 0)
      text += part.text;
    else if (several)
      text += StrCat("⟨", ++number, "⟩");
  }
  return text;
}

std::string GoldText(const Item& item) {
  if (const std::string mask = MaskText(item); !mask.empty() && item.answer.empty()) return mask;
  return item.answer.empty() && !item.gold.IsNull() ? item.gold.Dump() : item.answer;
}

}  // namespace

RunSamples CollectSamples(const RunView& run, const RunPageOptions& options) {
  RunSamples samples;
  const std::vector<size_t> chosen = Chosen(run, options.max_samples);
  samples.shown = chosen.size();
  std::vector<Item> items;
  for (const size_t i : chosen) items.push_back(run.items[i]);
  samples.pictures = MakeThumbnails(items, options.pictures);
  const size_t limit = std::clamp<size_t>(
      options.text_budget_bytes / (2 * std::max<size_t>(1, chosen.size())), 400, 20'000);

  std::map<std::string_view, int> task_number;
  Json tasks = Json::MakeArray(), profiles = Json::MakeArray(), rows = Json::MakeArray();
  for (const ProfileResult& result : run.results) profiles.Push(Name(result.profile));
  for (size_t k = 0; k < chosen.size(); ++k) {
    const size_t i = chosen[k];
    const Item& item = run.items[i];
    const auto [task, added] = task_number.emplace(item.task, static_cast<int>(task_number.size()));
    if (added) tasks.Push(item.task);
    Json scores = Json::MakeArray();
    for (const ProfileResult& result : run.results) {
      const ItemScore& score = result.items[i];
      const std::string parsed =
          score.parsed.IsString() ? score.parsed.AsString() : score.parsed.Dump();
      scores.Push(Json::Array{static_cast<int>(score.outcome),
                              score.score,
                              score.parsed.IsNull() ? Json() : Json(Limited(parsed, 400))});
    }
    rows.Push(Json::Array{item.id,
                          task->second,
                          Limited(PromptText(run, item), limit),
                          run.replies[i].text ? Json(Limited(*run.replies[i].text, limit)) : Json(),
                          Limited(GoldText(item), 2'000),
                          std::move(scores),
                          samples.pictures.of_item[k],
                          AnswerOverlay(item, run.results, i)});
  }
  samples.json = Json::MakeObject({{"benchmark", run.benchmark},
                                   {"unit", run.info.unit},
                                   {"profiles", std::move(profiles)},
                                   {"tasks", std::move(tasks)},
                                   {"samples", std::move(rows)}});
  return samples;
}

std::string SampleSection(const RunView& run, const RunSamples& samples) {
  std::string out = "<h2 id=\"samples\">Samples</h2>\n";
  std::string note;
  if (samples.shown < run.items.size())
    note = StrCat(WithThousands(static_cast<int64_t>(samples.shown)),
                  " of ",
                  WithThousands(static_cast<int64_t>(run.items.size())),
                  " items are on this page; items.jsonl has all of them. ");
  if (samples.pictures.left_out > 0)
    note += StrCat(WithThousands(static_cast<int64_t>(samples.pictures.left_out)),
                   " pictures did not fit. ");
  if (samples.pictures.missing > 0)
    note += StrCat(WithThousands(static_cast<int64_t>(samples.pictures.missing)),
                   " pictures could not be read. ");
  if (!note.empty()) out += StrCat("<p class=\"muted\">", note, "</p>");
  out +=
      "<div class=\"filters\"><select id=\"task\" aria-label=\"task\"></select>"
      "<select id=\"profile\" aria-label=\"profile\"></select>"
      "<select id=\"outcome\" aria-label=\"outcome\"></select>"
      "<input id=\"search\" type=\"search\" placeholder=\"Search prompts and replies\" "
      "aria-label=\"search text\"><span id=\"shown\" class=\"muted\"></span></div>\n"
      "<div id=\"cards\" class=\"grid questions\"></div>\n"
      "<p id=\"nothing\" class=\"muted\" hidden>No sample matches.</p>\n"
      "<p><button id=\"more\" type=\"button\">Show more</button></p>\n"
      "<noscript><p>Samples need scripts; items.jsonl and replies.jsonl hold them as text.</p>"
      "</noscript><dialog id=\"large\"><img alt=\"\"></dialog>\n";
  return out;
}

}  // namespace spatium
