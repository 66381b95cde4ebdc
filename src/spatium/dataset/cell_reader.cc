#include "spatium/dataset/cell_reader.h"

#include <deque>

#include "spatium/base/text.h"
#include "spatium/dataset/parquet.h"

namespace spatium {
namespace {

// Rows that are skipped rather than sought: a new start decodes its row group from the beginning.
constexpr int64_t kSkip = 512;
constexpr int64_t kRowsAtOnce = 8;

size_t BytesOf(const Json& value) {
  if (value.IsString()) return value.AsString().size();
  size_t sum = 0;
  if (value.IsArray())
    for (const Json& item : value.AsArray()) sum += BytesOf(item);
  if (value.IsObject())
    for (const auto& field : value.AsObject()) sum += BytesOf(field.second);
  return sum;
}

const Json* Element(const Json& value, size_t index) {
  if (!value.IsArray()) return index == 0 ? &value : nullptr;
  return index < value.AsArray().size() ? &value.AsArray()[index] : nullptr;
}

}  // namespace

struct CellReader::Cursor {
  std::mutex mutex;
  std::unique_ptr<TableReader> table;
  int64_t next_row = 0;                         // that `table` gives
  std::deque<std::pair<int64_t, Json>> recent;  // rows and their values, the last ones read
  size_t recent_bytes = 0;

  Result<const Json*> ValueOf(const CellPlace& place) {
    for (const auto& [row, value] : recent)
      if (row == place.row) return &value;
    if (!table || place.row < next_row || place.row > next_row + kSkip) {
      SPATIUM_TRY(
          table,
          OpenParquet(
              place.file,
              {.columns = {place.column}, .first_row = place.row, .rows_at_once = kRowsAtOnce}));
      next_row = place.row;
    }
    while (next_row <= place.row) {
      SPATIUM_TRY(auto row, table->Next());
      if (!row)
        return Error{ErrorCode::kNotFound,
                     place.file.string(),
                     StrCat("row ", place.row),
                     StrCat(next_row, " rows")};
      Json& value = row->AsObject()[0].second;
      recent_bytes += BytesOf(value);
      recent.emplace_back(next_row++, std::move(value));
      while (recent_bytes > kCellBytes && recent.size() > 1) {
        recent_bytes -= BytesOf(recent.front().second);
        recent.pop_front();
      }
    }
    return &recent.back().second;
  }
};

Result<std::string> CellReader::Read(const CellPlace& place) {
  std::shared_ptr<Cursor> cursor;
  {
    const std::scoped_lock lock(mutex_);
    auto& slot = cursors_[{place.file, place.column}];
    if (!slot) slot = std::make_shared<Cursor>();
    cursor = slot;
  }
  const std::scoped_lock lock(cursor->mutex);
  SPATIUM_TRY(const Json* value, cursor->ValueOf(place));
  const Json* cell = Element(*value, place.index);
  if (cell != nullptr && cell->IsObject()) cell = cell->Find("bytes");
  if (cell == nullptr || !cell->IsString())
    return Error{ErrorCode::kNotFound,
                 StrCat(place.file.string(), ": row ", place.row, ": ", place.column),
                 "the bytes of a picture",
                 "none"};
  return cell->AsString();
}

}  // namespace spatium
