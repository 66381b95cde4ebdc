#pragma once
#include <span>
#include <vector>

#include "spatium/benchmarks/ask.h"
#include "spatium/benchmarks/benchmark.h"

namespace spatium {

// What a judge said of one reply under one profile.
struct Verdict {
  bool needed = false;              // this reply's score waits for a judge
  std::optional<std::string> text;  // nothing: the call failed
};
using Verdicts = std::vector<std::vector<Verdict>>;  // [profile][item]

struct JudgeResult {
  Verdicts verdicts;
  AskResult calls;  // of the distinct requests: profiles that ask the same share one
};

// Asks `judge` about every reply whose score needs it (BenchmarkInfo::judge) under each profile.
// Journal and errors as AskAll's.
Result<JudgeResult> AskJudge(const BenchmarkInfo& info,
                             std::span<const Item> items,
                             std::span<const ItemReply> replies,
                             std::span<const Profile> profiles,
                             ChatModel& judge,
                             const AskOptions& options);

// Who judged, with which prompt, how often: {"model","prompt","calls","failed"} of the report.
Json JudgeJson(const BenchmarkInfo& info, const ChatModel& judge, const JudgeResult& result);

}  // namespace spatium
