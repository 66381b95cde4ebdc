#include "spatium/benchmarks/spar_tree.h"

#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/dataset/question_set.h"
#include "spatium/image/marker_fields.h"
#include "spatium/metrics/sparbench.h"

namespace spatium {
namespace {

// A record's paths must stay below the tree's picture folder.
Result<Path> PicturePath(const QuestionPlace& place,
                         const std::string& relative,
                         const std::string& where) {
  const Path path = Path(relative).lexically_normal();
  if (!StaysInside(path))
    return Error{
        ErrorCode::kBadValue, where, "a path inside of the picture folder", Quote(relative)};
  return place.images / path;
}

Result<Item> ToItem(const PlacedQuestion& question, const std::string& where) {
  Item item;
  item.id = question.id();
  item.task = question.place.task;
  item.question = question.question();
  item.answer = question.answer();
  if (item.id.empty() || item.question.empty() || item.answer.empty())
    return Error{ErrorCode::kNotFound, where, "an id, a question and an answer", "not all of them"};
  std::vector<Marker> markers;
  if (question.record.Find("type") != nullptr) {
    auto read = MarkersOfRecord(JsonCursor(question.record, where));
    if (!read) return std::move(read).error();
    markers = *std::move(read);
  }
  int number = 0;
  for (const std::string& image : question.images()) {
    MediaRef& media = item.media.emplace_back();
    SPATIUM_TRY(media.file, PicturePath(question.place, image, where));
    media.source = image;
    media.marker_style = MarkerStyle::kSpar;
    for (Marker marker : markers) {
      if (marker.image != number) continue;
      marker.image = 0;
      media.markers.push_back(marker);
    }
    ++number;
  }
  item.fields =
      Json::MakeObject({{"img_type", item.media.size() > 1 ? "multi_view" : "single_view"},
                        {"format_type", question.place.format},
                        {"source", question.place.dataset}});
  return item;
}

}  // namespace

bool IsSparTree(const Path& data) {
  std::error_code error;
  if (std::filesystem::is_directory(data / "spar", error)) return true;
  auto folders = ListFolder(data);
  return folders && std::ranges::any_of(*folders, [&](const std::string& name) {
           return std::filesystem::is_directory(data / name / "qa_jsonl", error);
         });
}

Result<void> LoadSparTree(const Path& data, const std::function<Result<void>(Item)>& sink) {
  return ForEachQuestionLine(
      data, [&](const QuestionPlace& place, std::string_view line) -> Result<void> {
        const SparKind kind = SparKindOf(place.task);
        const std::string_view form = kind == SparKind::kChoice ? "select" : "fill";
        if (kind == SparKind::kUnknown || place.format != form) return {};
        const std::string where = StrCat(place.file.string(), ":", place.line);
        SPATIUM_TRY(Json record, Json::Parse(line, where));
        if (!record.IsObject())
          return Error{ErrorCode::kParse, where, "an object", Quote(line, 40)};
        SPATIUM_TRY(Item item, ToItem({.place = place, .record = std::move(record)}, where));
        return sink(std::move(item));
      });
}

}  // namespace spatium
