#include "spatium/qa/verify/verify.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <unordered_set>

#include "spatium/base/interrupt.h"
#include "spatium/base/parallel.h"
#include "spatium/base/progress.h"
#include "spatium/base/text.h"
#include "spatium/qa/verify/check_record.h"

namespace spatium {
namespace verify {
namespace {

constexpr size_t kLinesAtOnce = 4096;

// One JSONL file of the tree.
struct QuestionFile {
  Path path;
  std::string name;  // relative to the tree
  Path images_root;
  std::string group;  // dataset, split, task and format
  std::string task, format;
  bool misplaced = false;
};

Result<std::vector<QuestionFile>> FindFiles(const Path& out) {
  std::vector<QuestionFile> files;
  const Path root = out / "spar";
  std::error_code error;
  for (auto it = std::filesystem::recursive_directory_iterator(root, error);
       !error && it != std::filesystem::recursive_directory_iterator();
       it.increment(error)) {
    if (it->path().extension() != ".jsonl" || !it->is_regular_file()) continue;
    QuestionFile file;
    file.path = it->path();
    file.name = file.path.lexically_relative(out).generic_string();
    const auto parts = Split(file.name, '/');  // spar DATASET qa_jsonl SPLIT TASK FORMAT FILE
    file.misplaced = parts.size() != 7 || parts[2] != "qa_jsonl";
    if (!file.misplaced) {
      file.images_root = root / std::string(parts[1]) / "images";
      file.task = std::string(parts[4]);
      file.format = std::string(parts[5]);
      file.group = StrCat(parts[1], "/", parts[3], "/", parts[4], "/", parts[5]);
    }
    files.push_back(std::move(file));
  }
  if (error)
    return Error{ErrorCode::kNotFound, root.string(), "a tree of questions", error.message()};
  if (files.empty()) return Error{ErrorCode::kNotFound, root.string(), "question files", "none"};
  std::ranges::sort(files, {}, &QuestionFile::name);
  return files;
}

// A claim about pixels and the line that makes it.
struct PendingClaim {
  PixelClaim pixel;
  bool answer = false;
  size_t file = 0;
  int64_t line = 0;
  std::string id, what;
};

// Whether the run that made the tree left its pictures out, and says so.
bool PicturesLeftOut(const Path& out) {
  const auto record = ReadJsonFile(out / "run.json");
  const Json* pictures = record ? record->Find("pictures") : nullptr;
  return pictures != nullptr && *pictures == Json(false);
}

class Verifier {
 public:
  explicit Verifier(const VerifyOptions& options)
      : options_(options), pictures_(PicturesLeftOut(options.out)) {}

  Result<VerifyReport> Run() {
    for (const Path& folder : options_.scenes) {
      SPATIUM_TRY(auto source, SourceScene::Open(folder));
      std::string id = source.scene().id;
      sources_.emplace(std::move(id), std::move(source));
    }
    SPATIUM_TRY(files_, FindFiles(options_.out));
    for (size_t i = 0; i < files_.size(); ++i) SPATIUM_TRY_DO(CheckFile(i));
    SPATIUM_TRY_DO(CheckPixels());
    return Finish();
  }

 private:
  void Add(size_t file, int64_t line, const std::string& id, Finding finding) {
    faulty_[static_cast<size_t>(finding.fault)].insert((static_cast<uint64_t>(file) << 40) |
                                                       static_cast<uint64_t>(line));
    failures_.push_back({files_[file].name, line, id, std::move(finding)});
  }

  Result<void> CheckFile(size_t file_idx) {
    const QuestionFile& file = files_[file_idx];
    if (file.misplaced) {
      Add(file_idx,
          0,
          "",
          {Fault::kDisagreement,
           "file_name",
           "spar/DATASET/qa_jsonl/SPLIT/TASK/FORMAT/FORMAT_N.jsonl",
           file.name});
      return {};
    }
    std::vector<std::string> batch;
    int64_t done = 0;
    uint64_t lines = 0;
    SPATIUM_TRY_DO(ForEachLine(file.path, [&](int64_t, std::string_view line) -> Result<void> {
      ++lines;
      if (options_.limit && lines > *options_.limit) return {};
      batch.emplace_back(line);
      if (batch.size() == kLinesAtOnce) SPATIUM_TRY_DO(CheckLines(file_idx, batch, done));
      return {};
    }));
    SPATIUM_TRY_DO(CheckLines(file_idx, batch, done));
    const std::string expected = StrCat(file.format, "_", lines, ".jsonl");
    if (file.path.filename() != expected)
      Add(file_idx,
          0,
          "",
          {Fault::kDisagreement, "file_name", expected, file.path.filename().string()});
    return {};
  }

