#pragma once
#include <cmath>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spatium/base/result.h"
#include "spatium/benchmarks/item.h"
#include "spatium/metrics/profile.h"

namespace spatium {

// A prompt before its media are read. Placeholders stand where the official prompt puts pictures.
struct PromptPart {
  std::string text = {};  // used if media_idx < 0
  int media_idx = -1;     // Item::media
};
struct Prompt {
  std::string system;                // empty: none
  Role system_role = Role::kSystem;  // kAssistant where the official script speaks in its name
  std::vector<PromptPart> user;
  Sampling sampling;
  int num_video_frames = 32;  // a video becomes this many frames, spread evenly
  int max_side_px = 0;        // of pictures and frames (Lanczos); 0: as they are
};

// The scores of a run under one profile.
struct Scores {
  Score overall = {};
  // grouping ("task", "dataset", "level", ...) -> key -> score; in this order in reports.
  std::vector<std::pair<std::string, std::vector<std::pair<std::string, Score>>>> by = {};
  std::vector<std::string> notes = {};  // what a reader of the scores has to know, a sentence each
};
// Which task each item belongs to: made once for many passes over a run's scores.
struct TaskIndex {
  std::vector<std::string_view> names;  // sorted
  std::vector<uint32_t> of_item;        // index into names
};
TaskIndex IndexTasks(std::span<const Item> items);

// One item of a resampled run, and how often what it belongs to was drawn before.
struct Draw {
  uint32_t item = 0, time = 0;
};
// Items and their outcomes. `draws` lists what a resampled run is made of; empty: each item, once.
struct ScoredItems {
  std::span<const Item> items;
  std::span<const ItemScore> scores;
  const TaskIndex* tasks = nullptr;  // of the items; null: not made
  std::span<const Draw> draws = {};

