#include "spatium/qa/assemble.h"

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <set>

#include "spatium/base/hash.h"
#include "spatium/base/interrupt.h"
#include "spatium/base/text.h"
#include "spatium/qa/line_file.h"
#include "spatium/qa/work_item.h"

namespace spatium {
namespace {

namespace fs = std::filesystem;

Path FormatFolder(const MakeOptions& options,
                  const std::string& dataset,
                  const std::string& task,
                  AnswerFormat format) {
  return options.out / "spar" / dataset / "qa_jsonl" / options.split / task /
         std::string(Name(format));
}

std::string DigestOfParts(const std::vector<WorkItemName>& parts) {
  std::string text;
  for (const WorkItemName& part : parts) text += part.digest;
  return Hex(Hash64(text));
}

struct Assembly {
  MakeSummary summary;
  std::set<Path> files;
  size_t num_parts = 0;
};

// The files of one task and dataset: its scenes one after the other.
Result<void> AssembleTask(const MakeOptions& options,
                          const std::vector<const WorkItemName*>& parts,
                          Assembly& assembly) {
  std::array<std::unique_ptr<CountedLineFile>, kAnswerFormats.size()> files;
  for (const AnswerFormat format : kAnswerFormats)
    files[static_cast<size_t>(format)] = std::make_unique<CountedLineFile>(
        FormatFolder(options, parts[0]->dataset, parts[0]->task, format),
        std::string(Name(format)));
  for (const WorkItemName* part : parts) {
    SPATIUM_TRY_DO(CheckStop("qa make"));
    auto item = ReadWorkItem(options.out, part->scene, part->task);
    if (!item || item->digest != part->digest) continue;  // another shard's, not there yet
    ++assembly.num_parts;
    assembly.summary.Add(part->task, item->questions);
    for (size_t i = 0; i < files.size(); ++i)
      SPATIUM_TRY_DO(files[i]->Append(item->questions.lines[i], item->questions.num_lines[i]));
  }
  for (const auto& file : files) {
    SPATIUM_TRY(Path path, file->Commit());
    if (!path.empty()) assembly.files.insert(std::move(path));
  }
  return {};
}

// Removes the question files of an earlier run or state, and what killed runs left.
Result<void> RemoveStale(const MakeOptions& options, const std::set<Path>& files) {
  std::error_code error;
  std::vector<Path> stale;
  for (const auto& dataset : fs::directory_iterator(options.out / "spar", error)) {
    const Path split = dataset.path() / "qa_jsonl" / options.split;
    std::error_code absent;
    for (const auto& entry : fs::recursive_directory_iterator(split, absent))
      if (entry.is_regular_file() && !files.contains(entry.path())) stale.push_back(entry.path());
    if (options.shard.count > 1) continue;  // another shard may be writing a picture
    const Path images = dataset.path() / "images";
    for (const auto& entry : fs::recursive_directory_iterator(images, absent)) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with(".") && name.find(".tmp-") != std::string::npos)
        stale.push_back(entry.path());
    }
  }
  if (options.shard.count == 1)
    for (const auto& entry : fs::directory_iterator(options.out, error))
      if (entry.path().filename().string().starts_with(".run.json.tmp-"))
        stale.push_back(entry.path());
  for (const Path& path : stale) fs::remove(path, error);
  // Folders that hold nothing any more: formats and tasks that an earlier run had.
  for (const auto& dataset : fs::directory_iterator(options.out / "spar", error)) {
    std::vector<Path> folders;
    std::error_code absent;
    for (const auto& entry :
         fs::recursive_directory_iterator(dataset.path() / "qa_jsonl" / options.split, absent))
      if (entry.is_directory()) folders.push_back(entry.path());
    for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder)
      if (fs::is_empty(*folder, error)) fs::remove(*folder, error);
  }
  return {};
}

Path RunRecord(const MakeOptions& options) { return options.out / "run.json"; }

}  // namespace

Result<MakeSummary> Assemble(const MakeOptions& options,
                             const WorkClaim& claim,
                             const std::vector<WorkItemName>& parts) {
  const Path work = options.out / ".work";
  Assembly assembly;
  {
    // Shards may be at work side by side.
    const WorkClaim::Turn turn = claim.Alone();
    std::map<std::pair<std::string, std::string>, std::vector<const WorkItemName*>> by_task;
    for (const WorkItemName& part : parts) by_task[{part.dataset, part.task}].push_back(&part);
    for (const auto& [key, own] : by_task) SPATIUM_TRY_DO(AssembleTask(options, own, assembly));
    SPATIUM_TRY_DO(RemoveStale(options, assembly.files));
    Json record = assembly.summary.ToJson();
    record.Set("options", options.Record());
    record.Set("pictures", options.pictures);
    record.Set("version", SPATIUM_VERSION);
    record.Set("complete", assembly.num_parts == parts.size());
    record.Set("parts", DigestOfParts(parts));
    SPATIUM_TRY_DO(WriteFileAtomic(RunRecord(options), record.DumpPretty() + "\n"));
  }
  std::error_code error;
  if (options.shard.count == 1) fs::remove_all(work, error);
  return assembly.summary;
}

std::optional<MakeSummary> FinishedRun(const MakeOptions& options,
                                       const std::vector<WorkItemName>& parts) {
  std::error_code error;
  if (options.shard.count > 1) return std::nullopt;
  if (const Path work = options.out / ".work"; !fs::is_empty(work, error) || error)
    return std::nullopt;
  const auto record = ReadJsonFile(RunRecord(options));
  if (!record) return std::nullopt;
  const Json* complete = record->Find("complete");
  const Json* digest = record->Find("parts");
  if (!complete || !(*complete == Json(true)) || !digest ||
      !(*digest == Json(DigestOfParts(parts))))
    return std::nullopt;
  // A run without pictures is not done when they are asked for.
  const Json* pictures = record->Find("pictures");
  if (options.pictures && !(pictures && *pictures == Json(true))) return std::nullopt;
  auto summary = MakeSummary::FromJson(JsonCursor(*record, RunRecord(options).string()));
  if (!summary) return std::nullopt;
  // The files are there, each with the number of lines that its name says it has.
  std::map<std::string, uint64_t> lines;
  for (const auto& dataset : fs::directory_iterator(options.out / "spar", error))
    for (const auto& [task, counts] : summary->by_task)
      for (const AnswerFormat format : kAnswerFormats) {
        const Path folder = FormatFolder(options, dataset.path().filename().string(), task, format);
        std::error_code absent;
        for (const auto& file : fs::directory_iterator(folder, absent)) {
          const std::string stem = file.path().stem().string();
          const auto n = ParseInt(std::string_view(stem).substr(stem.find('_') + 1));
          lines[task + "/" + std::string(Name(format))] += n ? static_cast<uint64_t>(*n) : 0;
        }
      }
  for (const auto& [task, counts] : summary->by_task)
    for (const AnswerFormat format : kAnswerFormats)
      if (lines[task + "/" + std::string(Name(format))] !=
          counts.questions[static_cast<size_t>(format)])
        return std::nullopt;
  fs::remove_all(options.out / ".work", error);
  return std::move(*summary);
}

}  // namespace spatium
