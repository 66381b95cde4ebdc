#include "spatium/commands/parts.h"

#include <archive.h>
#include <curl/curlver.h>
#include <ft2build.h>
#include <oneapi/tbb/version.h>
#include <spng.h>
#include <unicode/uversion.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdlib>
#include <fstream>
#include <thread>
#include FT_FREETYPE_H
#if __has_include(<embree4/rtcore_config.h>)
#include <embree4/rtcore_config.h>
#else
#include <embree3/rtcore_config.h>
#endif
#if __has_include(<jconfig.h>)
#include <jconfig.h>
#endif

#include "spatium/base/files.h"
#include "spatium/base/plugin.h"
#include "spatium/base/text.h"
#include "spatium/dataset/parquet.h"
#include "spatium/grounding/lexicon.h"
#include "spatium/image/text.h"
#include "spatium/image/video.h"
#include "spatium/metrics/meteor_tables.h"

#define SPATIUM_TEXT_(x) #x
#define SPATIUM_TEXT(x) SPATIUM_TEXT_(x)

namespace spatium {
namespace {

std::string JpegVersion() {
#ifdef LIBJPEG_TURBO_VERSION
  return SPATIUM_TEXT(LIBJPEG_TURBO_VERSION);
#else
  return "linked";
#endif
}

std::string FreeTypeVersion() {
  FT_Library library = nullptr;
  int major = 0, minor = 0, patch = 0;
  if (FT_Init_FreeType(&library) != 0) return "does not start";
  FT_Library_Version(library, &major, &minor, &patch);
  FT_Done_FreeType(library);
  return StrCat(major, ".", minor, ".", patch);
}

std::optional<std::string> ProgramOnPath(std::initializer_list<const char*> names) {
  const char* path = std::getenv("PATH");
  for (const char* name : names)
    for (const auto& folder : Split(path != nullptr ? path : "", ':'))
      if (const Path file = Path(folder) / name; ::access(file.c_str(), X_OK) == 0)
        return file.string();
  return std::nullopt;
}

std::optional<std::string> Environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? std::optional<std::string>(value) : std::nullopt;
}

bool IsFile(const Path& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored);
}

// "23.4 GiB", from the kernel's own table.
std::optional<std::string> Memory() {
  std::ifstream file("/proc/meminfo");
  std::string key;
  double kib = 0;
  if (!(file >> key >> kib) || key != "MemTotal:") return std::nullopt;
  const auto tenths = static_cast<int64_t>(kib / 1024 / 1024 * 10);
  return StrCat(tenths / 10, ".", tenths % 10, " GiB");
}

std::string Instructions() {
  std::string names = "sse2";
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) names += " avx2";
  if (__builtin_cpu_supports("fma")) names += " fma";
  if (__builtin_cpu_supports("avx512f")) names += " avx512f";
#endif
  return names;
}

void AddLibraries(std::vector<Part>& parts) {
  const auto add = [&](const char* name,
                       std::string version,
                       const char* needed_for,
                       const char* package) {
    parts.push_back({name, true, std::move(version), needed_for, StrCat("apt install ", package)});
  };
  add("embree", RTC_VERSION_STRING, "ray casting: synth, visibility, renders", "libembree-dev");
  add("tbb", TBB_runtime_version(), "threads", "libtbb-dev");
  add("libjpeg-turbo", JpegVersion(), "JPEG pictures", "libturbojpeg0-dev");
  add("spng", spng_version_string(), "PNG pictures and depth", "libspng-dev");
  add("freetype", FreeTypeVersion(), "text in pictures", "libfreetype-dev");
  add("icu", U_ICU_VERSION, "Unicode in metrics and parsers", "libicu-dev");
  add("libarchive",
      archive_version_string(),
      "zip and tar archives of data sets",
      "libarchive-dev");
  add("zlib", zlibVersion(), "depth in .sens files, gzip", "zlib1g-dev");
  add("libcurl", LIBCURL_VERSION, "models behind HTTP", "libcurl4-openssl-dev");
}

void AddData(std::vector<Part>& parts) {
  const bool font = static_cast<bool>(Font::Default(16));
  parts.push_back({"font",
                   font,
                   font ? std::optional("DejaVu Sans") : std::nullopt,
                   "labels in pictures",
                   "apt install fonts-dejavu-core"});
  parts.push_back({"wordnet",
                   Lexicon().has_wordnet(),
                   Environment("SPATIUM_WORDNET"),
                   "synonyms: grounding, METEOR without its own tables",
                   "apt install wordnet-base, or SPATIUM_WORDNET=FOLDER with index.noun"});
  const auto jar = MeteorTables::Jar();
  const bool has_jar = jar && IsFile(*jar);
  parts.push_back({"meteor-jar",
                   has_jar,
                   has_jar ? std::optional(jar->string()) : std::nullopt,
                   "METEOR's official synonym and paraphrase tables",
                   "./run setup; or pip install pycocoevalcap and "
                   "SPATIUM_METEOR_JAR=…/pycocoevalcap/meteor/meteor-1.5.jar"});
}

void AddPrograms(std::vector<Part>& parts) {
  const auto browser = ProgramOnPath({"chromium", "chromium-browser", "google-chrome"});
  parts.push_back({"chromium",
                   browser.has_value(),
                   browser,
                   "tests that look at the pages",
                   "apt install chromium"});
  const auto java = ProgramOnPath({"java"});
  parts.push_back({"java",
                   java.has_value(),
                   java,
                   "an oracle in the tests of captions (optional)",
                   "apt install default-jre-headless"});
  const auto mpirun = ProgramOnPath({"mpirun"});
  parts.push_back({"mpirun",
                   mpirun.has_value(),
                   mpirun,
                   "more than one machine (optional)",
                   "apt install openmpi-bin"});
}

void AddPlugins(std::vector<Part>& parts) {
  parts.push_back({"parquet-plugin",
                   HasParquetPlugin(),
                   std::nullopt,
                   "Parquet files of benchmarks",
                   "pip install pyarrow, then ./run build"});
  parts.push_back({"ffmpeg",
                   HasVideoPlugin(),
                   std::nullopt,
                   "videos of benchmarks (optional; Debian's build is GPL)",
                   "apt install libavformat-dev libavcodec-dev libswscale-dev libavutil-dev, then "
                   "./run build"});
  const PluginName nn{"libspatium_nn.so", "spatium_nn_plugin", "build with libtorch"};
  parts.push_back({"nn-plugin",
                   static_cast<bool>(OpenPluginTable(nn, 1)),
                   std::nullopt,
                   "local models, training",
                   "not part of this version"});
}

void AddMachine(std::vector<Part>& parts) {
  parts.push_back({"cores", true, StrCat(std::thread::hardware_concurrency()), "everything", ""});
  const auto memory = Memory();
  parts.push_back({"memory", memory.has_value(), memory, "everything", ""});
  parts.push_back(
      {"instructions", true, Instructions(), "speed; results are the same without", ""});
}

}  // namespace

std::vector<Part> FindParts() {
  std::vector<Part> parts;
  AddLibraries(parts);
  AddData(parts);
  AddPlugins(parts);
  AddPrograms(parts);
  AddMachine(parts);
  return parts;
}

}  // namespace spatium
