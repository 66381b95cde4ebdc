#include "spatium/benchmarks/evaluate.h"

#include <algorithm>
#include <cmath>

#include "spatium/base/parallel.h"
#include "spatium/base/random.h"

namespace spatium {
namespace {

constexpr double kZ95 = 1.959963984540054;

Scores Aggregate(const BenchmarkInfo& info, const ScoredItems& run, Profile profile) {
  return info.aggregate != nullptr ? info.aggregate(run, profile)
                                   : MeanByTask(run, info.unit, info.groupings);
}

bool Counts(const ItemScore& score) {
  return score.outcome == Outcome::kScored || score.outcome == Outcome::kUnparsable;
}

// Item numbers by task, in order of first appearance, so that the draws do not depend on a hash.
std::vector<std::vector<size_t>> Strata(const ScoredItems& run) {
  std::map<std::string_view, size_t> index;
  std::vector<std::vector<size_t>> strata;
  for (size_t i = 0; i < run.items.size(); ++i) {
    if (!Counts(run.scores[i])) continue;
    const auto [it, added] = index.emplace(run.items[i].task, strata.size());
    if (added) strata.emplace_back();
    strata[it->second].push_back(i);
  }
  return strata;
}

std::array<double, 2> Bootstrap(const BenchmarkInfo& info,
                                const ScoredItems& run,
                                Profile profile) {
  const auto strata = Strata(run);
  std::vector<ItemScore> drawn(run.scores.begin(), run.scores.end());
  std::vector<double> values;
  RandomStream rng(0, {"bootstrap", Name(profile)});
  for (int round = 0; round < kBootstrapRounds; ++round) {
    for (const auto& stratum : strata)
      for (const size_t i : stratum) {
        // Only the score moves: which item it belongs to decides its groups, and those stay.
        drawn[i].score = run.scores[stratum[rng.Index(stratum.size())]].score;
      }
    values.push_back(Aggregate(info, {run.items, drawn}, profile).overall.value);
  }
  std::sort(values.begin(), values.end());
  const auto at = [&](double p) {
    return values[static_cast<size_t>(std::lround(p * (kBootstrapRounds - 1)))];
  };
  return {at(0.025), at(0.975)};
}

std::array<double, 2> Normal(const BenchmarkInfo& info,
                             const ScoredItems& run,
                             Profile profile,
                             double overall) {
  constexpr double kStep = 1e-3;
  double variance = 0;
  std::vector<ItemScore> moved(run.scores.begin(), run.scores.end());
  for (const auto& stratum : Strata(run)) {
    double sum = 0, squares = 0;
    for (const size_t i : stratum) {
      sum += run.scores[i].score;
      squares += run.scores[i].score * run.scores[i].score;
      moved[i].score += kStep;
    }
    const double weight =
        (Aggregate(info, {run.items, moved}, profile).overall.value - overall) / kStep;
    for (const size_t i : stratum) moved[i].score = run.scores[i].score;
    const auto n = static_cast<double>(stratum.size());
    variance += weight * weight * std::max(0.0, squares / n - sum / n * sum / n) / n;
  }
  const double half = kZ95 * std::sqrt(variance);
  return {overall - half, overall + half};
}

}  // namespace

std::array<double, 2> Wilson95(double successes, double n) {
  if (n <= 0) return {0, 1};
  const double p = successes / n, z2 = kZ95 * kZ95;
  const double center = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = kZ95 / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
  return {std::max(0.0, center - half), std::min(1.0, center + half)};
}

std::array<double, 2> Interval95(const BenchmarkInfo& info,
                                 const ScoredItems& run,
                                 Profile profile,
                                 const Scores& scores) {
  double successes = 0, n = 0;
  bool binary = info.aggregate == nullptr;
  for (const ItemScore& score : run.scores) {
    if (!Counts(score)) continue;
    ++n;
    successes += score.score;
    binary = binary && (score.score == 0 || score.score == 1);
  }
  if (n == 0) return {std::nan(""), std::nan("")};
  if (binary) {
    const double scale = info.unit == "percent" ? 100 : 1;
    const auto [low, high] = Wilson95(successes, n);
    return {scale * low, scale * high};
  }
  return run.items.size() <= kBootstrapItems ? Bootstrap(info, run, profile)
                                             : Normal(info, run, profile, scores.overall.value);
}

double ChanceScore(const BenchmarkInfo& info, std::span<const Item> items, Profile profile) {
  std::vector<ItemScore> expected(items.size());
  for (size_t i = 0; i < items.size(); ++i) {
    const size_t n =
        info.choices != nullptr ? info.choices(items[i]).size() : items[i].options.size();
    if (n == 0) return std::nan("");
    expected[i].score = 1.0 / static_cast<double>(n);
  }
  return Aggregate(info, {items, expected}, profile).overall.value;
}

ItemScore ScoreReply(const BenchmarkInfo& info,
                     const Item& item,
                     std::string_view reply,
                     Profile profile,
                     const Verdict* verdict) {
  if (verdict == nullptr) {
    if (info.judge != nullptr && info.judge->request(item, reply, profile))
      return {.outcome = Outcome::kSkipped, .score = 0, .parsed = {}};
  } else if (verdict->needed) {
    if (!verdict->text) return {.outcome = Outcome::kFailed, .score = 0, .parsed = {}};
    return info.judge->judged(item, reply, *verdict->text, profile);
  }
  return info.score(item, reply, profile);
}

std::vector<ProfileResult> Evaluate(const BenchmarkInfo& info,
                                    std::span<const Item> items,
                                    std::span<const ItemReply> replies,
                                    std::span<const Profile> profiles,
                                    unsigned threads,
                                    const Verdicts& verdicts) {
  constexpr size_t kChunk = 4096;
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
    for (const Outcome outcome :
         {Outcome::kScored, Outcome::kSkipped, Outcome::kUnparsable, Outcome::kFailed})
      result.outcomes[outcome] = 0;
    for (const ItemScore& score : result.items) ++result.outcomes[score.outcome];
    const ScoredItems run{items, result.items};
    result.scores = Aggregate(info, run, profile);
    result.chance = ChanceScore(info, items, profile);
    result.interval95 = Interval95(info, run, profile, result.scores);
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
      for (const auto& [key, score] : scores)
        group.Set(key, Json::MakeObject({{"score", score.value}, {"n", score.n}}));
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
       {"n", results.empty() ? size_t{0} : results[0].items.size()},
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
