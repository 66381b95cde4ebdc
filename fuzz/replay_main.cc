// Feeds a fuzz target the files of its corpus folder, every truncation of each small one, and
// a fixed set of bit flips: the part of fuzzing that every build can afford.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

int main(int argc, char** argv) {
  constexpr size_t kTruncateBelow = 4096;
  LLVMFuzzerTestOneInput(nullptr, 0);
  size_t runs = 1;
  for (int i = 1; i < argc; ++i) {
    if (!std::filesystem::is_directory(argv[i])) continue;
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::vector<char> text{std::istreambuf_iterator<char>(in), {}};
      std::vector<uint8_t> bytes(text.begin(), text.end());
      LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
      ++runs;
      if (bytes.size() >= kTruncateBelow) continue;
      for (size_t n = 0; n < bytes.size(); ++n, ++runs) {
        // A fresh buffer per length, so that ASan sees an overrun by one byte.
        const std::vector<uint8_t> cut(bytes.begin(),
                                       bytes.begin() + static_cast<std::ptrdiff_t>(n));
        LLVMFuzzerTestOneInput(cut.data(), cut.size());
      }
      for (size_t n = 0; n < bytes.size(); ++n, ++runs) {
        bytes[n] = static_cast<uint8_t>(bytes[n] ^ (1u << (n % 8)));
        LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
        bytes[n] = static_cast<uint8_t>(bytes[n] ^ (1u << (n % 8)));
      }
    }
  }
  std::printf("%zu inputs\n", runs);
  return 0;
}
