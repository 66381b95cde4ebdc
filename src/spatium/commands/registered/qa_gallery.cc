// spatium qa gallery: a page to look at questions.
#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/report/gallery.h"

namespace spatium {
namespace {

constexpr int64_t kDefaultSample = 120;

struct Options {
  Path out, page;
  int64_t sample = kDefaultSample;
  uint64_t seed = 0;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("OUT", &o.out, "folder that qa make wrote");
  list.Flag("-o,--out", &o.page, "the HTML file to write").required = true;
  list.Flag("--sample", &o.sample, "number of questions, spread over tasks and formats").min = 1;
  list.Flag("--seed", &o.seed, "which questions are taken");
}

Result<int> Run(const Options& options, Output& out) {
  SPATIUM_TRY(const auto questions,
              SampleQuestions(options.out, static_cast<size_t>(options.sample), options.seed));
  const std::string html =
      GalleryPage(questions,
                  {.title = "Spatial questions",
                   .subtitle = StrCat(questions.size(), " questions of ", options.out.string()),
                   .threads = out.threads()});
  SPATIUM_TRY_DO(WriteFileAtomic(options.page, html));
  if (out.json()) {
    out.Print(Json::MakeObject({{"page", options.page.string()}, {"questions", questions.size()}}));
  } else {
    out.Line(options.page.string());
  }
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_qa_gallery() {
  static constexpr CommandInfo kInfo{
      .summary = "an HTML page to look at questions, with filters and hidden answers",
      .example = "spatium qa gallery OUT -o gallery.html --sample 100",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
