#include "spatium/dataset/csv.h"

#include "spatium/base/text.h"
#include "spatium/base/utf8.h"

namespace spatium {
namespace {

// Reads one row's cells from `text` at `at`; leaves `at` after its newline.
Result<std::vector<std::string>> ReadCells(
    std::string_view text, char separator, size_t& at, int64_t& line, std::string_view where) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  const int64_t first_line = line;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n') ++line;
    if (quoted) {
      if (c != '"') {
        cells.back() += c;
      } else if (at + 1 < text.size() && text[at + 1] == '"') {
        cells.back() += '"';
        ++at;
      } else {
        quoted = false;
      }
    } else if (c == '"' && cells.back().empty()) {
      quoted = true;
    } else if (c == separator) {
      cells.emplace_back();
    } else if (c == '\n') {
      ++at;
      return cells;
    } else if (c != '\r' || (at + 1 < text.size() && text[at + 1] != '\n')) {
      cells.back() += c;
    }
  }
  if (quoted)
    return Error{ErrorCode::kParse,
                 StrCat(where, ":", first_line),
                 "a closing quote",
                 "the end of the file"};
  return cells;
}

}  // namespace

Result<Json::Array> ParseCsv(std::string_view text, char separator, std::string_view where) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!IsUtf8(text)) {
    size_t line = 1;
    for (const std::string_view one : Split(text, '\n')) {
      if (!IsUtf8(one))
        return Error{ErrorCode::kParse, StrCat(where, ":", line), "UTF-8", Quote(one, 60)};
      ++line;
    }
  }
  Json::Array rows;
  std::vector<std::string> header;
  size_t at = 0;
  for (int64_t line = 1; at < text.size();) {
    const int64_t first_line = line;
    SPATIUM_TRY(auto cells, ReadCells(text, separator, at, line, where));
    if (cells.size() == 1 && cells[0].empty()) continue;
    if (header.empty()) {
      header = std::move(cells);
      continue;
    }
    if (cells.size() != header.size())
      return Error{ErrorCode::kParse,
                   StrCat(where, ":", first_line),
                   StrCat(header.size(), " cells, as in the header"),
                   StrCat(cells.size())};
    Json::Object row;
    for (size_t i = 0; i < cells.size(); ++i) row.emplace_back(header[i], std::move(cells[i]));
    rows.emplace_back(std::move(row));
  }
  return rows;
}

}  // namespace spatium
