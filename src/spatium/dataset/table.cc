#include "spatium/dataset/table.h"

#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/dataset/csv.h"
#include "spatium/dataset/parquet.h"

namespace spatium {
namespace fs = std::filesystem;
namespace {

// Rows that are in memory already.
class RowsReader final : public TableReader {
 public:
  explicit RowsReader(Json::Array rows) : rows_(std::move(rows)) {}
  Result<std::optional<Json>> Next() override {
    if (next_ == rows_.size()) return std::optional<Json>();
    return std::optional<Json>(std::move(rows_[next_++]));
  }

 private:
  Json::Array rows_;
  size_t next_ = 0;
};

class JsonLinesReader final : public TableReader {
 public:
  JsonLinesReader(std::string where, std::string text)
      : where_(std::move(where)), text_(std::move(text)) {}
  Result<std::optional<Json>> Next() override {
    while (begin_ < text_.size()) {
      const size_t end = std::min(text_.find('\n', begin_), text_.size());
      const std::string_view line(text_.data() + begin_, end - begin_);
      begin_ = end + 1;
      ++number_;
      if (Trim(line).empty()) continue;
      SPATIUM_TRY(Json row, Json::Parse(line, StrCat(where_, ":", number_)));
      return std::optional<Json>(std::move(row));
    }
    return std::optional<Json>();
  }

 private:
  std::string where_;
  std::string text_;
  size_t begin_ = 0;
  int64_t number_ = 0;
};

class Chain final : public TableReader {
 public:
  explicit Chain(std::vector<Path> files) : files_(std::move(files)) {}
  Result<std::optional<Json>> Next() override {
    while (true) {
      if (!current_) {
        if (next_ == files_.size()) return std::optional<Json>();
        SPATIUM_TRY(current_, OpenTable(files_[next_++]));
      }
      SPATIUM_TRY(auto row, current_->Next());
      if (row) return row;
      current_.reset();
    }
  }

 private:
  std::vector<Path> files_;
  size_t next_ = 0;
  std::unique_ptr<TableReader> current_;
};

// The member of an object that is an array of objects, if just one is.
Json* OnlyRows(Json& root) {
  Json* found = nullptr;
  if (!root.IsObject()) return found;
  for (auto& [key, value] : root.AsObject()) {
    if (!value.IsArray() || value.AsArray().empty() || !value.AsArray()[0].IsObject()) continue;
    if (found != nullptr) return nullptr;
    found = &value;
  }
  return found;
}

Result<std::unique_ptr<TableReader>> OpenJson(std::string_view text, const std::string& where) {
  SPATIUM_TRY(Json root, Json::Parse(text, where));
  if (root.IsArray())
    return std::unique_ptr<TableReader>(std::make_unique<RowsReader>(std::move(root.AsArray())));
  if (Json* rows = OnlyRows(root))
    return std::unique_ptr<TableReader>(std::make_unique<RowsReader>(std::move(rows->AsArray())));
  if (!root.IsObject())
    return Error{ErrorCode::kBadValue,
                 where,
                 "an array of rows, or an object of rows",
                 root.Dump().substr(0, 60)};
  Json::Array rows;
  for (auto& [key, value] : root.AsObject()) {
    if (!value.IsObject())
      return Error{
          ErrorCode::kBadValue, where + "." + key, "a row (an object)", value.Dump().substr(0, 60)};
    value.Set("_key", key);
    rows.push_back(std::move(value));
  }
  return std::unique_ptr<TableReader>(std::make_unique<RowsReader>(std::move(rows)));
}

// SPLIT-00000-of-00003.parquet, SPLIT.parquet, SPLIT.jsonl ...
bool BelongsToSplit(std::string_view name, std::string_view split) {
  static constexpr std::string_view kEndings[] = {
      ".parquet", ".jsonl", ".ndjson", ".json", ".csv", ".tsv"};
  if (!name.starts_with(split)) return false;
  name.remove_prefix(split.size());
  for (const std::string_view ending : kEndings) {
    if (name == ending) return true;
    if (ending == ".parquet" && name.starts_with('-') && name.ends_with(ending)) return true;
  }
  return false;
}

}  // namespace

Result<std::unique_ptr<TableReader>> OpenTableText(std::string text,
                                                   std::string_view ending,
                                                   const std::string& where) {
  if (ending == ".json") return OpenJson(text, where);
  if (ending == ".jsonl" || ending == ".ndjson")
    return std::unique_ptr<TableReader>(std::make_unique<JsonLinesReader>(where, std::move(text)));
  if (ending == ".csv" || ending == ".tsv") {
    SPATIUM_TRY(Json::Array rows, ParseCsv(text, ending == ".csv" ? ',' : '\t', where));
    return std::unique_ptr<TableReader>(std::make_unique<RowsReader>(std::move(rows)));
  }
  return Error{ErrorCode::kUnsupported,
               where,
               ".parquet, .jsonl, .ndjson, .json, .csv or .tsv",
               Quote(ending)};
}

Result<std::unique_ptr<TableReader>> OpenTable(const Path& file) {
  const std::string ending = ToLower(file.extension().string());
  if (ending == ".parquet") return OpenParquet(file);
  static constexpr std::string_view kTexts[] = {".json", ".jsonl", ".ndjson", ".csv", ".tsv"};
  std::string text;
  if (std::find(std::begin(kTexts), std::end(kTexts), ending) != std::end(kTexts)) {
    SPATIUM_TRY(text, ReadFile(file));
  }
  return OpenTableText(std::move(text), ending, file.string());
}

Result<std::unique_ptr<TableReader>> OpenSplit(const Path& path,
                                               std::string_view config,
                                               std::string_view split) {
  SPATIUM_TRY(auto files, FindSplit(path, config, split));
  return std::unique_ptr<TableReader>(std::make_unique<Chain>(std::move(files)));
}

Result<std::vector<Path>> FindSplit(const Path& path,
                                    std::string_view config,
                                    std::string_view split) {
  if (fs::is_regular_file(path)) return std::vector<Path>{path};
  if (!fs::is_directory(path))
    return Error{ErrorCode::kNotFound, path.string(), "a file or a folder", "nothing"};
  std::vector<Path> folders;
  if (!config.empty()) folders = {path / config, path / "data" / config};
  folders.push_back(path);
  folders.push_back(path / "data");
  for (const Path& folder : folders) {
    if (!fs::is_directory(folder)) continue;
    SPATIUM_TRY(const auto names, ListFolder(folder));
    std::vector<Path> files;
    for (const std::string& name : names)
      if (BelongsToSplit(name, split)) files.push_back(folder / name);
    if (!files.empty()) return files;
  }
  return Error{ErrorCode::kNotFound,
               path.string(),
               StrCat(split,
                      "-*.parquet, ",
                      split,
                      ".parquet, ",
                      split,
                      ".jsonl, ",
                      split,
                      ".json, ",
                      split,
                      ".csv or ",
                      split,
                      ".tsv here, in data/",
                      config.empty() ? "" : StrCat(", ", config, "/ or data/", config, "/")),
               "none"};
}

Result<void> ForEachRow(TableReader& table, const std::function<Result<void>(const Json&)>& fn) {
  while (true) {
    SPATIUM_TRY(const auto row, table.Next());
    if (!row) return {};
    SPATIUM_TRY_DO(fn(*row));
  }
}

}  // namespace spatium
