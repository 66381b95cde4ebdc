#include "spatium/qa/quota.h"

#include <algorithm>
#include <map>
#include <vector>

#include "spatium/qa/fact_rules.h"
#include "spatium/qa/limits.h"

namespace spatium {
namespace {

struct Draw {
  uint64_t number;  // of the fact's own stream
  size_t index;
};

// The facts by answer, each list in drawn order.
std::vector<std::vector<Draw>> ByAnswer(const QaScene& scene,
                                        std::string_view task,
                                        uint64_t seed,
                                        const std::vector<Fact>& facts) {
  std::map<uint64_t, std::vector<Draw>> groups;
  const RandomStream stream(seed, {"qa", scene.id, task, "quota"});
  for (size_t i = 0; i < facts.size(); ++i) {
    std::string key;
    AppendInt(key, static_cast<int64_t>(facts[i].key));
    groups[facts[i].answer_class].push_back({stream.Fork(key).Next(), i});
  }
  std::vector<std::vector<Draw>> drawn;
  for (auto& [answer, group] : groups) {
    std::ranges::sort(group, [](const Draw& a, const Draw& b) {
      return std::pair(a.number, a.index) < std::pair(b.number, b.index);
    });
    drawn.push_back(std::move(group));
  }
  // Answers take turns in the drawn order of their first facts, not from small to large.
  std::ranges::sort(drawn, {}, [](const std::vector<Draw>& group) { return group[0].number; });
  return drawn;
}

// Round by round one fact of each answer, until there are `wanted`.
std::vector<char> TakeInTurn(const std::vector<std::vector<Draw>>& groups,
                             size_t wanted,
                             size_t total) {
  std::vector<char> keep(total, 0);
  size_t taken = 0;
  for (size_t round = 0; taken < wanted; ++round) {
    const size_t before = taken;
    for (const auto& group : groups) {
      if (round >= group.size() || taken == wanted) continue;
      keep[group[round].index] = 1;
      ++taken;
    }
    if (taken == before) break;
  }
  return keep;
}

// The largest number per answer with which no answer has more than its share of what is kept. Few
// different answers have larger shares, about equal ones.
size_t CapOf(const std::vector<std::vector<Draw>>& groups) {
  size_t least = groups[0].size(), cap = 0;
  for (const auto& group : groups) {
    least = std::min(least, group.size());
    cap = std::max(cap, group.size());
  }
  const double most = std::max(limits::kMaxAnswerShare,
                               limits::kMaxOfFairShare / static_cast<double>(groups.size()));
  while (cap > least) {
    size_t kept = 0;
    for (const auto& group : groups) kept += std::min(group.size(), cap);
    const auto share = static_cast<size_t>(most * static_cast<double>(kept));
    if (cap <= share) break;
    cap = std::max(share, least);
  }
  return cap;
}

}  // namespace

void ApplyQuota(const QaScene& scene,
                std::string_view task,
                uint64_t seed,
                std::optional<int64_t> per_task,
                bool thin,
                FactList& list) {
  const size_t total = list.facts.size();
  const bool cut = per_task && static_cast<uint64_t>(*per_task) < total;
  if (!cut && (!thin || total < static_cast<size_t>(limits::kMinFactsForShare))) return;
  const auto groups = ByAnswer(scene, task, seed, list.facts);
  std::vector<char> keep(total, 0);
  if (cut) {
    keep = TakeInTurn(groups, static_cast<size_t>(*per_task), total);
  } else {
    const size_t cap = CapOf(groups);
    for (const auto& group : groups)
      for (size_t i = 0; i < std::min(cap, group.size()); ++i) keep[group[i].index] = 1;
  }
  size_t n = 0;
  for (size_t i = 0; i < total; ++i)
    if (keep[i]) list.facts[n++] = list.facts[i];
  list.Refuse(cut ? Refusal::kQuota : Refusal::kBalance, total - n);
  list.facts.resize(n);
}

}  // namespace spatium
