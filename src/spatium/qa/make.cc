#include "spatium/qa/make.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <set>

#include "spatium/base/hash.h"
#include "spatium/base/interrupt.h"
#include "spatium/base/parallel.h"
#include "spatium/base/progress.h"
#include "spatium/base/text.h"
#include "spatium/base/work_claim.h"
#include "spatium/qa/assemble.h"
#include "spatium/qa/generate.h"
#include "spatium/qa/pictures.h"
#include "spatium/qa/work_item.h"
#include "spatium/scene/store.h"
#include "spatium/visibility/visibility.h"

namespace spatium {
namespace {

// Raise it when the same options give other bytes than before.
constexpr int kGeneratorVersion = 2;

struct Input {
  Path store;
  std::string scene, dataset, content_key;
};

std::vector<const TaskEntry*> TasksOf(const MakeOptions& options) {
  std::vector<const TaskEntry*> tasks;
  for (const TaskEntry& entry : Tasks())
    if (options.tasks.empty() ||
        std::ranges::find(options.tasks, entry.name) != options.tasks.end())
      tasks.push_back(&entry);
  return tasks;
}

std::vector<AnswerFormat> FormatsOf(const MakeOptions& options) {
  std::vector<AnswerFormat> formats;
  for (const AnswerFormat format : kAnswerFormats)
    if (options.formats.empty() ||
        std::ranges::find(options.formats, format) != options.formats.end())
      formats.push_back(format);
  return formats;
}

// Opens every store once, to know its scene; sorted by scene id, so that the order in which
// stores were named has no effect.
Result<std::vector<Input>> ListInputs(const MakeOptions& options) {
  std::vector<Input> inputs;
  for (const Path& path : options.stores) {
    SPATIUM_TRY(const SceneStore store, SceneStore::Open(path, false));
    inputs.push_back({path, store.scene().id, store.scene().dataset, store.content_key()});
  }
  std::ranges::sort(inputs, NaturalLess, &Input::scene);
  for (size_t i = 1; i < inputs.size(); ++i)
    if (inputs[i].scene == inputs[i - 1].scene)
      return Error{ErrorCode::kBadValue,
                   inputs[i].store.string(),
                   "scenes of different names",
                   StrCat("\"", inputs[i].scene, "\" is also in ", inputs[i - 1].store.string())};
  if (options.limit && static_cast<size_t>(*options.limit) < inputs.size())
    inputs.resize(static_cast<size_t>(*options.limit));
  return inputs;
}

// Work is dealt by scene where there are enough of them, else by (scene, task).
bool InShard(
    const MakeOptions& options, size_t num_scenes, size_t scene, size_t task, size_t num_tasks) {
  return options.shard.Has(num_scenes >= options.shard.count ? scene : scene * num_tasks + task);
}

std::string DigestOf(const MakeOptions& options, const Input& input, std::string_view task) {
  return Hex(Hash64(StrCat(kGeneratorVersion,
                           "|",
                           SPATIUM_VERSION,
                           "|",
                           options.Record().Dump(),
                           "|",
                           input.content_key,
                           "|",
                           input.scene,
                           "|",
                           input.dataset,
                           "|",
                           task)));
}

struct LoadedScene {
  SceneStore store;
  QaScene scene;
};

Result<LoadedScene> Load(const Path& path, unsigned threads, bool write_cache = true) {
  SPATIUM_TRY(SceneStore store, SceneStore::Open(path));
  SPATIUM_TRY(
      const std::vector<Visibility> visibility,
      LoadAllVisibility(store, {.method = {}, .threads = threads, .write_cache = write_cache}));
  SPATIUM_TRY(QaScene scene,
              BuildQaScene(
                  store.scene(),
                  visibility,
                  [&](const Frame& frame) -> Result<MetricDepth> {
                    if (frame.depth_path.empty()) return MetricDepth{};
                    return store.ReadMetricDepth(frame);
                  },
                  threads));
  return LoadedScene{std::move(store), std::move(scene)};
}

// What one run does: its inputs, tasks and formats, and which results are still missing.
class Maker {
 public:
  explicit Maker(const MakeOptions& options)
      : options_(options), tasks_(TasksOf(options)), formats_(FormatsOf(options)) {}

  Result<MakeSummary> Run() {
    SPATIUM_TRY(inputs_, ListInputs(options_));
    SPATIUM_TRY(const WorkClaim claim, WorkClaim::OnFolder(options_.out, options_.shard));
    SPATIUM_TRY_DO(MakeFolder(options_.out / ".work"));
    size_t items = 0;
    for (size_t i = 0; i < inputs_.size(); ++i) items += ItemsOf(i).size();
    if (auto finished = FinishedRun(options_, Parts())) return std::move(*finished);
    Progress progress("qa make", items);
    for (size_t i = 0; i < inputs_.size(); ++i) SPATIUM_TRY_DO(MakeScene(i, progress));
    return Assemble(options_, claim, Parts());
  }

