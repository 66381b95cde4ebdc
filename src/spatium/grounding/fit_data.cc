#include "spatium/grounding/fit_data.h"

#include <algorithm>
#include <set>

#include "spatium/base/hash.h"
#include "spatium/base/text.h"
#include "spatium/geometry/box_overlap.h"

namespace spatium {
namespace {

// A detected box is what it overlaps by this much at least.
constexpr double kSameThingIou = 0.3;

// The class of each box: its own label in the box file, or that of the true box it overlaps most.
std::vector<std::string> TrueClasses(const BoxScene& boxes, const BoxScene* gt) {
  const auto canonical = [](const std::string& label) {
    return Lexicon::Default().Canonical(Lexicon::Normalize(label));
  };
  std::vector<std::string> classes;
  for (const BoxObject& object : boxes.objects) {
    if (gt == nullptr) {
      classes.push_back(canonical(object.label));
      continue;
    }
    double best = kSameThingIou;
    std::string name;
    for (const BoxObject& real : gt->objects)
      if (const double iou = Iou3d(object.box, real.box); iou >= best) {
        best = iou;
        name = canonical(real.label);
      }
    classes.push_back(name);
  }
  return classes;
}

Result<void> LoadSet(const FitSet& o, size_t set, FitData& data) {
  SPATIUM_TRY(const QueryFile file, ReadQueries(o.queries));
  std::map<std::string, size_t> known;
  std::map<std::string, BoxScene> truth;
  std::map<std::string, std::unique_ptr<GroundingScene>> prepared;
  for (size_t q = 0; q < file.queries.size(); ++q) {
    const std::string& scan = file.queries[q].scan_id;
    if (!known.contains(scan)) {
      FitScene scene{.set = set, .scan_id = scan, .shown = {}, .truth = {}, .canonical = {}};
      SPATIUM_TRY(scene.shown, ReadBoxScene(o.boxes, o.labels, scan));
      SPATIUM_TRY(truth[scan], ReadBoxScene(o.boxes_gt.value_or(o.boxes), std::nullopt, scan));
      const BoxScene& own = truth[scan];
      scene.truth = o.boxes_gt ? TrueClasses(scene.shown, &own) : TrueClasses(own, nullptr);
      for (const BoxObject& object : scene.shown.objects)
        scene.canonical.push_back(Lexicon::Default().Canonical(Lexicon::Normalize(object.label)));
      prepared[scan] = std::make_unique<GroundingScene>(scene.shown, Lexicon::Default());
      known[scan] = data.scenes.size();
      data.scenes.push_back(std::move(scene));
    }
    if (!file.truths[q].target_id)
      return Error{ErrorCode::kNotFound,
                   StrCat(o.queries.string(), ": row ", q),
                   "the target's id, to fit to",
                   "none"};
    FitQuery query{.set = set,
                   .scene = known[scan],
                   .row = q,
                   .caption = file.queries[q].caption,
                   .parse = prepared[scan]->ParseHere(file.queries[q].caption),
                   .iou = {},
                   .target_id = *file.truths[q].target_id};
    const auto& named = truth[scan].objects;
    const auto target = std::find_if(named.begin(), named.end(), [&](const BoxObject& b) {
      return b.id.value == query.target_id;
    });
    for (const BoxObject& object : data.scenes[query.scene].shown.objects)
      query.iou.push_back(target != named.end() ? Iou3d(object.box, target->box) : 0);
    data.queries.push_back(std::move(query));
  }
  return {};
}

}  // namespace

Result<FitData> LoadFitData(const FitOptions& o) {
  FitData data;
  for (size_t set = 0; set < o.sets.size(); ++set) SPATIUM_TRY_DO(LoadSet(o.sets[set], set, data));
  std::vector<std::pair<uint64_t, std::string>> order;
  std::set<std::string> scans;
  for (const FitScene& scene : data.scenes) scans.insert(scene.scan_id);
  for (const std::string& scan : scans) order.emplace_back(Hash64(scan, o.seed), scan);
  std::sort(order.begin(), order.end());
  for (size_t i = 0; i < order.size(); ++i)
    data.fold_of_scan[order[i].second] = static_cast<int>(i) % o.folds;
  return data;
}

FitLabels FitLabelModels(const FitData& data, int fold) {
  FitLabels labels;
  std::map<std::string, LabelModel> by_scan;
  for (const FitScene& scene : data.scenes)
    for (size_t i = 0; i < scene.truth.size(); ++i)
      by_scan[scene.scan_id].Add(scene.truth[i], scene.canonical[i], scene.shown.objects[i].box);
  for (const auto& [scan, model] : by_scan)
    if (data.fold_of_scan.at(scan) != fold) labels.together.Add(model, 1);
  for (const FitScene& scene : data.scenes) {
    LabelModel without = labels.together;
    if (data.FoldOf(scene) != fold) without.Add(by_scan.at(scene.scan_id), -1);
    labels.by_scene.push_back(std::move(without));
  }
  // The logistic function, from scenes outside the fold, each judged by the others.
  std::vector<std::array<double, LabelModel::kNumTerms>> rows;
  std::vector<char> is;
  for (size_t s = 0; s < data.scenes.size(); ++s) {
    const FitScene& scene = data.scenes[s];
    if (data.FoldOf(scene) == fold) continue;
    const GroundingScene prepared(scene.shown, Lexicon::Default(), &labels.by_scene[s]);
    std::set<std::string> names(scene.truth.begin(), scene.truth.end());
    names.insert(scene.canonical.begin(), scene.canonical.end());
    names.erase("");
    for (const std::string& name : names) {
      const auto& meaning = prepared.MeaningOf(name);
      for (size_t i = 0; i < scene.truth.size(); ++i) {
        rows.push_back(LabelModel::Terms(meaning.similarity[i],
                                         meaning.label_ratio[i],
                                         meaning.size_ratio[i],
                                         prepared.plausibility()));
        // "chair" is said of office chairs too.
        constexpr double kSameThing = 0.85;
        is.push_back(!scene.truth[i].empty() &&
                             Lexicon::Default().Similarity(name, scene.truth[i]) >= kSameThing
                         ? 1
                         : 0);
      }
    }
  }
  labels.together.FitProbability(rows, is);
  for (LabelModel& model : labels.by_scene) model.TakeProbability(labels.together);
  return labels;
}

}  // namespace spatium
