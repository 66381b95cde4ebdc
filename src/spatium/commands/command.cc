#include "spatium/commands/command.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>

#include "spatium/base/check.h"
#include "spatium/base/interrupt.h"
#include "spatium/base/log.h"
#include "spatium/base/progress.h"
#include "spatium/base/text.h"

namespace spatium {
namespace {

constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

int Report(const Error& error, bool json) {
  if (json) {
    const Json text = Json::MakeObject({{"error",
                                         Json::MakeObject({{"code", Name(error.code)},
                                                           {"where", error.where},
                                                           {"expected", error.expected},
                                                           {"found", error.found}})}});
    std::printf("%s\n", text.Dump().c_str());
  } else {
    std::fprintf(stderr, "spatium: %s\n", error.Message().c_str());
  }
  return error.code == ErrorCode::kUsage ? kWrongUsage : kFailed;
}

std::string WordsOf(std::string_view stem) {
  std::string words(stem);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

bool InGroup(const CommandEntry& entry, std::string_view group) {
  return group.empty() || WordsOf(entry.name).starts_with(std::string(group) + " ");
}

// The commands whose names begin with `group`'s words; empty: all of them.
void PrintUsage(std::FILE* to, std::string_view group = {}) {
  std::fprintf(to,
               "spatium: spatial reasoning with vision-language models\n\nusage: spatium COMMAND "
               "[ARGUMENTS] "
               "[--json] [--threads N] [--quiet] [--help]\n\n");
  for (const CommandEntry& entry : Commands()) {
    if (!InGroup(entry, group)) continue;
    std::fprintf(to,
                 "  %-18s %.*s\n",
                 WordsOf(entry.name).c_str(),
                 static_cast<int>(entry.info().summary.size()),
                 entry.info().summary.data());
  }
  std::fprintf(to, "\nspatium COMMAND --help shows a command's arguments and an example.\n");
}

}  // namespace

void Output::Text(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

void Output::Line(std::string_view text) {
  Text(text);
  std::fputc('\n', stdout);
}

void Output::Print(const Json& value) { Line(value.Dump()); }

namespace internal {

int RunParsed(std::string_view name,
              const CommandInfo& info,
              std::span<const std::string> args,
              OptionList& list,
              const std::function<Result<int>(Output&)>& run) {
  CommonOptions common;
  list.Flag("--json", &common.json, "print the result as JSON");
  list.Flag("--threads", &common.threads, "threads to use; 0: one per core").max = 4096;
  list.Flag("--quiet", &common.quiet, "no progress on standard error");
  const bool json = std::find(args.begin(), args.end(), "--json") != args.end();
  auto parsed = ParseOptions(WordsOf(name), info.summary, info.example, list, args);
  if (!parsed) return Report(parsed.error(), json);
  if (parsed->help) {
    std::fputs(parsed->help->c_str(), stdout);
    return 0;
  }
  SetProgressQuiet(common.quiet);
  Output out(common);
  try {
    const Result<int> code = run(out);
    if (!code) return Report(code.error(), json);
    // An earlier write may have failed although the last one did not.
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
      return Report({ErrorCode::kIo, "standard output", "to be writable", "a write error"}, false);
    return *code;
  } catch (const std::bad_alloc&) {
    return Report({ErrorCode::kOutOfMemory,
                   "spatium " + WordsOf(name),
                   "enough memory",
                   "an allocation that failed"},
                  json);
  } catch (const std::exception& e) {
    return Report(
        {ErrorCode::kUnsupported, "spatium " + WordsOf(name), "no bug in Spatium", e.what()}, json);
  }
}

}  // namespace internal

int RunCommandLine(std::span<const std::string> args) {
  InstallStopHandler();
  const auto is_help = [](const std::string& word) { return word == "--help" || word == "-h"; };
  if (args.empty() || is_help(args[0]) || args[0] == "help") {
    PrintUsage(args.empty() ? stderr : stdout);
    return args.empty() ? kWrongUsage : 0;
  }
  if (args[0] == "--version") {
    std::printf("spatium %s\n", SPATIUM_VERSION);
    return 0;
  }
  // The longest name that the words spell: "ground eval" before "ground".
  std::vector<std::string> known;
  for (const CommandEntry& entry : Commands()) known.push_back(WordsOf(entry.name));
  for (size_t words = std::min<size_t>(args.size(), 3); words > 0; --words) {
    const std::string name =
        Join({args.begin(), args.begin() + static_cast<std::ptrdiff_t>(words)}, " ");
    const auto it = std::find(known.begin(), known.end(), name);
    if (it == known.end()) continue;
    const CommandEntry& entry = Commands()[static_cast<size_t>(it - known.begin())];
    return entry.info().run(entry.name, entry.info(), args.subspan(words));
  }
  const bool is_group = std::any_of(Commands().begin(),
                                    Commands().end(),
                                    [&](const CommandEntry& e) { return InGroup(e, args[0]); });
  if (is_group && (args.size() == 1 || is_help(args[1]))) {
    PrintUsage(args.size() == 1 ? stderr : stdout, args[0]);
    return args.size() == 1 ? kWrongUsage : 0;
  }
  const std::string tried =
      args.size() > 1 && !args[1].starts_with("-") ? args[0] + " " + args[1] : args[0];
  const auto near = NearestName(tried, known);
  const bool json = std::find(args.begin(), args.end(), "--json") != args.end();
  return Report(
      {ErrorCode::kUsage,
       "spatium",
       near ? "a command (did you mean " + *near + "?)" : "a command (see spatium --help)",
       Quote(tried)},
      json);
}

}  // namespace spatium