  Result<MakeSummary> Plan() {
    MakeSummary summary;
    uint64_t pictures = 0, bytes = 0;
    SPATIUM_TRY(inputs_, ListInputs(options_));
    for (size_t i = 0; i < inputs_.size(); ++i) {
      const auto items = ItemsOf(i);
      if (items.empty()) continue;
      SPATIUM_TRY_DO(CheckStop("qa make"));
      SPATIUM_TRY(const LoadedScene loaded, Load(inputs_[i].store, options_.threads, false));
      std::set<int32_t> frames;
      for (const TaskEntry* task : items) {
        const auto questions = GenerateTask(loaded.scene, *task, formats_, Generation());
        frames.insert(questions.frames.begin(), questions.frames.end());
        for (const std::string& lines : questions.lines) bytes += lines.size();
        summary.Add(task->name, questions);
      }
      pictures += frames.size();
    }
    // Measured on one core: a picture with its depth is copied and re-encoded in about 20 ms and
    // takes 0.5 MB, a scene's visibility takes about 1 s, a question 5 us.
    constexpr double kPicture_s = 0.02, kScene_s = 1, kQuestion_s = 5e-6, kPicture_MB = 0.5;
    const double with_pictures = options_.pictures ? static_cast<double>(pictures) : 0;
    summary.cost = MakeCost{
        .pictures = options_.pictures ? pictures : 0,
        .seconds = kPicture_s * with_pictures + kScene_s * static_cast<double>(inputs_.size()) +
                   kQuestion_s * static_cast<double>(summary.questions()),
        .megabytes = kPicture_MB * with_pictures + 1e-6 * static_cast<double>(bytes)};
    return summary;
  }

 private:
  GenerateOptions Generation() const {
    return {
        .seed = options_.seed, .per_task = options_.per_task, .provenance = options_.provenance};
  }

  // The tasks of this shard about a scene.
  std::vector<const TaskEntry*> ItemsOf(size_t scene) const {
    std::vector<const TaskEntry*> items;
    for (size_t t = 0; t < tasks_.size(); ++t)
      if (InShard(options_, inputs_.size(), scene, t, tasks_.size())) items.push_back(tasks_[t]);
    return items;
  }

  // The results that are not there from an earlier run.
  std::vector<const TaskEntry*> MissingOf(size_t scene) const {
    std::vector<const TaskEntry*> missing;
    for (const TaskEntry* task : ItemsOf(scene)) {
      const auto item = ReadWorkItem(options_.out, inputs_[scene].scene, task->name);
      if (!item || item->digest != DigestOf(options_, inputs_[scene], task->name))
        missing.push_back(task);
    }
    return missing;
  }

  Result<void> MakeScene(size_t index, Progress& progress) {
    SPATIUM_TRY_DO(CheckStop("qa make"));
    const Input& input = inputs_[index];
    const auto items = ItemsOf(index);
    if (items.empty()) return {};
    const auto missing = MissingOf(index);
    progress.Add(items.size() - missing.size());
    if (missing.empty() && PicturesDone(index, items)) return {};
    SPATIUM_TRY(const LoadedScene loaded, Load(input.store, options_.threads));
    std::mutex mutex;
    std::optional<Error> failed;
    ParallelFor(missing.size(), options_.threads, [&](size_t i) {
      if (StopRequested()) return;
      WorkItem item{.scene = input.scene,
                    .dataset = input.dataset,
                    .task = std::string(missing[i]->name),
                    .digest = DigestOf(options_, input, missing[i]->name),
                    .questions = GenerateTask(loaded.scene, *missing[i], formats_, Generation())};
      auto written = WriteWorkItem(options_.out, item);
      progress.Add();
      if (written) return;
      const std::lock_guard lock(mutex);
      failed = std::move(written).error();
    });
    if (failed) return std::move(*failed);
    SPATIUM_TRY_DO(CheckStop("qa make"));
    return options_.pictures ? Pictures(index, items, loaded) : Result<void>{};
  }

  // A mark of a scene whose pictures are complete; it names what it was made for.
  Path PicturesMark(size_t index) const {
    return options_.out / ".work" / inputs_[index].scene / "pictures";
  }
  std::string PicturesDigest(size_t index, const std::vector<const TaskEntry*>& items) const {
    std::string text;
    for (const TaskEntry* task : items) text += DigestOf(options_, inputs_[index], task->name);
    return Hex(Hash64(text));
  }
  bool PicturesDone(size_t index, const std::vector<const TaskEntry*>& items) const {
    if (!options_.pictures) return true;
    const auto mark = ReadFile(PicturesMark(index));
    return mark && *mark == PicturesDigest(index, items);
  }

  Result<void> Pictures(size_t index,
                        const std::vector<const TaskEntry*>& items,
                        const LoadedScene& loaded) {
    std::set<int32_t> frames;
    bool video = false;
    for (const TaskEntry* task : items) {
      SPATIUM_TRY(const WorkItem item,
                  ReadWorkItem(options_.out, inputs_[index].scene, task->name));
      frames.insert(item.questions.frames.begin(), item.questions.frames.end());
      video |= item.questions.video;
    }
    const std::vector<int32_t> list(frames.begin(), frames.end());
    const Path folder =
        options_.out / "spar" / inputs_[index].dataset / "images" / inputs_[index].scene;
    SPATIUM_TRY(const uint64_t written,
                WritePictures(loaded.store,
                              loaded.scene,
                              {.frames = list, .video = video},
                              folder,
                              options_.threads));
    (void)written;
    return WriteFileAtomic(PicturesMark(index), PicturesDigest(index, items));
  }

