#include "spatium/dataset/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <mutex>

#include "spatium/base/text.h"

namespace spatium {
namespace {

constexpr size_t kBlockBytes = size_t{1} << 18;

using Handle = std::unique_ptr<archive, decltype(&archive_read_free)>;

// "./a/b" and "a/b" are one member.
std::string_view Plain(std::string_view name) {
  while (name.starts_with("./")) name.remove_prefix(2);
  return name;
}

}  // namespace

struct Archive::State {
  std::string where;
  std::vector<Path> parts;
  std::mutex mutex;
  Handle handle{nullptr, archive_read_free};

  Error Damaged() const {
    const char* text = handle ? archive_error_string(handle.get()) : nullptr;
    return {ErrorCode::kParse,
            where,
            "a zip, tar or tar.gz archive",
            text != nullptr ? text : "damaged data"};
  }

  Result<void> Rewind() {
    handle.reset(archive_read_new());
    // Not all that libarchive has: some of its filters start programs.
    archive_read_support_filter_gzip(handle.get());
    archive_read_support_filter_bzip2(handle.get());
    archive_read_support_filter_xz(handle.get());
    archive_read_support_filter_zstd(handle.get());
    archive_read_support_format_tar(handle.get());
    archive_read_support_format_gnutar(handle.get());
    archive_read_support_format_zip(handle.get());
    std::vector<std::string> names;
    std::vector<const char*> pointers;
    for (const Path& part : parts) names.push_back(part.string());
    for (const std::string& name : names) pointers.push_back(name.c_str());
    pointers.push_back(nullptr);
    if (archive_read_open_filenames(handle.get(), pointers.data(), kBlockBytes) != ARCHIVE_OK)
      return Damaged();
    return {};
  }

  // The next file's name, or nothing at the end.
  Result<std::optional<std::string>> NextFile() {
    while (true) {
      archive_entry* entry = nullptr;
      const int code = archive_read_next_header(handle.get(), &entry);
      if (code == ARCHIVE_EOF) return std::optional<std::string>();
      if (code < ARCHIVE_WARN) return Damaged();
      if (archive_entry_filetype(entry) != AE_IFREG) continue;
      const char* name = archive_entry_pathname(entry);
      if (name != nullptr) return std::optional<std::string>(Plain(name));
    }
  }

  Result<std::string> ReadCurrent(std::string_view member, uint64_t max_bytes) {
    std::string bytes;
    while (true) {
      const size_t used = bytes.size();
      bytes.resize(used + kBlockBytes);
      const la_ssize_t n = archive_read_data(handle.get(), bytes.data() + used, kBlockBytes);
      if (n < 0) return Damaged().Within(member);
      bytes.resize(used + static_cast<size_t>(n));
      if (n == 0) return bytes;
      if (bytes.size() > max_bytes)
        return Error{ErrorCode::kBadValue,
                     StrCat(where, ":", member),
                     StrCat("at most ", max_bytes, " bytes"),
                     "more"};
    }
  }
};

Archive::Archive(std::unique_ptr<State> state) : state_(std::move(state)) {}
Archive::~Archive() = default;

Result<std::vector<Path>> ArchiveParts(const Path& first) {
  const std::string name = first.filename().string();
  const size_t part = name.rfind(".part_");
  std::vector<Path> parts = {first};
  if (part == std::string::npos) return parts;
  SPATIUM_TRY(const auto names,
              ListFolder(first.has_parent_path() ? first.parent_path() : Path(".")));
  parts.clear();
  for (const std::string& other : names)
    if (other.starts_with(name.substr(0, part + 6))) parts.push_back(first.parent_path() / other);
  return parts;
}

Result<std::shared_ptr<Archive>> Archive::Open(const Path& path) {
  if (!std::filesystem::is_regular_file(path))
    return Error{ErrorCode::kNotFound, path.string(), "an archive", "no such file"};
  auto state = std::make_unique<State>();
  state->where = path.string();
  SPATIUM_TRY(state->parts, ArchiveParts(path));
  SPATIUM_TRY_DO(state->Rewind());
  return std::shared_ptr<Archive>(new Archive(std::move(state)));
}

Result<std::string> Archive::Read(std::string_view member, uint64_t max_bytes) {
  member = Plain(member);
  const std::scoped_lock lock(state_->mutex);
  for (const bool again : {false, true}) {
    if (again) SPATIUM_TRY_DO(state_->Rewind());
    while (true) {
      SPATIUM_TRY(const auto name, state_->NextFile());
      if (!name) break;
      if (*name == member) return state_->ReadCurrent(member, max_bytes);
    }
  }
  return Error{ErrorCode::kNotFound, state_->where, StrCat("member ", member), "none of that name"};
}

Result<std::vector<std::string>> Archive::Members() {
  const std::scoped_lock lock(state_->mutex);
  SPATIUM_TRY_DO(state_->Rewind());
  std::vector<std::string> members;
  while (true) {
    SPATIUM_TRY(auto name, state_->NextFile());
    if (!name) break;
    members.push_back(*std::move(name));
  }
  SPATIUM_TRY_DO(state_->Rewind());
  return members;
}

}  // namespace spatium