  Result<void> CheckLines(size_t file_idx, std::vector<std::string>& lines, int64_t& done) {
    SPATIUM_TRY_DO(CheckStop("qa verify"));
    const QuestionFile& file = files_[file_idx];
    std::vector<LineReport> reports(lines.size());
    ParallelFor(lines.size(), options_.threads, [&](size_t i) {
      reports[i] = CheckLine(lines[i],
                             StrCat(file.name, ":", done + static_cast<int64_t>(i) + 1),
                             file.task,
                             file.format,
                             sources_,
                             file.images_root,
                             pictures_);
    });
    for (LineReport& report : reports) Merge(file_idx, ++done, report);
    lines.clear();
    return {};
  }

  void Merge(size_t file_idx, int64_t line, LineReport& report) {
    ++report_.checked;
    if (report.unverifiable) ++report_.unverifiable;
    if (report.pictures_left_out) ++report_.without_pictures;
    for (const Finding& finding : report.findings.items()) Add(file_idx, line, report.id, finding);
    const QuestionFile& file = files_[file_idx];
    // One fact once per format; a key belongs to one fact.
    const auto repeated = [&](std::string_view what, uint64_t hash, const std::string& scope) {
      if (hash == 0 || seen_[StrCat(what, "|", scope)].insert(hash).second) return;
      Add(file_idx, line, report.id, {Fault::kDuplicate, std::string(what), "once", "again"});
    };
    repeated("fact", report.fact, file.group);
    repeated("key", report.key, file.group);
    repeated("question", report.text, file.group);
    if (report.key != 0 && report.fact != 0) {
      const auto [it, fresh] = fact_of_key_.emplace(report.key, report.fact);
      if (!fresh && it->second != report.fact)
        Add(file_idx,
            line,
            report.id,
            {Fault::kDuplicate, "key", "one fact per key", "another fact has this key"});
    }
    for (LineReport::Claim& claim : report.claims)
      claims_[{report.scene, claim.pixel.frame_idx}].push_back(
          {claim.pixel, claim.answer, file_idx, line, report.id, std::move(claim.what)});
  }

  // The shapes of the scenes with depth maps of which a record says how much of an object is seen.
  Result<std::map<std::string, Shapes>> MeasureShapes() {
    std::map<std::string, Shapes> shapes;
    for (const auto& [place, pending] : claims_) {
      const SourceScene& source = sources_.find(place.first)->second;
      if (shapes.contains(place.first) || !source.HasDepth() ||
          std::ranges::none_of(pending, [](const PendingClaim& claim) {
            return claim.pixel.kind == PixelClaim::Kind::kVisibleFraction;
          }))
        continue;
      SPATIUM_TRY_DO(CheckStop("qa verify"));
      SPATIUM_TRY(Shapes measured, Shapes::Measure(source, options_.threads));
      shapes.emplace(place.first, std::move(measured));
    }
    return shapes;
  }

  static Finding FindingOf(const PendingClaim& claim, const std::string& wrong) {
    if (claim.pixel.kind == PixelClaim::Kind::kVisibleFraction)
      return {Fault::kDisagreement,
              "visible_fraction",
              StrCat(claim.what, ": ", wrong),
              StrCat(claim.pixel.visible_fraction)};
    const MarkBox& mark = claim.pixel.mark;
    return {claim.answer ? Fault::kDisagreement : Fault::kMarkerOutside,
            claim.answer ? "answer" : "marker",
            StrCat("the ", claim.what, " on its object: ", wrong),
            StrCat("[", mark.x0, ", ", mark.y0, ", ", mark.x1, ", ", mark.y1, "]")};
  }

