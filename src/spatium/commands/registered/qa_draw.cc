// spatium qa draw: questions' pictures with their markers, as PNG files.
#include <cctype>

#include "spatium/base/parallel.h"
#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/image/codec.h"
#include "spatium/report/question_pictures.h"

namespace spatium {
namespace {

struct Options {
  Path out, folder;
  std::optional<std::string> id;
  std::optional<int64_t> sample;
  std::string style = "clear";
  uint64_t seed = 0;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("OUT", &o.out, "folder that qa make wrote");
  list.Flag("-o,--out", &o.folder, "folder for the PNG files").required = true;
  list.Flag("--id", &o.id, "a question's id or provenance key");
  list.Flag("--sample", &o.sample, "number of questions, spread over tasks and formats").min = 1;
  list.Flag("--style", &o.style, "clear: sized by the picture; spar: as the SPAR reference")
      .choices = {"clear", "spar"};
  list.Flag("--seed", &o.seed, "which questions --sample takes");
}

// Of a long video only the pictures with markers are written.
constexpr size_t kMaxPlainPictures = 4;

// A file name of letters, digits, '-', '_' and '.'.
std::string FileName(const PlacedQuestion& question, size_t number, int picture) {
  std::string name = StrCat(question.place.task,
                            "_",
                            question.place.format,
                            "_",
                            question.id(),
                            "_",
                            number,
                            "_",
                            picture,
                            ".png");
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-' && c != '_' && c != '.') c = '_';
  return name;
}

Result<Json> DrawOne(const PlacedQuestion& question, size_t number, const Options& options) {
  const bool all = question.images().size() <= kMaxPlainPictures;
  SPATIUM_TRY(const auto pictures,
              DrawQuestion(question,
                           options.style == "spar" ? MarkerStyle::kSpar : MarkerStyle::kClear,
                           0,
                           [&](int index, bool marked) { return all || marked || index == 0; }));
  Json files = Json::MakeArray();
  for (const MarkedPicture& picture : pictures) {
    const std::string name = FileName(question, number, picture.index);
    SPATIUM_TRY_DO(WriteFileAtomic(options.folder / name, EncodePng(picture.image)));
    files.Push(name);
  }
  return Json::MakeObject({{"id", question.id()},
                           {"task", question.place.task},
                           {"format", question.place.format},
                           {"question", question.question()},
                           {"answer", question.answer()},
                           {"files", std::move(files)}});
}

Result<int> Run(const Options& options, Output& out) {
  if (options.id.has_value() == options.sample.has_value())
    return Error{ErrorCode::kUsage, "qa draw", "either --id or --sample", "both or neither"};
  SPATIUM_TRY(const auto questions,
              options.id ? FindQuestions(options.out, *options.id)
                         : SampleQuestions(
                               options.out, static_cast<size_t>(*options.sample), options.seed));
  SPATIUM_TRY_DO(MakeFolder(options.folder));
  std::vector<std::optional<Result<Json>>> rows(questions.size());
  ParallelFor(questions.size(), out.threads(), [&](size_t i) {
    rows[i] = DrawOne(questions[i], i, options);
  });
  for (auto& row : rows) {
    if (!*row) return std::move(*row).error();
    out.Print(**row);
  }
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_qa_draw() {
  static constexpr CommandInfo kInfo{
      .summary = "questions' pictures with their markers, as PNG files",
      .example = "spatium qa draw OUT --sample 20 --style clear -o pictures",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
