#include "spatium/report/question_pictures.h"

#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/image/codec.h"
#include "spatium/image/marker_fields.h"
#include "spatium/image/resize.h"

namespace spatium {
namespace {

// A record comes from outside: its paths must stay below the tree's picture folder.
Result<Path> PicturePath(const QuestionPlace& place, const std::string& relative) {
  const Path path = Path(relative).lexically_normal();
  if (!StaysInside(path))
    return Error{
        ErrorCode::kBadValue, "image", "a path inside of the picture folder", Quote(relative)};
  return place.images / path;
}

Result<RgbImage> ReadPicture(const Path& path, int max_side_px) {
  SPATIUM_TRY(const std::string bytes, ReadFile(path));
  SPATIUM_TRY(RgbImage image, DecodeRgb(bytes, path.string()));
  if (max_side_px <= 0) return image;
  return ResizeAsPillow(image, FitInside(image.size(), max_side_px), PillowFilter::kBox);
}

Result<std::vector<MarkedPicture>> Draw(const PlacedQuestion& question,
                                        MarkerStyle style,
                                        int max_side_px,
                                        const std::function<bool(int, bool)>& wanted) {
  std::vector<Marker> markers;
  if (question.record.Find("type")) {
    SPATIUM_TRY(markers, MarkersOfRecord(JsonCursor(question.record, "record")));
  }
  const std::vector<std::string> paths = question.images();
  std::vector<MarkedPicture> pictures;
  for (size_t i = 0; i < paths.size(); ++i) {
    const int index = static_cast<int>(i);
    const bool marked = std::ranges::find(markers, index, &Marker::image) != markers.end();
    if (wanted && !wanted(index, marked)) continue;
    SPATIUM_TRY(const Path path, PicturePath(question.place, paths[i]));
    SPATIUM_TRY(RgbImage image, ReadPicture(path, max_side_px));
    SPATIUM_TRY_DO(DrawMarkers(image, markers, index, style));
    pictures.push_back({index, std::move(image), marked});
  }
  return pictures;
}

}  // namespace

Result<std::vector<MarkedPicture>> DrawQuestion(const PlacedQuestion& question,
                                                MarkerStyle style,
                                                int max_side_px,
                                                const std::function<bool(int, bool)>& wanted) {
  auto pictures = Draw(question, style, max_side_px, wanted);
  if (pictures) return pictures;
  return std::move(pictures).error().Within(
      StrCat(question.place.file.string(), ":", question.place.line));
}

}  // namespace spatium
