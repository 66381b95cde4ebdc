// spatium qa verify: derives every answer again from the source scenes.
#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/qa/verify/verify.h"

namespace spatium {
namespace {

struct Options {
  VerifyOptions verify;
  uint64_t max_failures = 1000;
  std::optional<int64_t> limit;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("OUT", &o.verify.out, "folder that qa make wrote (it holds spar/)");
  list.Flag("--scenes", &o.verify.scenes, "the stores that the questions were made from").required =
      true;
  list.Flag("--max-failures", &o.max_failures, "how many failures to list; all are counted");
  list.Flag("--limit", &o.limit, "check only the first N questions of each file").min = 1;
}

Result<int> Run(const Options& o, Output& out) {
  VerifyOptions options = o.verify;
  options.threads = out.threads();
  options.max_failures = o.max_failures;
  if (o.limit) options.limit = static_cast<uint64_t>(*o.limit);
  SPATIUM_TRY(const VerifyReport report, VerifyQuestions(options));
  if (out.json()) {
    out.Print(report.ToJson());
  } else {
    for (const VerifyFailure& f : report.failures)
      out.Line(StrCat(f.file,
                      ":",
                      f.line,
                      ": ",
                      f.id,
                      ": ",
                      f.finding.kind,
                      ": expected ",
                      f.finding.expected,
                      ", found ",
                      f.finding.found));
    out.Line(StrCat(report.checked,
                    " checked, ",
                    report.disagreements,
                    " disagreements, ",
                    report.marker_outside,
                    " markers outside, ",
                    report.options_not_unique,
                    " option lists not unique, ",
                    report.duplicates,
                    " duplicates",
                    report.unverifiable ? StrCat(", ", report.unverifiable, " unverifiable") : "",
                    report.without_pictures
                        ? StrCat(", ",
                                 report.without_pictures,
                                 " without their pictures (made with --no-pictures)")
                        : ""));
  }
  return report.ok() ? 0 : 1;
}

}  // namespace

const CommandInfo& CommandInfo_qa_verify() {
  static constexpr CommandInfo kInfo{
      .summary = "derives every answer again from the scenes with code of its own",
      .example = "spatium qa verify OUT --scenes STORE --json",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
