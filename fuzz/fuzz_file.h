#pragma once
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace spatium {

// A folder of this process, in memory where that is possible; it goes when the process ends.
inline const std::filesystem::path& FuzzFolder() {
  static const struct Folder {
    std::filesystem::path path;
    Folder()
        : path((std::filesystem::exists("/dev/shm") ? std::filesystem::path("/dev/shm")
                                                    : std::filesystem::temp_directory_path()) /
               ("spatium-fuzz-" + std::to_string(::getpid()))) {
      std::filesystem::create_directories(path);
    }
    ~Folder() {
      std::error_code ignored;
      std::filesystem::remove_all(path, ignored);
    }
  } folder;
  return folder.path;
}

// A file there, written anew, and the folders that its name asks for.
inline std::filesystem::path FuzzFileAt(std::string_view bytes, const std::string& name) {
  const auto path = FuzzFolder() / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return path;
}

// A file that holds a fuzz input, for readers that open files.
inline std::filesystem::path FuzzFile(std::string_view bytes, std::string_view ending) {
  return FuzzFileAt(bytes, "input" + std::string(ending));
}

}  // namespace spatium
