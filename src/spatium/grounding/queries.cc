#include "spatium/grounding/queries.h"

#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/dataset/table.h"

namespace spatium {
namespace {

const Json* FirstOf(const Json& row, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys)
    if (const Json* value = row.Find(key)) return value;
  return nullptr;
}

std::optional<int> AsInt(const Json* value) {
  if (value == nullptr) return std::nullopt;
  if (value->IsInt()) return static_cast<int>(value->AsInt());
  if (value->IsString())
    if (const auto n = ParseInt(Trim(value->AsString()))) return static_cast<int>(*n);
  return std::nullopt;
}

std::optional<bool> AsBool(const Json* value) {
  if (value == nullptr || !value->IsBool()) return std::nullopt;
  return value->AsBool();
}

// "scene0011_00-chair-4-12-3-7-9": the number after the label counts the objects of that class.
std::optional<bool> EasyFromStimulus(const Json* stimulus) {
  if (stimulus == nullptr || !stimulus->IsString()) return std::nullopt;
  const auto pieces = Split(stimulus->AsString(), '-');
  if (pieces.size() < 4) return std::nullopt;
  const auto n = ParseInt(pieces[2]);
  if (!n) return std::nullopt;
  return *n <= 2;
}

}  // namespace

bool IsViewDependent(std::string_view caption) {
  static constexpr std::string_view kWords[] = {"front",
                                                "behind",
                                                "back",
                                                "right",
                                                "left",
                                                "facing",
                                                "leftmost",
                                                "rightmost",
                                                "looking",
                                                "across"};
  std::string word;
  for (size_t i = 0; i <= caption.size(); ++i) {
    const char c = i < caption.size() ? static_cast<char>(caption[i] | 32) : ' ';
    if (c >= 'a' && c <= 'z') {
      word += c;
    } else {
      if (std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords)) return true;
      word.clear();
    }
  }
  return false;
}

Result<QueryFile> ReadQueries(const Path& file) {
  SPATIUM_TRY(const auto table, OpenTable(file));
  QueryFile out;
  SPATIUM_TRY_DO(ForEachRow(*table, [&](const Json& row) -> Result<void> {
    const std::string where = StrCat(file.string(), ": row ", out.queries.size());
    const Json* scan = FirstOf(row, {"scan_id", "scene_id"});
    const Json* caption = FirstOf(row, {"caption", "description", "utterance", "query"});
    if (scan == nullptr || !scan->IsString() || caption == nullptr || !caption->IsString())
      return Error{ErrorCode::kBadValue,
                   where,
                   "scan_id (or scene_id) and caption (or description, utterance)",
                   row.Dump().substr(0, 100)};
    out.queries.push_back({.scan_id = scan->AsString(), .caption = caption->AsString()});
    QueryTruth truth{.target_id = AsInt(FirstOf(row, {"target_id", "object_id"})),
                     .easy = AsBool(row.Find("easy")),
                     .view_dependent = AsBool(row.Find("view_dep")),
                     .label = {}};
    if (!truth.easy) truth.easy = EasyFromStimulus(row.Find("stimulus_id"));
    if (!truth.view_dependent) truth.view_dependent = IsViewDependent(caption->AsString());
    if (const Json* label = FirstOf(row, {"object_name", "instance_type"});
        label != nullptr && label->IsString())
      truth.label = label->AsString();
    out.truths.push_back(std::move(truth));
    return {};
  }));
  return out;
}

}  // namespace spatium
