#include "spatium/readers/label_table.h"

#include <algorithm>

#include "spatium/base/text.h"

namespace spatium {

Result<LabelTable> LabelTable::Read(const Path& path) {
  SPATIUM_TRY(const std::string text, ReadFile(path));
  return Parse(text, path.string());
}

Result<LabelTable> LabelTable::Parse(std::string_view text, std::string_view where) {
  LabelTable table;
  size_t raw = 0, category = 0;
  int64_t number = 0;
  for (std::string_view line : Split(text, '\n')) {
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (Trim(line).empty()) continue;
    const auto cells = Split(line, '\t');
    if (number == 1) {
      const auto column = [&](std::string_view name) {
        return static_cast<size_t>(std::find(cells.begin(), cells.end(), name) - cells.begin());
      };
      raw = column("raw_category");
      category = column("category");
      if (raw == cells.size() || category == cells.size())
        return Error{ErrorCode::kParse,
                     StrCat(where, ":1"),
                     "a header with the columns raw_category and category, split by tabs",
                     Quote(line)};
      continue;
    }
    if (cells.size() <= std::max(raw, category))
      return Error{ErrorCode::kParse,
                   StrCat(where, ":", number),
                   StrCat("at least ", std::max(raw, category) + 1, " columns"),
                   StrCat(cells.size())};
    if (Trim(cells[category]).empty()) continue;
    table.category_.emplace(ToLower(Trim(cells[raw])), ToLower(Trim(cells[category])));
  }
  if (table.category_.empty())
    return Error{ErrorCode::kParse, std::string(where), "at least one label", "none"};
  return table;
}

std::optional<std::string> LabelTable::Category(std::string_view label) const {
  const auto it = category_.find(ToLower(Trim(label)));
  if (it == category_.end()) return std::nullopt;
  return it->second;
}

}  // namespace spatium
