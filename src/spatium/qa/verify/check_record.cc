#include "spatium/qa/verify/check_record.h"

#include <algorithm>

#include "spatium/base/hash.h"
#include "spatium/base/text.h"

namespace spatium::verify {
namespace {

// A mark is a whole number of 0..1000, rounded or cut.
constexpr double kMarkSlack = 1.01;

// The markers a task has, no more and no less, each on an image, at most one per object.
void CheckMarkers(const Case& c, const CheckerInfo& checker, LineReport& report) {
  const Record& record = c.record;
  const bool points = checker.marker == "point";
  std::vector<std::string> expected(checker.marked.begin(), checker.marked.end());
  std::ranges::sort(expected);
  std::vector<std::string> drawn_points, drawn_boxes;
  for (const auto& [color, mark] : record.points) drawn_points.push_back(color);
  for (const auto& [color, mark] : record.boxes) drawn_boxes.push_back(color);
  if (drawn_points != (points ? expected : std::vector<std::string>{}) ||
      drawn_boxes != (points ? std::vector<std::string>{} : expected))
    report.findings.Disagree(
        "marker",
        StrCat(Join(expected, ", "), " as ", checker.marker),
        StrCat("points ", Join(drawn_points, ", "), "; boxes ", Join(drawn_boxes, ", ")));
  for (const auto* idx : {&record.point_img_idx, &record.bbox_img_idx}) {
    const bool own = (idx == &record.point_img_idx) == points;
    const bool given =
        idx == &record.point_img_idx ? record.has_point_img_idx : record.has_bbox_img_idx;
    if (given && (!own || idx->size() != checker.marked.size()))
      report.findings.Disagree(
          "img_idx", StrCat(own ? checker.marked.size() : 0, " indices"), StrCat(idx->size()));
  }
  for (const Shown& shown : c.shown) {
    if (!shown.marked) continue;
    PixelClaim claim{.frame_idx = c.frames[shown.image_idx],
                     .object_idx = shown.object_idx,
                     .kind = points ? PixelClaim::Kind::kPoint : PixelClaim::Kind::kBox};
    if (points) {
      const auto it = record.points.find(shown.role);
      if (it == record.points.end()) continue;
      const Mark mark = it->second;
      claim.mark = {mark.x, mark.y, mark.x, mark.y};
      // The point that is marked is the projection of the 3D box's centre.
      const auto center = MarkOf(c.ViewOf(shown), c.Center(shown));
      if (!center || std::abs(center->x - mark.x) > kMarkSlack ||
          std::abs(center->y - mark.y) > kMarkSlack)
        report.findings.Add(
            Fault::kMarkerOutside,
            "marker",
            center ? StrCat("the centre at ", center->x, " ", center->y) : "in front of the camera",
            StrCat("mark ", mark.x, " ", mark.y));
    } else {
      const auto it = record.boxes.find(shown.role);
      if (it == record.boxes.end()) continue;
      claim.mark = it->second;
    }
    report.claims.push_back(
        {.pixel = claim, .answer = false, .what = StrCat(shown.role, " ", checker.marker)});
  }
}

// How much of each object provenance says is seen.
void CheckFractions(const Case& c, LineReport& report) {
  if (!c.record.provenance) return;
  for (const NamedObject& named : c.record.provenance->objects) {
    if (!named.visible_fraction || !named.id) continue;
    const auto image = static_cast<size_t>(named.frame.value_or(0));
    const auto object = c.source.ObjectIndex(*named.id);
    if (!object || image >= c.frames.size()) continue;  // said elsewhere
    report.claims.push_back({.pixel = {.frame_idx = c.frames[image],
                                       .object_idx = *object,
                                       .kind = PixelClaim::Kind::kVisibleFraction,
                                       .visible_fraction = *named.visible_fraction},
                             .answer = false,
                             .what = named.role});
  }
}

void CheckValue(const Case& c, const Truth& truth, LineReport& report) {
  if (!c.record.provenance || !c.record.provenance->full()) return;
  const Json& value = c.record.provenance->value;
  for (const ValueNumber& number : truth.numbers) {
    const Json* found = value.Find(number.key);
    if (!found || !found->IsNumber() ||
        !(std::abs(found->AsDouble() - number.truth) <= number.slack))
      report.findings.Disagree(
          "value", StrCat(number.key, " ", number.truth), found ? found->Dump() : "none");
  }
  if (truth.value)
    if (const std::string wrong = truth.value(value); !wrong.empty())
      report.findings.Disagree("value", truth.told, wrong);
  if (const auto& margin = c.record.provenance->margin;
      margin && !(margin->value >= margin->threshold))
    report.findings.Disagree(
        "margin", StrCat("at least ", margin->threshold), StrCat(margin->name, " ", margin->value));
}

// Exactly one option is right, the answer is its letter, and text and provenance list the same.
void CheckOptions(const Case& c, const Truth& truth, LineReport& report) {
  const std::vector<std::string> lines = OptionLines(c.record.question);
  Findings& findings = report.findings;
  if (lines.size() < 2 || lines.size() > 6) {
    findings.Add(Fault::kOptionsNotUnique, "options", "2 to 6 options", StrCat(lines.size()));
    return;
  }
  std::vector<size_t> right;
  for (size_t i = 0; i < lines.size(); ++i) {
    const auto verdict = truth.right(lines[i]);
    if (!verdict)
      findings.Disagree("option", "an answer of the task's form", Quote(lines[i]));
    else if (*verdict)
      right.push_back(i);
    for (size_t j = 0; j < i; ++j)
      if (lines[i] == lines[j])
        findings.Add(Fault::kOptionsNotUnique, "options", "different options", Quote(lines[i]));
  }
  if (right.size() != 1) {
    std::string found = StrCat(right.size(), " right:");
    for (const size_t i : right) found += StrCat(" ", lines[i], ";");
    findings.Add(Fault::kOptionsNotUnique, "options", StrCat("one right: ", truth.told), found);
  }
  const auto letter = ReadLetterAnswer(c.record.answer);
  if (!letter || static_cast<size_t>(*letter) >= lines.size()) {
    findings.Disagree("answer", "the letter of an option", Quote(c.record.answer));
    return;
  }
  const auto chosen = static_cast<size_t>(*letter);
  if (std::ranges::find(right, chosen) == right.end())
    findings.Disagree("answer", truth.told, StrCat(c.record.answer, ". ", lines[chosen]));
  else if (truth.exact)
    if (const std::string wrong = truth.exact(lines[chosen]); !wrong.empty())
      findings.Disagree("answer", truth.told, wrong);
  if (!c.record.provenance || !c.record.provenance->full()) return;
  const Provenance& p = *c.record.provenance;
  if (!p.options || p.options->size() != lines.size()) {
    findings.Disagree("options", "the options of the question", "others in provenance");
    return;
  }
  for (size_t i = 0; i < lines.size(); ++i)
    if (Trim((*p.options)[i].text) != lines[i])
      findings.Disagree("options", Quote(lines[i]), Quote((*p.options)[i].text));
  if (p.correct != static_cast<int64_t>(chosen))
    findings.Disagree("correct", StrCat(chosen), p.correct ? StrCat(*p.correct) : "null");
}

void CheckAnswer(const Case& c, const Truth& truth, LineReport& report) {
  const Record& record = c.record;
  Findings& findings = report.findings;
  if (c.format == "select") {
    CheckOptions(c, truth, report);
  } else if (c.format == "fill") {
    if (!truth.right(record.answer).value_or(false))
      findings.Disagree("answer", truth.told, Quote(record.answer));
    else if (truth.exact)
      if (const std::string wrong = truth.exact(record.answer); !wrong.empty())
        findings.Disagree("answer", truth.told, wrong);
  } else if (c.format == "sentence") {
    if (const std::string wrong = truth.sentence(record.answer); !wrong.empty())
      findings.Disagree("answer", truth.told, Quote(wrong, 200));
  } else if (c.format == "judge") {
    const auto said = ReadYesNo(record.answer);
    const auto is_so = truth.judge ? truth.judge(record.question) : std::nullopt;
    if (!is_so)
      findings.Disagree("question", "one statement to judge", Quote(record.question, 200));
    else if (said != is_so)
      findings.Disagree("answer", *is_so ? "Yes" : "No", Quote(record.answer));
  }
  if (c.format != "select" && record.provenance && record.provenance->options)
    findings.Disagree("options", "null", "options without a select question");
}

void CheckQuestion(const Case& c, const Truth& truth, LineReport& report) {
  std::vector<std::string_view> roles;
  for (const Shown& shown : c.shown) roles.push_back(shown.role);
  const auto mentions = c.Mentions(roles);
  for (const std::string_view text :
       {std::string_view(c.record.question), std::string_view(c.record.answer)})
    for (const std::string& wrong : WrongNames(text, mentions))
      report.findings.Disagree("name", "the marked object's label", wrong);
  const auto tokens = Tokens(c.record.question, mentions);
  for (const std::string& unit :
       {ForeignUnit(tokens), ForeignUnit(Tokens(c.record.answer, mentions))})
    if (!unit.empty()) report.findings.Disagree("unit", "meters, degrees", unit);
  const std::string_view type = c.record.type;
  if ((type.starts_with("depth_") && !SpeaksOfDepth(tokens)) ||
      (type.starts_with("distance_") && SpeaksOfDepth(tokens)))
    report.findings.Disagree("question", std::string(type), Quote(c.record.question, 200));
  // Every marked object is named, by its colour.
  for (size_t i = 0; i < mentions.size(); ++i)
    if (std::ranges::none_of(tokens, [&](const Token& token) {
          return token.kind == TokenKind::kObject && token.objects == uint32_t{1} << i;
        }))
      report.findings.Disagree(
          "name", StrCat(roles[i], " ", mentions[i].labels.front()), "not named in the question");
  if (truth.question)
    if (const std::string wrong = truth.question(c.record.question); !wrong.empty())
      report.findings.Disagree("question", truth.told, wrong);
}

// What may not be asked twice: the task, the frames in their order (the box in the other picture is
// another question) and the objects in their parts; parts that
// can be exchanged without changing the question are one.
uint64_t FactHash(const Case& c, const CheckerInfo& checker, std::string_view task) {
  std::string fact = StrCat(task, "|", c.source.scene().id);
  for (const size_t frame : c.frames) fact += StrCat("|f", frame);
  std::vector<size_t> objects;
  for (const Shown& shown : c.shown) objects.push_back(shown.object_idx);
  if (checker.symmetric_tail && objects.size() >= 2) std::sort(objects.end() - 2, objects.end());
  for (const size_t object : objects) fact += StrCat("|o", object);
  if (c.shown.empty() && c.record.provenance)
    if (const Json* category = c.record.provenance->value.Find("category"))
      fact += StrCat("|c", category->Dump());
  return checker.roles.empty() && c.frames.size() != 2 && fact.find("|c") == std::string::npos
             ? 0
             : Hash64(fact);
}

// A depth map belongs to its picture: the same scene, the folder's name with "depth" for "color",
// the same frame.
void CheckDepthNames(const Record& record, Findings& findings) {
  if (record.depths.empty()) return;
  if (record.depths.size() != record.images.size()) {
    findings.Disagree("depth", StrCat(record.images.size(), " maps"), StrCat(record.depths.size()));
    return;
  }
  for (size_t i = 0; i < record.depths.size(); ++i) {
    const Path image(record.images[i]), depth(record.depths[i]);
    const Path folder = image.parent_path();
    const Path expected = folder.parent_path() /
                          ReplaceAll(folder.filename().string(), "color", "depth") / image.stem();
    if (depth.parent_path() / depth.stem() != expected)
      findings.Disagree("depth", expected.string(), record.depths[i]);
  }
}

}  // namespace

LineReport CheckLine(std::string_view line,
                     std::string_view where,
                     std::string_view task,
                     std::string_view format,
                     const Sources& sources,
                     const Path& images_root,
                     PictureHashes& pictures) {
  LineReport report;
  auto read = ReadRecord(line, where);
  if (!read) {
    report.findings.Disagree("record", read.error().expected, read.error().Message());
    return report;
  }
  const Record& record = *read;
  report.id = record.id;
  const CheckerInfo* checker = FindChecker(task);
  if (!checker) {
    report.findings.Disagree("task", "a task that the verifier knows", std::string(task));
    return report;
  }
  if (record.type != task) report.findings.Disagree("type", std::string(task), record.type);
  if (std::ranges::find(checker->formats, format) == checker->formats.end()) {
    report.findings.Disagree("format",
                             Join({checker->formats.begin(), checker->formats.end()}, ", "),
                             std::string(format));
    return report;
  }
  if (record.provenance && record.provenance->key && !record.id.ends_with(*record.provenance->key))
    report.findings.Disagree("key", record.id, *record.provenance->key);
  CheckDepthNames(record, report.findings);
  if (record.provenance && record.provenance->key) report.key = Hash64(*record.provenance->key);
  std::string seen = record.question;
  for (const std::string& image : record.images) seen += StrCat("\n", image);
  for (const auto& [color, mark] : record.points) seen += StrCat("\n", color, mark.x, ",", mark.y);
  for (const auto& [color, box] : record.boxes)
    seen += StrCat("\n", color, box.x0, ",", box.y0, ",", box.x1, ",", box.y1);
  report.text = Hash64(seen);

  const auto c = Resolve(record,
                         format,
                         *checker,
                         sources,
                         images_root,
                         pictures,
                         report.findings,
                         report.unverifiable,
                         report.pictures_left_out);
  if (!c) return report;
  report.scene = c->source.scene().id;
  report.fact = FactHash(*c, *checker, task);
  CheckMarkers(*c, *checker, report);
  CheckFractions(*c, report);
  const Truth truth = checker->derive(*c);
  CheckValue(*c, truth, report);
  CheckQuestion(*c, truth, report);
  CheckAnswer(*c, truth, report);
  if (truth.answer_box)
    report.claims.push_back({.pixel = *truth.answer_box, .answer = true, .what = "answer's box"});
  return report;
}

}  // namespace spatium::verify
