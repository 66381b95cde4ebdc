#include "spatium/readers/scannet_files.h"

#include <set>

#include "spatium/base/text.h"
#include "spatium/readers/scannet_info.h"

namespace spatium {
namespace fs = std::filesystem;
namespace {

struct Kind {
  std::string_view suffix;
  std::optional<Path> ScanNetFiles::* place;
};
// Of two suffixes for one place the earlier counts.
constexpr Kind kKinds[] = {
    {".sens", &ScanNetFiles::sens},
    {"_vh_clean_2.ply", &ScanNetFiles::mesh},
    {"_vh_clean_2.labels.ply", &ScanNetFiles::mesh},
    {"_vh_clean_2.0.010000.segs.json", &ScanNetFiles::segments},
    {"_vh_clean.aggregation.json", &ScanNetFiles::aggregation},
    {".aggregation.json", &ScanNetFiles::aggregation},
};

bool IsInfoFile(const Path& path) {
  constexpr uintmax_t kMaxBytes = 1 << 16;
  if (fs::file_size(path) > kMaxBytes) return false;
  const auto text = ReadFile(path);
  return text && ScanNetInfo::LooksLike(*text);
}

}  // namespace

Result<ScanNetFiles> FindScanNetFiles(const Path& folder) {
  if (!fs::is_directory(folder))
    return Error{ErrorCode::kNotFound,
                 folder.string(),
                 "a folder",
                 fs::exists(folder) ? "a file" : "nothing there"};
  SPATIUM_TRY(const auto names, ListFolder(folder));
  ScanNetFiles files;
  std::set<std::string> ids;
  std::vector<std::string> left = names;
  for (const Kind& kind : kKinds) {
    for (std::string& name : left) {
      if (name.starts_with('.') || !name.ends_with(kind.suffix) ||
          name.size() == kind.suffix.size() || !fs::is_regular_file(folder / name))
        continue;
      ids.insert(name.substr(0, name.size() - kind.suffix.size()));
      if (!(files.*kind.place)) files.*kind.place = folder / name;
      name.clear();
    }
  }
  for (const std::string& name : left)
    if (name.ends_with(".txt") && fs::is_regular_file(folder / name) && IsInfoFile(folder / name)) {
      ids.insert(name.substr(0, name.size() - 4));
      files.info = folder / name;
    }
  for (const char* name : {"color", "depth", "pose"})
    files.has_frame_folders = files.has_frame_folders || fs::is_directory(folder / name);
  if (ids.size() > 1) {
    std::string found;
    for (const std::string& id : ids) found += (found.empty() ? "" : ", ") + id;
    return Error{ErrorCode::kBadValue, folder.string(), "the files of one scene", found};
  }
  if (ids.empty())
    return Error{ErrorCode::kNotFound,
                 folder.string(),
                 "a ScanNet scene: SCENE.sens, SCENE_vh_clean_2.ply, SCENE.aggregation.json or "
                 "SCENE.txt",
                 "none of them"};
  files.scene_id = *ids.begin();
  return files;
}

}  // namespace spatium
