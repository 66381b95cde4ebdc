#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/json.h"
#include "spatium/base/result.h"

namespace spatium {

// A table read row by row, whatever file it is in. A row is an object; a binary cell (an embedded
// picture) is a string of raw bytes; nested structs and lists are objects and arrays.
class TableReader {
 public:
  virtual ~TableReader() = default;
  // The next row, or nothing at the end. Errors: kParse, kIo with file and row.
  virtual Result<std::optional<Json>> Next() = 0;
};

// Opens one file by its ending: .parquet (needs the Parquet plug-in), .jsonl / .ndjson, .json (an
// array of objects; an object of which one member is such an array, {"info":…,"questions":[…]}; or
// an object whose values are rows: the key then becomes the field "_key"), .csv, .tsv (with a
// header line; RFC 4180 quotes).
Result<std::unique_ptr<TableReader>> OpenTable(const Path& file);
// The same for a table in memory (a member of an archive), by the ending of its name; not .parquet.
Result<std::unique_ptr<TableReader>> OpenTableText(std::string text,
                                                   std::string_view ending,
                                                   const std::string& where);

// The files of a split in their order, as the Hub ships them: PATH itself if it is a file; else
// PATH, PATH/data, PATH/CONFIG or PATH/data/CONFIG searched for SPLIT-*.parquet, SPLIT.parquet,
// SPLIT.jsonl, SPLIT.json, SPLIT.csv, SPLIT.tsv. Errors: kNotFound naming what was looked for.
Result<std::vector<Path>> FindSplit(const Path& path,
                                    std::string_view config,
                                    std::string_view split);
// All of them as one table.
Result<std::unique_ptr<TableReader>> OpenSplit(const Path& path,
                                               std::string_view config,
                                               std::string_view split);

// Calls fn for each row.
Result<void> ForEachRow(TableReader& table, const std::function<Result<void>(const Json&)>& fn);

}  // namespace spatium
