#include "spatium/benchmarks/data_folder.h"

#include <algorithm>

#include "spatium/base/check.h"
#include "spatium/base/text.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/dataset/archive.h"
#include "spatium/dataset/table.h"

namespace spatium {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kTables[] = {".parquet", ".jsonl", ".ndjson", ".json", ".csv", ".tsv"};

// False also for a name that no file can have.
bool IsFile(const Path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

std::string_view LastPart(std::string_view name) { return name.substr(name.rfind('/') + 1); }

bool IsArchive(std::string_view name) {
  static constexpr std::string_view kEndings[] = {".zip", ".tar", ".tar.gz", ".tgz"};
  for (const std::string_view ending : kEndings)
    if (name.ends_with(ending)) return true;
  return name.ends_with(".part_aa");
}

// True if `longer` is `name`, or ends in it after a slash.
bool EndsIn(std::string_view longer, std::string_view name) {
  return longer.ends_with(name) &&
         (longer.size() == name.size() || longer[longer.size() - name.size() - 1] == '/');
}

std::string Describe(const std::vector<std::vector<TableName>>& alternatives) {
  std::vector<std::string> names;
  for (const auto& tables : alternatives)
    for (const TableName& table : tables)
      names.push_back(
          StrCat(table.config, table.config.empty() ? "" : "/", table.split, ".parquet"));
  constexpr size_t kShown = 6;
  const bool more = names.size() > kShown;
  names.resize(std::min(names.size(), kShown));
  return StrCat(Join(names, ", "),
                more ? ", ..." : "",
                " (or .jsonl, .json, .csv, .tsv), or an archive of it");
}

}  // namespace

DataFolder::DataFolder(const Path& path)
    : path_(path), folder_(fs::is_directory(path) ? path : path.parent_path()) {}

Result<bool> DataFolder::ReadTable(const TableName& table,
                                   const std::function<Result<void>(const Row&)>& fn) {
  size_t number = 0;
  const auto read = [&](TableReader& reader, const std::string& where) {
    return spatium::ForEachRow(reader, [&, row = size_t{0}](const Json& fields) mutable {
      return fn({fields, StrCat(where, ": row ", row++), table, number++});
    });
  };
  const Path config{table.config};
  // OpenSplit looks into the folder itself too, which is another configuration's.
  if (table.config.empty() || fs::is_directory(path_ / config) ||
      fs::is_directory(path_ / "data" / config)) {
    const auto files = FindSplit(path_, table.config, table.split);
    if (!files && files.error().code != ErrorCode::kNotFound) return files.error();
    if (files) {
      for (const Path& file : *files) {
        SPATIUM_TRY(const auto reader, OpenTable(file));
        SPATIUM_TRY_DO(read(*reader, file.string()));
      }
      return true;
    }
  }
  SPATIUM_TRY_DO(ListArchives());
  for (const std::string_view ending : {".jsonl", ".json", ".csv", ".tsv"}) {
    const Member* member =
        FindMember(StrCat(table.config, table.config.empty() ? "" : "/", table.split, ending));
    if (member == nullptr) continue;
    const Path& file = archives_[member->archive];
    SPATIUM_TRY(const auto archive, Archive::Open(file));
    SPATIUM_TRY(std::string text, archive->Read(member->name));
    const std::string where = StrCat(file.string(), "/", member->name);
    SPATIUM_TRY(const auto reader, OpenTableText(std::move(text), ending, where));
    SPATIUM_TRY_DO(read(*reader, where));
    return true;
  }
  return false;
}

Result<void> DataFolder::ReadFileRows(const Path& file,
                                      const std::function<Result<void>(const Row&)>& fn) {
  SPATIUM_TRY(const auto reader, OpenTable(file));
  size_t number = 0;
  return spatium::ForEachRow(*reader, [&](const Json& fields) {
    const size_t row = number++;
    return fn({fields, StrCat(file.string(), ": row ", row), {}, row});
  });
}

Result<std::optional<Path>> DataFolder::OnlyTable() const {
  std::optional<Path> found;
  for (const Path& folder : {path_, path_ / "data"}) {
    if (!fs::is_directory(folder)) continue;
    SPATIUM_TRY(const auto names, ListFolder(folder));
    for (const std::string& name : names) {
      const std::string ending = Path(name).extension().string();
      if (std::find(std::begin(kTables), std::end(kTables), ending) == std::end(kTables)) continue;
      if (found) return std::optional<Path>();
      found = folder / name;
    }
  }
  return found;
}

Result<void> DataFolder::ForEachRow(const std::vector<std::vector<TableName>>& alternatives,
                                    const std::function<Result<void>(const Row&)>& fn) {
  if (IsFile(path_)) return ReadFileRows(path_, fn);
  if (!fs::is_directory(path_))
    return Error{ErrorCode::kNotFound, path_.string(), "a file or a folder", "nothing"};
  for (const auto& tables : alternatives) {
    bool any = false;
    for (const TableName& table : tables) {
      SPATIUM_TRY(const bool found, ReadTable(table, fn));
      any = any || found;
    }
    if (any) return {};
  }
  SPATIUM_TRY(const auto only, OnlyTable());
  if (only) return ReadFileRows(*only, fn);
  return Error{ErrorCode::kNotFound, path_.string(), Describe(alternatives), "none"};
}

Result<void> DataFolder::ListArchives() {
  if (listed_) return {};
  listed_ = true;
  for (const Path& folder : {folder_, folder_ / "data"}) {
    if (!fs::is_directory(folder)) continue;
    SPATIUM_TRY(const auto names, ListFolder(folder));
    for (const std::string& name : names) {
      if (!IsArchive(name)) continue;
      SPATIUM_TRY(const auto archive, Archive::Open(folder / name));
      SPATIUM_TRY(auto members, archive->Members());
      for (std::string& member : members)
        members_[std::string(LastPart(member))].push_back({archives_.size(), std::move(member)});
      archives_.push_back(folder / name);
    }
  }
  return {};
}

const DataFolder::Member* DataFolder::FindMember(std::string_view name) const {
  const auto it = members_.find(std::string(LastPart(name)));
  if (it == members_.end()) return nullptr;
  const Member* best = nullptr;
  for (const Member& member : it->second) {
    if (EndsIn(member.name, name)) return &member;
    // Packed without the name's leading folders: the longest such member.
    if (EndsIn(name, member.name) && (best == nullptr || member.name.size() > best->name.size()))
      best = &member;
  }
  return best;
}

Result<MediaRef> DataFolder::Media(MediaRef::Kind kind, std::string_view name) {
  const Path relative{name};
  if (!StaysInside(relative))
    return Error{ErrorCode::kBadValue, folder_.string(), "a path inside the folder", Quote(name)};
  MediaRef media{.kind = kind, .file = folder_ / relative, .source = std::string(name)};
  std::string_view rest = name;
  while (true) {
    for (const Path& folder : {folder_, folder_ / "data"}) {
      if (!IsFile(folder / rest)) continue;
      media.file = folder / rest;
      return media;
    }
    const size_t slash = rest.find('/');
    if (slash == rest.npos) break;
    rest.remove_prefix(slash + 1);
  }
  SPATIUM_TRY_DO(ListArchives());
  if (const Member* member = FindMember(name)) {
    media.file = archives_[member->archive];
    media.member = member->name;
  }
  return media;
}

Result<MediaRef> DataFolder::MediaByAny(MediaRef::Kind kind,
                                        const std::vector<std::string>& names) {
  std::optional<MediaRef> first;
  for (const std::string& name : names) {
    SPATIUM_TRY(MediaRef media, Media(kind, name));
    if (!media.member.empty() || IsFile(media.file)) return media;
    if (!first) first = std::move(media);
  }
  SPATIUM_CHECK(first) << "no names";
  return *std::move(first);
}

Result<std::vector<MediaRef>> DataFolder::NeedImages(const Row& row, std::string_view key) {
  SPATIUM_TRY(auto media, Images(row.fields, key));
  if (!media.empty()) return media;
  if (const Json* value = row.fields.Find(key); value == nullptr || value->IsNull())
    return NeedText(row.fields, key, row.where).error();
  return Error{ErrorCode::kBadValue,
               StrCat(row.where, ": ", key),
               "a picture or a list of them",
               FieldText(row.fields, key).substr(0, 60)};
}

Result<std::vector<MediaRef>> DataFolder::Images(const Json& row, std::string_view key) {
  SPATIUM_TRY(std::vector<MediaRef> media, FieldImages(row, key, folder_));
  for (MediaRef& image : media) {
    if (!image.bytes.empty() || image.cell.row >= 0) continue;  // in the table
    SPATIUM_TRY(image, Media(MediaRef::Kind::kImage, image.source));
  }
  return media;
}

}  // namespace spatium
