#include "spatium/qa/verify/resolve.h"

#include <algorithm>
#include <cmath>

#include "spatium/base/hash.h"
#include "spatium/base/text.h"

namespace spatium::verify {
namespace {

constexpr double kIntrinsicSlack_px = 6e-3;  // printed with two decimals or more
constexpr double kRotationSlack = 6e-5;      // printed with four decimals or more
constexpr double kPixelSlack_px = 0.06;      // printed with one decimal or more
// A marker is a pixel on the 0..1000 scale, rounded or cut.
constexpr double kMarkSlack = 1.01;

bool Near(double a, double b, double slack) { return std::abs(a - b) <= slack; }

// The frame that a picture's name says, SCENE/FOLDER/NAME.jpg or, in a video, frameI_NAME.jpg.
std::optional<size_t> FrameOfName(const std::string& image, const SourceScene& source) {
  const Path path(image);
  const std::string stem = path.stem().string();
  if (path.parent_path().parent_path() != source.scene().id) return std::nullopt;
  if (path.parent_path().filename() != "video_color") return source.FrameIndex(stem);
  const size_t underscore = stem.find('_');
  if (!stem.starts_with("frame") || underscore == std::string::npos) return std::nullopt;
  return source.FrameIndex(std::string_view(stem).substr(underscore + 1));
}

// The frames that may be a picture: those with its bytes, or the one that its name says where the
// tree leaves it out.
std::optional<std::vector<size_t>> FramesOfPicture(const std::string& image,
                                                   const SourceScene& source,
                                                   const Path& file,
                                                   PictureHashes& pictures,
                                                   bool& left_out) {
  if (const uint64_t hash = pictures.Of(file); hash != 0) return source.FramesWithBytes(hash);
  if (!pictures.LeftOut(file)) return std::nullopt;
  left_out = true;
  const auto frame = FrameOfName(image, source);
  return frame ? std::vector{*frame} : std::vector<size_t>();
}

// Frames of the record's images: by provenance, else by the pictures.
std::optional<std::vector<size_t>> FindFrames(const Record& record,
                                              const SourceScene& source,
                                              const Path& images_root,
                                              PictureHashes& pictures,
                                              Findings& findings,
                                              bool& left_out) {
  const bool named = record.provenance && !record.provenance->frames.empty();
  if (named && record.provenance->frames.size() != record.images.size()) {
    findings.Disagree("image",
                      StrCat(record.provenance->frames.size(), " images, one per frame"),
                      StrCat(record.images.size()));
    return std::nullopt;
  }
  std::vector<size_t> frames;
  for (size_t i = 0; i < record.images.size(); ++i) {
    const auto same = FramesOfPicture(
        record.images[i], source, images_root / record.images[i], pictures, left_out);
    if (!same) {
      findings.Disagree("image", "a readable picture", record.images[i]);
      return std::nullopt;
    }
    if (!named) {
      if (same->size() != 1) {
        findings.Disagree("image", "a picture of the scene", record.images[i]);
        return std::nullopt;
      }
      frames.push_back(same->front());
      continue;
    }
    const std::string& name = record.provenance->frames[i];
    const auto frame = source.FrameIndex(name);
    if (!frame) {
      findings.Disagree("frame", "a frame of the scene", Quote(name));
      return std::nullopt;
    }
    if (std::ranges::find(*same, *frame) == same->end())
      findings.Disagree("image", StrCat("the picture of frame ", name), record.images[i]);
    frames.push_back(*frame);
  }
  return frames;
}

void CompareCameras(const Provenance& p,
                    const SourceScene& source,
                    const std::vector<size_t>& frames,
                    Findings& findings) {
  for (size_t i = 0; i < frames.size(); ++i) {
    const Frame& frame = source.scene().frames[frames[i]];
    if (!p.size.empty() &&
        (p.size[i][0] != frame.color.size.width || p.size[i][1] != frame.color.size.height))
      findings.Disagree("size",
                        StrCat(frame.color.size.width, "x", frame.color.size.height),
                        StrCat(p.size[i][0], "x", p.size[i][1]));
    if (!p.intrinsics.empty()) {
      const double truth[4] = {frame.color.fx, frame.color.fy, frame.color.cx, frame.color.cy};
      for (size_t k = 0; k < 4; ++k)
        if (!Near(p.intrinsics[i][k], truth[k], kIntrinsicSlack_px))
          findings.Disagree("intrinsics", StrCat(truth[k]), StrCat(p.intrinsics[i][k]));
    }
    if (p.cam_from_world.empty()) continue;
    const auto& pose = frame.cam_from_world;
    for (int row = 0; row < 4; ++row)
      for (int column = 0; column < 4; ++column) {
        const double truth = row == 3      ? (column == 3 ? 1 : 0)
                             : column == 3 ? pose.t(row)
                                           : pose.R(row, column);
        const double found = p.cam_from_world[i][static_cast<size_t>(4 * row + column)];
        if (!Near(found, truth, column == 3 ? kPrintSlack : kRotationSlack)) {
          findings.Disagree("pose", StrCat(truth), StrCat(found));
          return;
        }
      }
  }
}

// The names that a text may use for an object.
std::vector<std::string> LabelsOf(const Object& object) {
  std::vector<std::string> labels{NormalName(object.label)};
  if (const std::string category = NormalName(object.category); category != labels.front())
    labels.push_back(category);
  return labels;
}

void CompareObject(const NamedObject& named,
                   const Object& object,
                   const View& view,
                   Findings& findings) {
  const auto labels = LabelsOf(object);
  if (named.label && std::ranges::find(labels, NormalName(*named.label)) == labels.end())
    findings.Disagree("label", object.label, *named.label);
  const Vec center = CenterOf(object);
  if (named.center_in_world && Distance(*named.center_in_world, center) > 2 * kPrintSlack)
    findings.Disagree("center",
                      StrCat(center.x, " ", center.y, " ", center.z),
                      StrCat(named.center_in_world->x,
                             " ",
                             named.center_in_world->y,
                             " ",
                             named.center_in_world->z));
  if (named.aabb_in_world)
    for (int k = 0; k < 3; ++k)
      for (const bool high : {false, true}) {
        const double truth = high ? object.box.max(k) : object.box.min(k);
        const double found = (*named.aabb_in_world)[static_cast<size_t>(k + (high ? 3 : 0))];
        if (!Near(found, truth, kPrintSlack))
          findings.Disagree("box", StrCat(truth), StrCat(found));
      }
  if (named.pixel) {
    const auto truth = PixelOf(view, center);
    if (!truth || !Near(truth->x, named.pixel->x, kPixelSlack_px) ||
        !Near(truth->y, named.pixel->y, kPixelSlack_px))
      findings.Disagree("pixel",
                        truth ? StrCat(truth->x, " ", truth->y) : "behind the camera",
                        StrCat(named.pixel->x, " ", named.pixel->y));
  }
}

// The image a role's marker lies on: *_img_idx has the marked roles in slot order.
std::optional<size_t> ImageOfRole(const Record& record,
                                  const CheckerInfo& checker,
                                  std::string_view role) {
  const auto slot = std::ranges::find(checker.marked, role);
  const auto& idx = checker.marker == "point" ? record.point_img_idx : record.bbox_img_idx;
  if (slot == checker.marked.end() || idx.empty()) return 0;
  const auto i = static_cast<size_t>(slot - checker.marked.begin());
  if (i >= idx.size() || idx[i] < 0 || static_cast<size_t>(idx[i]) >= record.images.size())
    return std::nullopt;
  return static_cast<size_t>(idx[i]);
}

// The object that a marker shows, where nothing names it: the only one whose name stands in the
// question and whose centre (for a point) or projected box fits the marker.
std::optional<size_t> ObjectAtMarker(const Record& record,
                                     std::string_view role,
                                     const SourceScene& source,
                                     const View& view) {
  const auto point = record.points.find(role);
  const auto box = record.boxes.find(role);
  std::optional<size_t> found;
  double best = 0;
  for (size_t i = 0; i < source.scene().objects.size(); ++i) {
    const Object& object = source.scene().objects[i];
    if (!WrongNames(record.question, {{.color = std::string(role), .labels = LabelsOf(object)}})
             .empty())
      continue;
    if (point != record.points.end()) {
      const auto mark = MarkOf(view, CenterOf(object));
      if (!mark || !Near(mark->x, point->second.x, kMarkSlack) ||
          !Near(mark->y, point->second.y, kMarkSlack))
        continue;
      if (found) return std::nullopt;
      found = i;
    } else if (box != record.boxes.end()) {
      const auto outline = ProjectedBox(view, object.box);
      const double overlap = outline ? Overlap(*outline, box->second) : 0;
      if (overlap > best) {
        best = overlap;
        found = i;
      }
    }
  }
  return found;
}

bool FindObjects(const Record& record,
                 const CheckerInfo& checker,
                 Case& c,
                 Findings& findings,
                 bool& unverifiable) {
  for (const std::string_view role : checker.roles) {
    Shown shown;
    shown.role = std::string(role);
    const bool marked = std::ranges::find(checker.marked, role) != checker.marked.end();
    const auto image = ImageOfRole(record, checker, role);
    if (!image) {
      findings.Disagree("img_idx", "an index of an image for each marker", shown.role);
      return false;
    }
    shown.image_idx = *image;
    shown.marked = marked;
    const NamedObject* named = record.provenance ? record.provenance->Find(role) : nullptr;
    if (named && named->id) {
      const auto object_idx = c.source.ObjectIndex(*named->id);
      if (!object_idx) {
        findings.Disagree("id", "an object of the scene", StrCat(*named->id));
        return false;
      }
      shown.object_idx = *object_idx;
      if (named->frame && *named->frame != static_cast<int64_t>(shown.image_idx)) {
        findings.Disagree("img_idx", StrCat(shown.image_idx), StrCat(*named->frame));
        return false;
      }
      CompareObject(*named,
                    c.source.scene().objects[*object_idx],
                    c.source.view(c.frames[shown.image_idx]),
                    findings);
    } else if (record.provenance && record.provenance->full()) {
      findings.Disagree("provenance", StrCat("an object with the role ", role), "none");
      return false;
    } else if (const auto object = ObjectAtMarker(
                   record, role, c.source, c.source.view(c.frames[shown.image_idx]))) {
      shown.object_idx = *object;
    } else {
      unverifiable = true;
      return false;
    }
    shown.labels = LabelsOf(c.source.scene().objects[shown.object_idx]);
    c.shown.push_back(std::move(shown));
  }
  return true;
}

// Objects of provenance in parts that carry no marker ("target", "counted"): as the scene has them.
void CompareOthers(const CheckerInfo& checker, const Case& c, Findings& findings) {
  if (!c.record.provenance) return;
  for (const NamedObject& named : c.record.provenance->objects) {
    if (std::ranges::find(checker.roles, named.role) != checker.roles.end()) continue;
    const Object* object =
        named.id ? c.source.scene().FindObject(ObjectId{static_cast<int32_t>(*named.id)}) : nullptr;
    const auto image = static_cast<size_t>(named.frame.value_or(0));
    if (!object || image >= c.frames.size())
      findings.Disagree("id", "an object of the scene in a frame of the record", named.role);
    else
      CompareObject(named, *object, c.source.view(c.frames[image]), findings);
  }
}

}  // namespace

uint64_t PictureHashes::Of(const Path& file) {
  const std::string name = file.string();
  {
    const std::lock_guard lock(mutex_);
    if (const auto it = known_.find(name); it != known_.end()) return it->second;
  }
  const auto bytes = ReadFile(file);
  const uint64_t hash = bytes && !bytes->empty() ? Hash64(*bytes) : 0;
  const std::lock_guard lock(mutex_);
  return known_.emplace(name, hash).first->second;
}

bool PictureHashes::LeftOut(const Path& file) const {
  std::error_code ignored;
  return optional_ && !std::filesystem::exists(file, ignored);
}

const Shown* Case::Find(std::string_view role) const {
  const auto it = std::ranges::find(shown, role, &Shown::role);
  return it == shown.end() ? nullptr : &*it;
}

std::vector<Mentionable> Case::Mentions(std::span<const std::string_view> roles) const {
  std::vector<Mentionable> mentions;
  for (const std::string_view role : roles)
    if (const Shown* object = Find(role))
      mentions.push_back(
          {.color = object->marked ? object->role : std::string(), .labels = object->labels});
  return mentions;
}

std::optional<Case> Resolve(const Record& record,
                            std::string_view format,
                            const CheckerInfo& checker,
                            const Sources& sources,
                            const Path& images_root,
                            PictureHashes& pictures,
                            Findings& findings,
                            bool& unverifiable,
                            bool& left_out) {
  if (record.images.empty()) {
    findings.Disagree("image", "at least one image", "none");
    return std::nullopt;
  }
  const std::string scene_id =
      record.provenance && record.provenance->scene
          ? *record.provenance->scene
          : std::string(std::string_view(record.images[0])
                            .substr(0, std::string_view(record.images[0]).find('/')));
  const auto source = sources.find(scene_id);
  if (source == sources.end()) {
    findings.Disagree("scene", "one of --scenes", Quote(scene_id));
    return std::nullopt;
  }
  Case c{.record = record, .format = format, .source = source->second, .frames = {}, .shown = {}};
  if (checker.num_images && record.images.size() != *checker.num_images) {
    findings.Disagree(
        "image", StrCat(*checker.num_images, " images"), StrCat(record.images.size()));
    return std::nullopt;
  }
  auto frames = FindFrames(record, c.source, images_root, pictures, findings, left_out);
  if (!frames) return std::nullopt;
  c.frames = std::move(*frames);
  if (record.provenance) CompareCameras(*record.provenance, c.source, c.frames, findings);
  if (!FindObjects(record, checker, c, findings, unverifiable)) return std::nullopt;
  CompareOthers(checker, c, findings);
  return c;
}

}  // namespace spatium::verify