  // Every result that belongs to this run of all shards and is there.
  std::vector<WorkItemName> Parts() const {
    std::vector<WorkItemName> parts;
    for (const Input& input : inputs_)
      for (const TaskEntry* task : tasks_)
        parts.push_back({input.scene,
                         input.dataset,
                         std::string(task->name),
                         DigestOf(options_, input, task->name)});
    return parts;
  }

  const MakeOptions& options_;
  std::vector<const TaskEntry*> tasks_;
  std::vector<AnswerFormat> formats_;
  std::vector<Input> inputs_;
};

}  // namespace

Json MakeOptions::Record() const {
  Json record;
  record.Set("seed", static_cast<int64_t>(seed));
  Json task_names = Json::MakeArray(), format_names = Json::MakeArray();
  for (const TaskEntry* task : TasksOf(*this)) task_names.Push(task->name);
  for (const AnswerFormat format : FormatsOf(*this)) format_names.Push(Name(format));
  record.Set("tasks", std::move(task_names));
  record.Set("formats", std::move(format_names));
  record.Set("per_task", per_task ? Json(*per_task) : Json("all"));
  record.Set("provenance",
             provenance == ProvenanceDetail::kFull  ? "full"
             : provenance == ProvenanceDetail::kIds ? "ids"
                                                    : "none");
  record.Set("split", split);
  return record;
}

Result<MakeSummary> MakeQuestions(const MakeOptions& options) { return Maker(options).Run(); }
Result<MakeSummary> PlanQuestions(const MakeOptions& options) { return Maker(options).Plan(); }

uint64_t MakeSummary::questions() const {
  uint64_t total = 0;
  for (const auto& [task, counts] : by_task)
    for (const uint64_t n : counts.questions) total += n;
  return total;
}

void MakeSummary::Add(std::string_view task, const TaskQuestions& questions) {
  TaskCounts& counts = by_task[std::string(task)];
  counts.facts += questions.facts;
  for (size_t i = 0; i < counts.questions.size(); ++i)
    counts.questions[i] += questions.num_lines[i];
  for (size_t i = 0; i < kNumRefusals; ++i) counts.refused[i] += questions.refused[i];
}

Result<MakeSummary> MakeSummary::FromJson(const JsonCursor& cursor) {
  MakeSummary summary;
  SPATIUM_TRY(const JsonCursor tasks, cursor.At("by_task"));
  SPATIUM_TRY(const JsonCursor refused, cursor.At("refused"));
  if (!tasks.value().IsObject() || !refused.value().IsObject()) return tasks.Expected("objects");
  for (const auto& [name, value] : tasks.value().AsObject()) {
    TaskCounts& counts = summary.by_task[name];
    const JsonCursor row(value, tasks.path() + "." + name);
    const auto count_at = [&](std::string_view key, uint64_t& into) -> Result<void> {
      SPATIUM_TRY(const JsonCursor field, row.At(key));
      SPATIUM_TRY(const int64_t n, field.Int());
      into = static_cast<uint64_t>(n);
      return {};
    };
    SPATIUM_TRY_DO(count_at("facts", counts.facts));
    for (const AnswerFormat format : kAnswerFormats)
      SPATIUM_TRY_DO(count_at(Name(format), counts.questions[static_cast<size_t>(format)]));
    const Json* reasons = refused.value().Find(name);
    for (size_t i = 0; reasons != nullptr && i < kNumRefusals; ++i)
      if (const Json* n = reasons->Find(Name(static_cast<Refusal>(i))); n && n->IsInt())
        counts.refused[i] = static_cast<uint64_t>(n->AsInt());
  }
  return summary;
}

Json MakeSummary::ToJson() const {
  Json tasks = Json(Json::Object{}), refused = Json(Json::Object{});
  for (const auto& [task, counts] : by_task) {
    Json row = Json::MakeObject({{"facts", counts.facts}});
    for (const AnswerFormat format : kAnswerFormats)
      row.Set(Name(format), counts.questions[static_cast<size_t>(format)]);
    tasks.Set(task, std::move(row));
    Json reasons = Json(Json::Object{});
    for (size_t i = 1; i < kNumRefusals; ++i)
      if (counts.refused[i] > 0) reasons.Set(Name(static_cast<Refusal>(i)), counts.refused[i]);
    refused.Set(task, std::move(reasons));
  }
  Json json = Json::MakeObject(
      {{"questions", questions()}, {"by_task", std::move(tasks)}, {"refused", std::move(refused)}});
  if (!cost) return json;
  json.Set("dry_run", true);
  json.Set("pictures", cost->pictures);
  json.Set("seconds", std::ceil(cost->seconds));
  json.Set("megabytes", std::ceil(cost->megabytes));
  return json;
}

}  // namespace spatium
