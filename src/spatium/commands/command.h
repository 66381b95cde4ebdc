#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "spatium/base/options.h"

namespace spatium {

// What every command has besides its own options.
struct CommonOptions {
  bool json = false;     // results as JSON on stdout, nothing else there
  unsigned threads = 0;  // 0: one per core
  bool quiet = false;    // no progress
};

// Where a command puts its result. stdout is the result, stderr the log.
class Output {
 public:
  explicit Output(const CommonOptions& common) : common_(common) {}
  const CommonOptions& common() const { return common_; }
  bool json() const { return common_.json; }
  unsigned threads() const { return common_.threads; }
  void Text(std::string_view text);  // as it is to stdout
  void Line(std::string_view text);  // one line of stdout
  void Print(const Json& value);     // one JSON line of stdout
 private:
  const CommonOptions& common_;
};

// One subcommand: commands/registered/scene_import.cc is `spatium scene import` and defines
// `const CommandInfo& CommandInfo_scene_import()`.
struct CommandInfo {
  std::string_view summary;  // one line
  std::string_view example;  // a command line that runs, shown by --help and run by a test
  int (*run)(std::string_view name, const CommandInfo& info, std::span<const std::string> args);
};
struct CommandEntry {
  std::string_view name;  // the file's stem: "scene_import"
  const CommandInfo& (*info)();
};
std::span<const CommandEntry> Commands();

// The exit code of a command: 0 done, 1 failed, 2 wrong usage.
int RunCommandLine(std::span<const std::string> args);

namespace internal {
int RunParsed(std::string_view name,
              const CommandInfo& info,
              std::span<const std::string> args,
              OptionList& list,
              const std::function<Result<int>(Output&)>& run);
}

// The `run` of a command with options struct O:
//   .run = RunCommand<Options, Describe, Run>
// Describe binds the fields to flags; Run returns the exit code or the error to print.
template <class O, void (*Describe)(O&, OptionList&), Result<int> (*Run)(const O&, Output&)>
int RunCommand(std::string_view name, const CommandInfo& info, std::span<const std::string> args) {
  O options;
  OptionList list;
  Describe(options, list);
  return internal::RunParsed(
      name, info, args, list, [&](Output& out) { return Run(options, out); });
}

}  // namespace spatium
