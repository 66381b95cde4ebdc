#include "spatium/qa/work_item.h"

#include "spatium/base/json.h"
#include "spatium/base/text.h"

namespace spatium {
namespace {

template <class Numbers>
Json NumberList(const Numbers& numbers) {
  Json list = Json::MakeArray();
  for (const auto n : numbers) list.Push(static_cast<int64_t>(n));
  return list;
}

// Fills a list of counts from JSON; the length must fit.
template <class Numbers>
Result<void> ReadNumbers(const JsonCursor& cursor, std::string_view key, Numbers& out) {
  SPATIUM_TRY(const JsonCursor field, cursor.At(key));
  SPATIUM_TRY(const auto items, field.Items());
  if (items.size() != out.size()) return field.Expected(StrCat(out.size(), " numbers"));
  for (size_t i = 0; i < items.size(); ++i) {
    SPATIUM_TRY(const int64_t n, items[i].Int());
    out[i] = static_cast<typename Numbers::value_type>(n);
  }
  return {};
}

}  // namespace

Path WorkItemPath(const Path& out, std::string_view scene, std::string_view task) {
  return out / ".work" / std::string(scene) / StrCat(task, ".part");
}

Result<void> WriteWorkItem(const Path& out, const WorkItem& item) {
  const TaskQuestions& q = item.questions;
  std::array<uint64_t, kAnswerFormats.size()> bytes{};
  size_t total = 0;
  for (size_t i = 0; i < bytes.size(); ++i) total += bytes[i] = q.lines[i].size();
  const Json head = Json::MakeObject({{"digest", item.digest},
                                      {"scene", item.scene},
                                      {"dataset", item.dataset},
                                      {"task", item.task},
                                      {"facts", q.facts},
                                      {"refused", NumberList(q.refused)},
                                      {"lines", NumberList(q.num_lines)},
                                      {"bytes", NumberList(bytes)},
                                      {"frames", NumberList(q.frames)},
                                      {"video", q.video}});
  std::string text = head.Dump();
  text.reserve(text.size() + total + 1);
  text += '\n';
  for (const std::string& lines : q.lines) text += lines;
  return WriteFileAtomic(WorkItemPath(out, item.scene, item.task), text);
}

Result<WorkItem> ReadWorkItem(const Path& out, std::string_view scene, std::string_view task) {
  const Path path = WorkItemPath(out, scene, task);
  SPATIUM_TRY(const std::string text, ReadFile(path));
  const size_t end = text.find('\n');
  if (end == std::string::npos)
    return Error{ErrorCode::kParse, path.string(), "a line of JSON", "no end of line"};
  SPATIUM_TRY(const Json head, Json::Parse(std::string_view(text).substr(0, end), path.string()));
  const JsonCursor cursor(head, path.string());
  WorkItem item;
  const auto string_at = [&](std::string_view key, std::string& into) -> Result<void> {
    SPATIUM_TRY(const JsonCursor field, cursor.At(key));
    SPATIUM_TRY(into, field.String());
    return {};
  };
  SPATIUM_TRY_DO(string_at("digest", item.digest));
  SPATIUM_TRY_DO(string_at("scene", item.scene));
  SPATIUM_TRY_DO(string_at("dataset", item.dataset));
  SPATIUM_TRY_DO(string_at("task", item.task));
  TaskQuestions& q = item.questions;
  SPATIUM_TRY(const JsonCursor facts, cursor.At("facts"));
  SPATIUM_TRY(const int64_t num_facts, facts.Int());
  q.facts = static_cast<uint64_t>(num_facts);
  std::array<uint64_t, kAnswerFormats.size()> bytes{};
  SPATIUM_TRY_DO(ReadNumbers(cursor, "refused", q.refused));
  SPATIUM_TRY_DO(ReadNumbers(cursor, "lines", q.num_lines));
  SPATIUM_TRY_DO(ReadNumbers(cursor, "bytes", bytes));
  SPATIUM_TRY(const JsonCursor frames, cursor.At("frames"));
  SPATIUM_TRY(const auto items, frames.Items());
  q.frames.resize(items.size());
  SPATIUM_TRY_DO(ReadNumbers(cursor, "frames", q.frames));
  SPATIUM_TRY(const JsonCursor video, cursor.At("video"));
  SPATIUM_TRY(q.video, video.Bool());
  size_t from = end + 1;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (from + bytes[i] > text.size())
      return Error{ErrorCode::kParse, path.string(), "all lines of its head", "fewer bytes"};
    q.lines[i] = text.substr(from, bytes[i]);
    from += bytes[i];
  }
  return item;
}

}  // namespace spatium
