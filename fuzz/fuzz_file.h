#pragma once
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace spatium {

// A file that holds a fuzz input, for readers that open files; one per process, written anew.
inline std::filesystem::path FuzzFile(std::string_view bytes, std::string_view ending) {
  static const std::filesystem::path folder = [] {
    const auto base = std::filesystem::exists("/dev/shm") ? std::filesystem::path("/dev/shm")
                                                          : std::filesystem::temp_directory_path();
    auto path = base / ("spatium-fuzz-" + std::to_string(::getpid()));
    std::filesystem::create_directories(path);
    static const struct Remover {
      std::filesystem::path path;
      ~Remover() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
      }
    } remover{path};
    return path;
  }();
  const auto path = folder / ("input" + std::string(ending));
  std::ofstream(path, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return path;
}

}  // namespace spatium
