#include "spatium/metrics/zip_text.h"

#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

#include <algorithm>
#include <memory>

#include "spatium/base/text.h"

namespace spatium {
namespace {

constexpr size_t kMaxMember = size_t{1} << 28;
constexpr size_t kBlock = size_t{1} << 18;

struct CloseArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};
struct CloseGzip {
  void operator()(gzFile_s* f) const { gzclose(f); }
};

Error ZipError(const Path& path, archive* a) {
  const char* text = archive_error_string(a);
  return {ErrorCode::kParse, path.string(), "a zip file", text ? text : ""};
}

}  // namespace

Result<std::map<std::string, std::string>> ReadZipMembers(const Path& zip,
                                                          const std::vector<std::string>& names) {
  std::error_code missing;
  if (!std::filesystem::exists(zip, missing)) {
    return Error{ErrorCode::kNotFound, zip.string(), "a zip file", "no such file"};
  }
  const std::unique_ptr<archive, CloseArchive> a(archive_read_new());
  archive_read_support_format_zip(a.get());
  if (archive_read_open_filename(a.get(), zip.c_str(), kBlock) != ARCHIVE_OK) {
    return ZipError(zip, a.get());
  }
  std::map<std::string, std::string> out;
  archive_entry* entry = nullptr;
  int status = ARCHIVE_OK;
  while ((status = archive_read_next_header(a.get(), &entry)) == ARCHIVE_OK) {
    const char* raw = archive_entry_pathname(entry);
    const std::string name = raw ? raw : "";
    if (std::find(names.begin(), names.end(), name) == names.end()) continue;
    std::string& bytes = out[name];
    std::vector<char> block(kBlock);
    for (;;) {
      const la_ssize_t n = archive_read_data(a.get(), block.data(), block.size());
      if (n < 0) return ZipError(zip, a.get());
      if (n == 0) break;
      bytes.append(block.data(), static_cast<size_t>(n));
      if (bytes.size() > kMaxMember) {
        return Error{ErrorCode::kBadValue, zip.string() + ": " + name, "at most 256 MiB", ""};
      }
    }
  }
  if (status != ARCHIVE_EOF) return ZipError(zip, a.get());
  for (const std::string& name : names) {
    if (!out.contains(name)) {
      return Error{ErrorCode::kNotFound, zip.string(), "the member " + name, ""};
    }
  }
  return out;
}

Result<void> ForEachGzipLine(const Path& path, const std::function<bool(std::string_view)>& fn) {
  const std::unique_ptr<gzFile_s, CloseGzip> file(gzopen(path.c_str(), "rb"));
  if (!file) return Error{ErrorCode::kNotFound, path.string(), "a gzip file", "cannot be opened"};
  gzbuffer(file.get(), static_cast<unsigned>(kBlock));
  std::string block(kBlock, '\0'), line;
  for (;;) {
    const int n = gzread(file.get(), block.data(), static_cast<unsigned>(block.size()));
    if (n < 0) return Error{ErrorCode::kParse, path.string(), "gzip data", "broken data"};
    if (n == 0) break;
    std::string_view rest(block.data(), static_cast<size_t>(n));
    for (size_t end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
      line += rest.substr(0, end);
      rest.remove_prefix(end + 1);
      if (!fn(line)) return {};
      line.clear();
    }
    line += rest;
    if (line.size() > kMaxMember) {
      return Error{ErrorCode::kBadValue, path.string(), "lines of at most 256 MiB", ""};
    }
  }
  if (!line.empty()) fn(line);
  return {};
}

}  // namespace spatium
