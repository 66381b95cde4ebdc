#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/json.h"
#include "spatium/base/result.h"
#include "spatium/benchmarks/item.h"

namespace spatium {

// A table of a benchmark: CONFIG/SPLIT-*.parquet, SPLIT.jsonl and so on (dataset/table.h).
struct TableName {
  std::string_view config;  // "": none
  std::string_view split;
};

// A benchmark's files as the Hub ships them: tables and media lie in the folder, or inside archives
// (.zip, .tar, .tar.gz, .part_aa) that lie in it. Archives are listed when something is not found
// beside them.
class DataFolder {
 public:
  // path: the folder, or one table in it.
  explicit DataFolder(const Path& path);

  // What a row's function gets: `where` names file and row, `table` the one that was found (empty
  // where the path is a file).
  struct Row {
    const Json& fields;
    std::string where;
    TableName table;
    size_t number;  // from 0, in its table
  };
  // Calls fn for every row of the tables of the first alternative of which at least one is there,
  // else of the only table that lies in the folder, whatever its name. Errors: kNotFound naming the
  // tables looked for.
  Result<void> ForEachRow(const std::vector<std::vector<TableName>>& alternatives,
                          const std::function<Result<void>(const Row&)>& fn);

  // The file that a record calls `name`: beside the tables, also without leading folders of the
  // name, else a member of an archive whose path ends so. If there is none the reference is to the
  // folder, and reading it fails with that path. Errors: kBadValue for a name that leads out of the
  // folder; those of unreadable archives.
  Result<MediaRef> Media(MediaRef::Kind kind, std::string_view name);
  // The same by the first of several names that is there.
  Result<MediaRef> MediaByAny(MediaRef::Kind kind, const std::vector<std::string>& names);
  // The pictures of a field: embedded (fields.h), or names for Media. Images may be none;
  // NeedImages says kNotFound then.
  Result<std::vector<MediaRef>> Images(const Json& row, std::string_view key);
  Result<std::vector<MediaRef>> NeedImages(const Row& row, std::string_view key);

 private:
  struct Member {
    size_t archive;
    std::string name;
  };
  Result<void> ListArchives();
  const Member* FindMember(std::string_view name) const;
  Result<std::optional<Path>> OnlyTable() const;
  Result<void> ReadFileRows(const Path& file, const std::function<Result<void>(const Row&)>& fn);
  Result<bool> ReadTable(const TableName& table, const std::function<Result<void>(const Row&)>& fn);

  Path path_, folder_;
  bool listed_ = false;
  std::vector<Path> archives_;
  std::unordered_map<std::string, std::vector<Member>> members_;  // by the last part of their name
};

}  // namespace spatium
