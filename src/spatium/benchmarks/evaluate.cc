#include "spatium/benchmarks/evaluate.h"

#include <algorithm>
#include <cmath>

#include "spatium/base/parallel.h"
#include "spatium/base/text.h"
#include "spatium/benchmarks/interval.h"

namespace spatium {
double ChanceScore(const BenchmarkInfo& info, std::span<const Item> items, Profile profile) {
  std::vector<ItemScore> expected(items.size());
  for (size_t i = 0; i < items.size(); ++i) {
    const size_t n =
        info.choices != nullptr ? info.choices(items[i]).size() : items[i].options.size();
    if (n == 0) return std::nan("");
    expected[i].score = 1.0 / static_cast<double>(n);
  }
  return AggregateRun(info, {items, expected}, profile).overall.value;
}

ItemScore ScoreReply(const BenchmarkInfo& info,
                     const Item& item,
                     std::string_view reply,
                     Profile profile,
                     const Verdict* verdict) {
  if (verdict == nullptr) {
    if (info.judge != nullptr && info.judge->request(item, reply, profile))
      return {.outcome = Outcome::kSkipped};
  } else if (verdict->needed) {
    if (!verdict->text) return {.outcome = Outcome::kFailed};
    return info.judge->judged(item, reply, *verdict->text, profile);
  }
  return info.score(item, reply, profile);
}

void Finish(const BenchmarkInfo& info,
            const ScoredItems& run,
            unsigned threads,
            ProfileResult& result) {
  for (const Outcome outcome :
       {Outcome::kScored, Outcome::kSkipped, Outcome::kUnparsable, Outcome::kFailed})
    result.outcomes[outcome] = 0;
  for (const ItemScore& score : run.scores) ++result.outcomes[score.outcome];
  result.n = run.scores.size();
  result.scores = AggregateRun(info, run, result.profile);
  SetIntervals(info, run, result.profile, threads, result.scores);
  result.interval95 = result.scores.overall.interval95;
}

std::vector<ProfileResult> Evaluate(const BenchmarkInfo& info,
                                    std::span<const Item> items,
                                    std::span<const ItemReply> replies,
                                    std::span<const Profile> profiles,
                                    unsigned threads,
                                    const Verdicts& verdicts) {
  constexpr size_t kChunk = 4096;
  const TaskIndex tasks = IndexTasks(items);
  std::vector<ProfileResult> results;
  for (size_t p = 0; p < profiles.size(); ++p) {
    const Profile profile = profiles[p];
    ProfileResult& result = results.emplace_back();
    result.profile = profile;
    result.items.resize(items.size());
    ParallelFor((items.size() + kChunk - 1) / kChunk, threads, [&](size_t chunk) {
      for (size_t i = chunk * kChunk; i < std::min(items.size(), (chunk + 1) * kChunk); ++i) {
        if (replies[i].text)
          result.items[i] = ScoreReply(info,
                                       items[i],
                                       *replies[i].text,
                                       profile,
                                       verdicts.empty() ? nullptr : &verdicts[p][i]);
        else
          result.items[i].outcome = Outcome::kFailed;
      }
    });
    Scores extra;
    if (info.corpus != nullptr) extra = info.corpus(items, result.items, profile, threads);
    const ScoredItems run{items, result.items, &tasks};
    result.chance = ChanceScore(info, items, profile);
    Finish(info, run, threads, result);
    // What a rule itself leaves out says so in `parsed`.
    const auto waiting = std::ranges::count_if(result.items, [](const ItemScore& score) {
      return score.outcome == Outcome::kSkipped && score.parsed.IsNull();
    });
    if (info.judge != nullptr && verdicts.empty() && waiting > 0)
      extra.notes.push_back(StrCat(waiting,
                                   " of ",
                                   items.size(),
                                   " replies wait for a judge (--judge): the scores are of the "
                                   "others"));
    std::move(extra.by.begin(), extra.by.end(), std::back_inserter(result.scores.by));
    std::move(extra.notes.begin(), extra.notes.end(), std::back_inserter(result.scores.notes));
  }
  return results;
}

Json ReportJson(std::string_view name,
                const BenchmarkInfo& info,
                std::span<const ProfileResult> results) {
  Json profiles = Json::MakeObject({});
  for (const ProfileResult& result : results) {
    Json outcomes = Json::MakeObject({});
    for (const auto& [outcome, n] : result.outcomes) outcomes.Set(Name(outcome), n);
    Json by = Json::MakeObject({});
    for (const auto& [grouping, scores] : result.scores.by) {
      Json group = Json::MakeObject({});
      for (const auto& [key, score] : scores) {
        Json entry = Json::MakeObject({{"score", score.value}, {"n", score.n}});
        if (std::isfinite(score.interval95[0]))
          entry.Set("interval95", Json::Array{score.interval95[0], score.interval95[1]});
        group.Set(key, std::move(entry));
      }
      by.Set(grouping, std::move(group));
    }
    profiles.Set(
        Name(result.profile),
        Json::MakeObject(
            {{"score", result.scores.overall.n > 0 ? result.scores.overall.value : std::nan("")},
             {"unit", info.unit},
             {"interval95", Json::Array{result.interval95[0], result.interval95[1]}},
             {"outcomes", std::move(outcomes)},
             {"by", std::move(by)},
             {"notes", result.scores.notes}}));
  }
  Json published = Json::MakeArray();
  for (const PublishedRow& row : info.published)
    published.Push(
        Json::MakeObject({{"model", row.model}, {"score", row.score}, {"source", row.source}}));
  const bool from_options = !results.empty() && !std::isnan(results[0].chance);
  return Json::MakeObject(
      {{"benchmark", name},
       {"n", results.empty() ? size_t{0} : results[0].n},
       {"profiles", std::move(profiles)},
       {"chance",
        Json::MakeObject({{"score", from_options ? results[0].chance : info.chance},
                          {"unit", info.unit},
                          {"from",
                           from_options              ? "options"
                           : std::isnan(info.chance) ? "unknown"
                                                     : "published"}})},
       {"published", std::move(published)},
       {"schema", info.schema}});
}

std::string PerItemJsonl(std::span<const Item> items, std::span<const ProfileResult> results) {
  std::string out;
  for (const ProfileResult& result : results) {
    for (size_t i = 0; i < items.size(); ++i) {
      Json::MakeObject({{"id", items[i].id},
                        {"task", items[i].task},
                        {"profile", Name(result.profile)},
                        {"outcome", Name(result.items[i].outcome)},
                        {"parsed", result.items[i].parsed},
                        {"score", result.items[i].score}})
          .DumpTo(out);
      out += '\n';
    }
  }
  return out;
}

}  // namespace spatium
