#include "spatium/grounding/detections.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "spatium/base/text.h"
#include "spatium/dataset/npz.h"
#include "spatium/geometry/box_overlap.h"

namespace spatium {
namespace {

// Element i of a list of arrays: an array of objects, or the i-th part of a dense array.
std::optional<NpyArray> Element(const NpyArray& list, size_t i) {
  if (!list.objects.empty())
    return i < list.objects.size() ? std::optional(list.objects[i]) : std::nullopt;
  if (list.shape.empty() || i >= list.shape[0]) return std::nullopt;
  const size_t size = list.numbers.size() / list.shape[0];
  NpyArray out;
  out.shape.assign(list.shape.begin() + 1, list.shape.end());
  const auto begin = list.numbers.begin() + static_cast<std::ptrdiff_t>(i * size);
  out.numbers.assign(begin, begin + static_cast<std::ptrdiff_t>(size));
  return out;
}

size_t Length(const NpyArray& list) {
  if (!list.objects.empty()) return list.objects.size();
  return list.shape.empty() ? 0 : list.shape[0];
}

// Instance i's name: a text, or a number of the names' table.
std::optional<std::string> LabelOf(const NpyArray& labels,
                                   size_t i,
                                   const std::map<int64_t, std::string>& names) {
  const NpyArray* one = !labels.objects.empty() ? &labels.objects[i] : &labels;
  const size_t at = one == &labels ? i : 0;
  if (at < one->texts.size()) return one->texts[at];
  if (at >= one->numbers.size() || !(std::abs(one->numbers[at]) < 1e9)) return std::nullopt;
  const auto it = names.find(static_cast<int64_t>(one->numbers[at]));
  return it != names.end() ? std::optional(it->second) : std::nullopt;
}

std::optional<double> ScoreOf(const NpyArray& scores, size_t i) {
  const NpyArray* one = !scores.objects.empty() ? &scores.objects[i] : &scores;
  const size_t at = one == &scores ? i : 0;
  return at < one->numbers.size() ? std::optional(one->numbers[at]) : std::nullopt;
}

}  // namespace

Result<std::vector<Detection>> ReadMask3dNpz(
    const Path& file,
    const std::map<int64_t, std::string>& names,
    const std::optional<Rigid<frame::World, frame::World>>& world_from_points,
    const DetectionFilter& filter,
    DetectionCounts& counts) {
  SPATIUM_TRY(const NpyArray points, ReadNpzMember(file, "ins_pcds"));
  SPATIUM_TRY(const NpyArray labels, ReadNpzMember(file, "ins_labels"));
  std::optional<NpyArray> scores;
  if (auto read = ReadNpzMember(file, "ins_scores"))
    scores = *std::move(read);
  else if (read.error().code != ErrorCode::kNotFound)
    return std::move(read).error();
  const size_t n = Length(points);
  if (Length(labels) != n || (scores && Length(*scores) != n))
    return Error{ErrorCode::kBadValue,
                 file.string(),
                 StrCat("as many ins_labels and ins_scores as the ", n, " ins_pcds"),
                 StrCat(Length(labels), " and ", scores ? Length(*scores) : n)};
  std::vector<Detection> all;
  for (size_t i = 0; i < n; ++i) {
    ++counts.read;
    const auto where = [&] { return StrCat(file.string(), ": instance ", i); };
    const auto cloud = Element(points, i);
    const size_t columns = cloud && cloud->shape.size() == 2 ? cloud->shape[1] : 0;
    if (!cloud || (columns < 3 && !cloud->numbers.empty()))
      return Error{ErrorCode::kBadValue, where(), "points with x, y, z", "another shape"};
    const auto label = LabelOf(labels, i, names);
    if (!label)
      return Error{ErrorCode::kBadValue, where(), "a label's name, or a number of --names", "none"};
    const auto score = scores ? ScoreOf(*scores, i) : std::optional(1.0);
    if (!score || !std::isfinite(*score))
      return Error{ErrorCode::kBadValue, where(), "a score", "none"};
    const size_t num_points = columns > 0 ? cloud->numbers.size() / columns : 0;
    if (*score < filter.min_score) {
      ++counts.below_score;
      continue;
    }
    if (num_points < std::max<size_t>(1, filter.min_points)) {
      ++counts.too_small;
      continue;
    }
    Detection d{.label = *label, .box = {}, .score = *score, .num_points = num_points};
    for (size_t p = 0; p < num_points; ++p) {
      const double* v = cloud->numbers.data() + p * columns;
      Point<frame::World> at{{v[0], v[1], v[2]}};
      if (!at.v.allFinite())
        return Error{ErrorCode::kBadValue, where(), "points that are finite", StrCat("point ", p)};
      if (world_from_points) at = *world_from_points * at;
      d.box.min = p == 0 ? at.v : d.box.min.cwiseMin(at.v).eval();
      d.box.max = p == 0 ? at.v : d.box.max.cwiseMax(at.v).eval();
    }
    all.push_back(std::move(d));
  }
  return WithoutDuplicates(std::move(all), filter, counts);
}

std::vector<Detection> WithoutDuplicates(std::vector<Detection> all,
                                         const DetectionFilter& filter,
                                         DetectionCounts& counts) {
  std::vector<size_t> order(all.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return all[a].score != all[b].score ? all[a].score > all[b].score : a < b;
  });
  std::vector<char> kept(all.size(), 0);
  for (const size_t i : order) {
    const bool repeats = std::any_of(order.begin(), order.end(), [&](size_t k) {
      if (kept[k] == 0 || (filter.keep_labels && all[k].label != all[i].label)) return false;
      const bool equal = all[k].box.min == all[i].box.min && all[k].box.max == all[i].box.max;
      return equal || Iou3d(all[k].box, all[i].box) > filter.same_iou;
    });
    kept[i] = repeats ? 0 : 1;
    ++(repeats ? counts.duplicates : counts.kept);
  }
  std::vector<Detection> out;
  for (size_t i = 0; i < all.size(); ++i)
    if (kept[i] != 0) out.push_back(std::move(all[i]));
  return out;
}

Json BoxFileJson(const std::vector<Detection>& detections) {
  const auto rounded = [](double x) { return std::round(x * 1e5) / 1e5; };
  Json rows = Json::MakeArray();
  for (size_t i = 0; i < detections.size(); ++i) {
    const Detection& d = detections[i];
    const Eigen::Vector3d c = d.box.center().v, s = d.box.size();
    Json::Array box;
    for (const double x : {c.x(), c.y(), c.z(), s.x(), s.y(), s.z()}) box.emplace_back(rounded(x));
    rows.Push(Json::MakeObject({{"id", static_cast<int64_t>(i)},
                                {"label", d.label},
                                {"box", Json(std::move(box))},
                                {"score", rounded(d.score)}}));
  }
  return rows;
}

}  // namespace spatium