  Result<void> CheckPixels() {
    using Item = std::pair<const std::pair<std::string, size_t>, std::vector<PendingClaim>>;
    std::vector<const Item*> items;
    for (const Item& item : claims_) items.push_back(&item);
    SPATIUM_TRY(const auto shapes, MeasureShapes());
    std::vector<std::vector<std::string>> wrong(items.size());
    std::vector<std::optional<Error>> errors(items.size());
    Progress progress("checking markers", items.size());
    ParallelFor(items.size(), options_.threads, [&](size_t i) {
      if (StopRequested()) return;
      const auto& [place, pending] = *items[i];
      std::vector<PixelClaim> pixels;
      for (const PendingClaim& claim : pending) pixels.push_back(claim.pixel);
      const auto shape = shapes.find(place.first);
      auto checked = CheckClaims(sources_.find(place.first)->second,
                                 place.second,
                                 pixels,
                                 shape == shapes.end() ? nullptr : &shape->second);
      if (checked)
        wrong[i] = *std::move(checked);
      else
        errors[i] = std::move(checked).error();
      progress.Add();
    });
    SPATIUM_TRY_DO(CheckStop("qa verify"));
    for (size_t i = 0; i < items.size(); ++i) {
      if (errors[i]) return *std::move(errors[i]);
      for (size_t k = 0; k < wrong[i].size(); ++k) {
        if (wrong[i][k].empty()) continue;
        const PendingClaim& claim = items[i]->second[k];
        Add(claim.file, claim.line, claim.id, FindingOf(claim, wrong[i][k]));
      }
    }
    return {};
  }

  VerifyReport Finish() {
    report_.disagreements = Count(Fault::kDisagreement);
    report_.marker_outside = Count(Fault::kMarkerOutside);
    report_.options_not_unique = Count(Fault::kOptionsNotUnique);
    report_.duplicates = Count(Fault::kDuplicate);
    const auto place = [](const VerifyFailure& f) {
      return std::tie(f.file, f.line, f.finding.kind, f.finding.expected, f.finding.found);
    };
    std::ranges::sort(failures_, [&](const VerifyFailure& a, const VerifyFailure& b) {
      return place(a) < place(b);
    });
    if (failures_.size() > options_.max_failures) failures_.resize(options_.max_failures);
    report_.failures = std::move(failures_);
    return std::move(report_);
  }
  int64_t Count(Fault fault) const {
    return static_cast<int64_t>(faulty_[static_cast<size_t>(fault)].size());
  }

  const VerifyOptions& options_;
  Sources sources_;
  PictureHashes pictures_;
  std::vector<QuestionFile> files_;
  std::map<std::pair<std::string, size_t>, std::vector<PendingClaim>> claims_;  // by scene, frame
  std::map<std::string, std::unordered_set<uint64_t>> seen_;
  std::map<uint64_t, uint64_t> fact_of_key_;
  std::array<std::unordered_set<uint64_t>, 4> faulty_;  // lines with each fault
  std::vector<VerifyFailure> failures_;
  VerifyReport report_;
};

}  // namespace
}  // namespace verify

namespace {
std::string_view FaultName(verify::Fault fault) {
  switch (fault) {
    case verify::Fault::kDisagreement:
      return "disagreement";
    case verify::Fault::kMarkerOutside:
      return "marker_outside";
    case verify::Fault::kOptionsNotUnique:
      return "options_not_unique";
    case verify::Fault::kDuplicate:
      return "duplicate";
  }
  return "";
}
}  // namespace

const CheckerInfo* FindChecker(std::string_view task) {
  for (const CheckerEntry& entry : Checkers())
    if (entry.name == task) return &entry.info();
  return nullptr;
}

Json VerifyReport::ToJson() const {
  Json list = Json::MakeArray();
  for (const VerifyFailure& failure : failures)
    list.Push(Json::MakeObject({{"file", failure.file},
                                {"line", failure.line},
                                {"id", failure.id},
                                {"kind", FaultName(failure.finding.fault)},
                                {"what", failure.finding.kind},
                                {"expected", failure.finding.expected},
                                {"found", failure.finding.found}}));
  return Json::MakeObject({{"checked", checked},
                           {"disagreements", disagreements},
                           {"marker_outside", marker_outside},
                           {"options_not_unique", options_not_unique},
                           {"duplicates", duplicates},
                           {"unverifiable", unverifiable},
                           {"without_pictures", without_pictures},
                           {"failures", std::move(list)}});
}

Result<VerifyReport> VerifyQuestions(const VerifyOptions& options) {
  return verify::Verifier(options).Run();
}

}  // namespace spatium
