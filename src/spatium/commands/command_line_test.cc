// The command line as a script meets it: the program itself is run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <set>
#include <string>

#include "spatium/base/json.h"
#include "spatium/base/text.h"
#include "spatium/commands/command.h"

namespace spatium {
namespace {

using testing::HasSubstr;

struct Ran {
  int code = -1;
  std::string out;
};
Ran Spatium(const std::string& args, const std::string& redirect = "2>/dev/null") {
  const std::string line = StrCat("'", SPATIUM_BINARY, "' ", args, " ", redirect);
  std::FILE* pipe = ::popen(line.c_str(), "r");
  Ran ran;
  char buffer[4096];
  for (size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    ran.out.append(buffer, n);
  ran.code = WEXITSTATUS(::pclose(pipe));
  return ran;
}

Json ParsedLine(const std::string& text) {
  auto json = Json::Parse(text, "stdout");
  EXPECT_TRUE(json) << text;
  return json ? *std::move(json) : Json();
}

TEST(CommandLine, EveryCommandHelpsWithAnExample) {
  for (const CommandEntry& entry : Commands()) {
    std::string words(entry.name);
    std::ranges::replace(words, '_', ' ');
    SCOPED_TRACE(words);
    EXPECT_FALSE(entry.info().summary.empty());
    EXPECT_TRUE(entry.info().example.starts_with("spatium " + words));
    const Ran help = Spatium(words + " --help");
    EXPECT_EQ(help.code, 0);
    bool example = false;
    for (const auto& line : Split(help.out, '\n'))
      example |= Trim(line).starts_with("spatium " + words);
    EXPECT_TRUE(example) << help.out;
  }
}

TEST(CommandLine, ListsEveryRegistryAsJson) {
  for (const char* kind : {"tasks", "readers", "benchmarks", "models", "backends", "metrics"}) {
    SCOPED_TRACE(kind);
    const Ran ran = Spatium(StrCat("list ", kind, " --json"));
    EXPECT_EQ(ran.code, 0);
    const Json rows = ParsedLine(ran.out);
    ASSERT_TRUE(rows.IsArray());
    std::set<std::string> names;
    for (const Json& row : rows.AsArray()) {
      ASSERT_TRUE(row.Find("name") != nullptr && row.Find("summary") != nullptr);
      EXPECT_TRUE(names.insert(row.Find("name")->AsString()).second);
      EXPECT_FALSE(row.Find("summary")->AsString().empty());
      if (kind == std::string("tasks"))
        for (const char* key : {"modalities", "formats", "templates"})
          EXPECT_NE(row.Find(key), nullptr) << key;
    }
    EXPECT_EQ(Spatium(StrCat("list ", kind)).code, 0);
  }
  EXPECT_THAT(Spatium("list readers").out, HasSubstr("scannet"));
}

TEST(CommandLine, DoctorNamesEachPartWithItsUse) {
  const Ran ran = Spatium("doctor --json");
  EXPECT_EQ(ran.code, 0);
  const Json doctor = ParsedLine(ran.out);
  ASSERT_NE(doctor.Find("parts"), nullptr);
  std::set<std::string> names;
  for (const Json& part : doctor.Find("parts")->AsArray()) {
    for (const char* key : {"name", "present", "version", "needed_for", "how_to_get"})
      ASSERT_NE(part.Find(key), nullptr) << key;
    const std::string& name = part.Find("name")->AsString();
    names.insert(name);
    if (!part.Find("present")->AsBool())
      EXPECT_FALSE(part.Find("how_to_get")->AsString().empty()) << name;
    if (name == "embree" || name == "icu") EXPECT_TRUE(part.Find("version")->IsString()) << name;
  }
  for (const char* name : {"embree",
                           "tbb",
                           "libjpeg-turbo",
                           "spng",
                           "freetype",
                           "font",
                           "wordnet",
                           "meteor-jar",
                           "icu",
                           "libarchive",
                           "ffmpeg",
                           "chromium",
                           "parquet-plugin",
                           "nn-plugin",
                           "cores",
                           "memory"})
    EXPECT_TRUE(names.contains(name)) << name;
  EXPECT_EQ(Spatium("doctor").code, 0);
}

TEST(CommandLine, DoctorMissesPluginsThatAreNotInTheirFolder) {
  ::setenv("SPATIUM_PLUGINS", "/nonexistent", 1);
  const Json report = ParsedLine(Spatium("doctor --json").out);
  ::unsetenv("SPATIUM_PLUGINS");
  for (const Json& part : report.Find("parts")->AsArray())
    if (const std::string& name = part.Find("name")->AsString();
        name == "ffmpeg" || name == "parquet-plugin")
      EXPECT_FALSE(part.Find("present")->AsBool()) << name;
}

TEST(CommandLine, WrongUsageIsTwoAndSaysWhatWasMeant) {
  EXPECT_EQ(Spatium("").code, 2);
  EXPECT_EQ(Spatium("no such command").code, 2);
  EXPECT_EQ(Spatium("doctor --no-such-flag").code, 2);
  EXPECT_EQ(Spatium("list nonsense").code, 2);
  EXPECT_THAT(Spatium("docter", "2>&1").out, HasSubstr("doctor"));
  const Json error = ParsedLine(Spatium("list nonsense --json").out);
  ASSERT_NE(error.Find("error"), nullptr);
  for (const char* key : {"code", "where", "expected", "found"})
    EXPECT_NE(error.Find("error")->Find(key), nullptr) << key;
  // What is missing, and what it may be.
  const auto missing = Spatium("list", "2>&1");
  EXPECT_EQ(missing.code, 2);
  EXPECT_THAT(missing.out, HasSubstr("KIND"));
  EXPECT_THAT(missing.out, HasSubstr("readers"));
  EXPECT_EQ(Spatium("--version").code, 0);
  EXPECT_EQ(Spatium("--help").code, 0);
}

}  // namespace
}  // namespace spatium
