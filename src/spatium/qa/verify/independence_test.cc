#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include "spatium/base/files.h"

namespace spatium {
namespace {

// The verifier is worth something only while it shares nothing with what it checks.
TEST(Independence, VerifierIncludesOnlyPlainLayersAndItself) {
  const Path folder = Path(SPATIUM_SOURCE_DIR) / "src/spatium/qa/verify";
  const std::regex include("#include \"spatium/([^\"]+)\"");
  // Of geometry only its plain types; no registry, relation, projection or visibility.
  const std::regex allowed(
      "(base/.*|image/(image|codec)\\.h|scene/(scene|store)\\.h|"
      "geometry/(frames|box|camera|ids)\\.h|qa/verify/.*)");
  size_t num_includes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().filename().string().ends_with("_test.cc"))
      continue;
    const auto text = ReadFile(entry.path());
    ASSERT_TRUE(text) << entry.path();
    for (auto it = std::sregex_iterator(text->begin(), text->end(), include);
         it != std::sregex_iterator();
         ++it, ++num_includes)
      EXPECT_TRUE(std::regex_match((*it)[1].str(), allowed))
          << entry.path() << " includes " << (*it)[1];
  }
  EXPECT_GT(num_includes, 20u);
}

// The plain types bring projections of their own: the verifier must not call them.
TEST(Independence, VerifierDoesNotProjectThroughGeometry) {
  const Path folder = Path(SPATIUM_SOURCE_DIR) / "src/spatium/qa/verify";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().filename().string().ends_with("_test.cc"))
      continue;
    const auto text = ReadFile(entry.path());
    ASSERT_TRUE(text) << entry.path();
    for (const char* call : {".Project(", ".Unproject(", "cam_from_world *", ".corners()"})
      EXPECT_EQ(text->find(call), std::string::npos) << entry.path() << " calls " << call;
  }
}

}  // namespace
}  // namespace spatium