  size_t size() const { return draws.empty() ? items.size() : draws.size(); }
  size_t index(size_t i) const { return draws.empty() ? i : draws[i].item; }
  uint32_t time(size_t i) const { return draws.empty() ? 0 : draws[i].time; }
  const Item& item(size_t i) const { return items[index(i)]; }
  const ItemScore& score(size_t i) const { return scores[index(i)]; }
};

// What one task's scored and unparsable items sum up to.
struct TaskTally {
  std::string task;
  double sum = 0;  // of scores, in the items' order
  size_t n = 0;
};
// The scores themselves, in the items' order.
struct TaskScores {
  std::string task;
  std::vector<double> scores;
};

struct PublishedRow {
  std::string_view model;
  double score;             // in the benchmark's unit
  std::string_view source;  // where the figure was printed
};

// Another official way to put the questions, which `--prompt NAME` sends in the place of a
// profile's. The items then have NAME as the field "prompt_form" (FormOf).
struct PromptForm {
  std::string_view name;
  Profile profile;  // whose score reads the replies
};

// How a language model judges the replies whose score the rules leave to one (`--judge URI`).
// Without a judge such an item is skipped; a judge's call that fails makes it failed.
struct JudgeRule {
  std::string_view prompt;  // "confirmed: SOURCE" or "unconfirmed: WHY": of the judge's prompt
  // What the judge is asked about a reply; nothing: BenchmarkInfo::score decides alone. The same
  // request under two profiles is asked once.
  std::optional<Prompt> (*request)(const Item& item, std::string_view reply, Profile profile);
  // The score that the judge's answer makes of the reply.
  ItemScore (*judged)(const Item& item,
                      std::string_view reply,
                      std::string_view verdict,
                      Profile profile);
};

// Everything about one benchmark: benchmarks/registered/x_y.cc is "x-y" on the command line. Its
// first comment has link, version, licence, split sizes, one example of our own in the official
// schema, and the chance score.
struct BenchmarkInfo {
  std::string_view summary;
  std::string_view hub;     // repository on the Hub and what `bench fetch` says to put where
  std::string_view schema;  // "confirmed: SOURCE" or "unconfirmed: WHY"
  std::string_view unit;    // "percent" or "fraction": of overall and published scores
  std::span<const Profile> profiles;
  std::span<const PublishedRow> published = {};
  double chance = std::nan("");  // in the unit; NaN: unknown
  // Calls sink for every item of the data set at `data`, in its order.
  Result<void> (*load)(const Path& data, const std::function<Result<void>(Item)>& sink);
  Prompt (*prompt)(const Item& item, Profile profile);
  std::span<const PromptForm> forms = {};
  ItemScore (*score)(const Item& item, std::string_view reply, Profile profile);
  // null: `from_tasks`, else the mean over items, and by task.
  Scores (*aggregate)(const ScoredItems& run, Profile profile) = nullptr;
  // The gold answer as a reply that the strict rule scores 1, for baseline:oracle; null:
  // Item::answer.
  std::string (*oracle)(const Item& item) = nullptr;
  // What baseline:random chooses from; null: the letters of Item::options.
  std::vector<std::string> (*choices)(const Item& item) = nullptr;
  const JudgeRule* judge = nullptr;  // null: no reply needs a judge
  // What only all replies together give (CIDEr, METEOR; a score that depends on the item before):
  // called once per profile before `aggregate`. It may change the items' scores; its groupings and
  // notes join the report. null: nothing.
  Scores (*corpus)(std::span<const Item> items,
                   std::span<ItemScore> scores,
                   Profile profile,
                   unsigned threads) = nullptr;
  // Items of one key are drawn together when intervals are worked out: the forms of one question.
  // null: each item alone.
  std::string (*drawn_with)(const Item& item) = nullptr;
  // Keys of Item::fields that the mean over items is also reported by; unused with an `aggregate`.
  std::span<const std::string_view> groupings = {};
  // In the place of `aggregate` where everything follows from each task's mean (tasks by name): the
  // intervals of a million items then cost no more than reading them once.
  Scores (*from_tasks)(std::span<const TaskTally> tasks, Profile profile) = nullptr;
};
struct BenchmarkEntry {
  std::string_view name;  // the file's stem: "vsi_bench"
  const BenchmarkInfo& (*info)();
};
std::span<const BenchmarkEntry> Benchmarks();

// By its name on the command line ("vsi-bench"). Errors: kUsage with the nearest name.
Result<const BenchmarkEntry*> FindBenchmark(std::string_view name);
std::string CommandLineName(const BenchmarkEntry& entry);  // "vsi-bench"

// What a run may change about the official prompts: their form, and how media are sent.
struct PromptOptions {
  std::string form = {};  // "": the profile's own
  int frames = 0;         // of a video; 0: as the benchmark says
  int max_side_px = 0;    // of a picture; 0: as the benchmark says
};
// Keeps the form in Item::fields, for prompt and score. Errors: kUsage with the forms there are.
Result<void> SetPromptForm(const BenchmarkInfo& info, std::string_view form, std::span<Item> items);
std::string FormOf(const Item& item);  // "": the profile's own
// BenchmarkInfo::prompt with the options' media rules.
Prompt PromptOf(const BenchmarkInfo& info,
                const Item& item,
                Profile profile,
                const PromptOptions& options);

// The scores of a run by the benchmark's own rule: aggregate, from_tasks or MeanByTask.
Scores AggregateRun(const BenchmarkInfo& info, const ScoredItems& run, Profile profile);
// The tasks of the scored and unparsable items, by name.
std::vector<TaskTally> TallyTasks(const ScoredItems& run);
std::vector<TaskTally> TallyTasks(std::span<const TaskScores> tasks);
// Mean of the scored and unparsable items, and the same by Item::task and by the keys `groupings`
// of Item::fields (items without the field are in none of its groups).
Scores MeanByTask(const ScoredItems& run,
                  std::string_view unit,
                  std::span<const std::string_view> groupings = {});
// Another official rule's score of the same reply, kept in ItemScore::parsed under "variants"; what
// that rule would leave out is not kept. AddVariants adds their means in percent as "variant".
void NoteVariant(std::string_view name, const ItemScore& variant, ItemScore& score);
void AddVariants(const ScoredItems& run, Scores& scores);
// Adds such means by a field of Item::fields, if any item has it.
void AddGrouping(const ScoredItems& run,
                 std::string_view field,
                 Scores& scores,
                 std::string_view unit = "percent");

}  // namespace spatium
