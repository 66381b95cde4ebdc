#include "spatium/dataset/question_set.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <tuple>

#include "spatium/base/hash.h"
#include "spatium/base/text.h"

namespace spatium {
namespace {

// Sub-folders in natural order; nothing if `folder` is not there.
Result<std::vector<std::string>> SubFolders(const Path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) return names;
  SPATIUM_TRY(const auto all, ListFolder(folder));
  for (const std::string& name : all)
    if (std::filesystem::is_directory(folder / name, error)) names.push_back(name);
  return names;
}

Result<std::vector<QuestionPlace>> QuestionFiles(const Path& out) {
  std::error_code error;
  const Path root = std::filesystem::is_directory(out / "spar", error) ? out / "spar" : out;
  if (!std::filesystem::is_directory(root, error))
    return Error{ErrorCode::kNotFound, out.string(), "a folder of questions", "nothing"};
  std::vector<QuestionPlace> files;
  SPATIUM_TRY(const auto datasets, SubFolders(root));
  for (const std::string& dataset : datasets) {
    const Path qa = root / dataset / "qa_jsonl";
    SPATIUM_TRY(const auto splits, SubFolders(qa));
    for (const std::string& split : splits) {
      SPATIUM_TRY(const auto tasks, SubFolders(qa / split));
      for (const std::string& task : tasks) {
        SPATIUM_TRY(const auto formats, SubFolders(qa / split / task));
        for (const std::string& format : formats) {
          SPATIUM_TRY(const auto names, ListFolder(qa / split / task / format));
          for (const std::string& name : names)
            if (name.ends_with(".jsonl"))
              files.push_back({.dataset = dataset,
                               .split = split,
                               .task = task,
                               .format = format,
                               .file = qa / split / task / format / name,
                               .line = 0,
                               .images = root / dataset / "images"});
        }
      }
    }
  }
  if (files.empty())
    return Error{ErrorCode::kNotFound,
                 out.string(),
                 "question files at spar/DATASET/qa_jsonl/SPLIT/TASK/FORMAT/*.jsonl",
                 "none"};
  return files;
}

std::string Turn(const Json& record, size_t index) {
  const Json* turns = record.Find("conversations");
  if (!turns || !turns->IsArray() || turns->AsArray().size() <= index) return "";
  const Json* value = turns->AsArray()[index].Find("value");
  if (!value) return "";
  if (!value->IsString()) return value->Dump();
  std::string text = ReplaceAll(value->AsString(), "<image>", "");
  return std::string(Trim(text));
}

Result<PlacedQuestion> Parse(const QuestionPlace& place, std::string_view line) {
  SPATIUM_TRY(Json record, Json::Parse(line, StrCat(place.file.string(), ":", place.line)));
  if (!record.IsObject())
    return Error{ErrorCode::kParse,
                 StrCat(place.file.string(), ":", place.line),
                 "a JSON object",
                 Quote(line, 40)};
  return PlacedQuestion{place, std::move(record)};
}

}  // namespace

std::string PlacedQuestion::id() const {
  const Json* id = record.Find("id");
  return !id ? "" : id->IsString() ? id->AsString() : id->Dump();
}

std::string PlacedQuestion::question() const { return Turn(record, 0); }

std::string PlacedQuestion::answer() const { return Turn(record, 1); }

std::vector<std::string> PlacedQuestion::images() const {
  std::vector<std::string> paths;
  const Json* images = record.Find("image");
  if (images && images->IsString()) paths.push_back(images->AsString());
  if (images && images->IsArray())
    for (const Json& image : images->AsArray())
      if (image.IsString()) paths.push_back(image.AsString());
  return paths;
}

Result<void> ForEachQuestionLine(
    const Path& out,
    const std::function<Result<void>(const QuestionPlace&, std::string_view)>& fn) {
  SPATIUM_TRY(std::vector<QuestionPlace> files, QuestionFiles(out));
  for (QuestionPlace& place : files) {
    SPATIUM_TRY_DO(
        ForEachLine(place.file, [&](int64_t line, std::string_view text) -> Result<void> {
          if (Trim(text).empty()) return {};
          place.line = line;
          return fn(place, text);
        }));
  }
  return {};
}

Result<std::vector<PlacedQuestion>> SampleQuestions(const Path& out, size_t n, uint64_t seed) {
  struct Candidate {
    uint64_t hash;
    QuestionPlace place;
    std::string line;
    bool operator<(const Candidate& other) const {
      return std::tie(hash, line) < std::tie(other.hash, other.line);
    }
  };
  // The lines with the least hashes of each task and format, as a heap with the greatest on top.
  std::map<std::pair<std::string, std::string>, std::vector<Candidate>> groups;
  if (n == 0) return std::vector<PlacedQuestion>{};
  SPATIUM_TRY_DO(ForEachQuestionLine(
      out, [&](const QuestionPlace& place, std::string_view line) -> Result<void> {
        std::vector<Candidate>& heap = groups[{place.task, place.format}];
        const uint64_t hash = Hash64(line, seed);
        if (heap.size() == n && hash > heap.front().hash) return {};
        heap.push_back({hash, place, std::string(line)});
        std::ranges::push_heap(heap, std::less<>{});
        if (heap.size() > n) {
          std::ranges::pop_heap(heap, std::less<>{});
          heap.pop_back();
        }
        return {};
      }));
  for (auto& [key, heap] : groups) std::ranges::sort_heap(heap, std::less<>{});
  std::vector<const Candidate*> chosen;
  for (size_t round = 0; chosen.size() < n; ++round) {
    const size_t before = chosen.size();
    for (const auto& [key, sorted] : groups)
      if (round < sorted.size() && chosen.size() < n) chosen.push_back(&sorted[round]);
    if (chosen.size() == before) break;
  }
  std::ranges::sort(chosen, std::less<>{}, [](const Candidate* c) {
    return std::tie(c->place.task, c->place.format, c->place.file, c->place.line);
  });
  std::vector<PlacedQuestion> questions;
  for (const Candidate* candidate : chosen) {
    SPATIUM_TRY(PlacedQuestion question, Parse(candidate->place, candidate->line));
    questions.push_back(std::move(question));
  }
  return questions;
}

Result<std::vector<PlacedQuestion>> FindQuestions(const Path& out, std::string_view id) {
  std::vector<PlacedQuestion> found;
  SPATIUM_TRY_DO(ForEachQuestionLine(
      out, [&](const QuestionPlace& place, std::string_view line) -> Result<void> {
        if (line.find(id) == std::string_view::npos) return {};
        SPATIUM_TRY(PlacedQuestion question, Parse(place, line));
        const Json* provenance = question.record.Find("provenance");
        const Json* key = provenance ? provenance->Find("key") : nullptr;
        if (question.id() == id || (key && key->IsString() && key->AsString() == id))
          found.push_back(std::move(question));
        return {};
      }));
  if (found.empty())
    return Error{ErrorCode::kNotFound, out.string(), StrCat("a question ", Quote(id)), "none"};
  return found;
}

}  // namespace spatium
