#pragma once
#include <array>
#include <map>
#include <string>
#include <vector>

#include "spatium/benchmarks/benchmark.h"
#include "spatium/benchmarks/judge.h"

namespace spatium {

struct ProfileResult {
  Profile profile = Profile::kOfficial;
  Scores scores;
  std::array<double, 2> interval95{};  // of the overall score
  double chance = 0;                   // what ChanceScore says of the items
  std::map<Outcome, size_t> outcomes;
  size_t n = 0;                  // items
  std::vector<ItemScore> items;  // empty where only the scores were asked for
};

// One reply under one profile. `verdict` null: there is no judge, and a reply that needs one is
// skipped.
ItemScore ScoreReply(const BenchmarkInfo& info,
                     const Item& item,
                     std::string_view reply,
                     Profile profile,
                     const Verdict* verdict);

// Outcomes, scores and intervals of scored items under result.profile.
void Finish(const BenchmarkInfo& info,
            const ScoredItems& run,
            unsigned threads,
            ProfileResult& result);

// Scores replies (index by index with items) under each profile, on all cores; the same result for
// any number of threads. `verdicts` [profile][item] are AskJudge's; empty without a judge.
std::vector<ProfileResult> Evaluate(const BenchmarkInfo& info,
                                    std::span<const Item> items,
                                    std::span<const ItemReply> replies,
                                    std::span<const Profile> profiles,
                                    unsigned threads,
                                    const Verdicts& verdicts = {});

// The overall score to expect of one option drawn evenly for each item; NaN where an item has none.
double ChanceScore(const BenchmarkInfo& info, std::span<const Item> items, Profile profile);

// The report of `bench score` (CLI.md): benchmark, n, profiles, chance, published.
Json ReportJson(std::string_view name,
                const BenchmarkInfo& info,
                std::span<const ProfileResult> results);

// One line per item and profile: {"id","task","profile","outcome","parsed","score"}.
std::string PerItemJsonl(std::span<const Item> items, std::span<const ProfileResult> results);

}  // namespace spatium
