#include "spatium/metrics/choice_aggregate.h"

#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/metrics/python.h"

namespace spatium {
namespace {

constexpr std::pair<std::string_view, std::string_view> kSiteCategories[] = {
    {"3d information understanding", "3d_information_understanding"},
    {"counting & existence", "counting_and_existence"},
    {"movement prediction & navigation", "movement_prediction_and_navigation"},
    {"multi-view & cross-image reasoning", "multiview_and_crossimage_reasoning"},
    {"object localization & positioning", "object_localization_and_positioning"},
    {"spatial relationship reasoning", "spatial_relationship_reasoning"}};

constexpr std::pair<std::string_view, std::string_view> kThreeDsrCategories[] = {
    {"height_higher", "height"},
    {"location_above", "location"},
    {"location_closer_to_camera", "location"},
    {"location_next_to", "location"},
    {"orientation_in_front_of", "orientation"},
    {"orientation_on_the_left", "orientation"},
    {"orientation_viewpoint", "orientation"},
    {"multi_object_closer_to", "multi_object"},
    {"multi_object_facing", "multi_object"},
    {"multi_object_viewpoint_towards_object", "multi_object"},
    {"multi_object_parallel", "multi_object"},
    {"multi_object_same_direction", "multi_object"}};

constexpr std::string_view kBlinkSubtasks[] = {"Visual_Similarity",
                                               "Counting",
                                               "Relative_Depth",
                                               "Jigsaw",
                                               "Art_Style",
                                               "Functional_Correspondence",
                                               "Semantic_Correspondence",
                                               "Spatial_Relation",
                                               "Object_Localization",
                                               "Visual_Correspondence",
                                               "Multi-view_Reasoning",
                                               "Relative_Reflectance",
                                               "Forensic_Detection",
                                               "IQ_Test"};

struct Mean {
  double sum = 0, total = 0;
  void Add(double score, double weight = 1) {
    sum += score;
    total += weight;
  }
  double Value() const { return total > 0 ? sum / total : 0; }
};

std::string MainCategory(std::string_view category) {
  for (const auto& [name, main] : kThreeDsrCategories) {
    if (name == category) return std::string(main);
  }
  return "other";
}

// The mean over groups of the product of their scores: of scores 0 and 1 the share of groups that
// are right throughout.
template <class KeyOf>
double AllRight(std::span<const ScoredQuestion> questions, KeyOf key_of) {
  std::map<std::pair<std::string, uint32_t>, double> groups;
  for (const ScoredQuestion& q : questions) {
    const auto [it, added] = groups.emplace(std::pair(key_of(q.id), q.time), 1.0);
    it->second *= q.score;
  }
  Mean mean;
  for (const auto& [key, product] : groups) mean.Add(product);
  return mean.Value();
}

}  // namespace

NamedScores AggregateSite(std::span<const ScoredQuestion> questions) {
  constexpr int kDigits = 5;
  const auto percent = [](const Mean& mean) { return py::Round(mean.Value() * 100, kDigits); };
  Mean accuracy, adjusted;
  std::map<std::string, std::pair<Mean, Mean>> by_category;
  for (const ScoredQuestion& q : questions) {
    const double chance = 1.0 / q.num_options;
    auto& [acc, caa] = by_category[q.category];
    for (Mean* mean : {&accuracy, &acc}) mean->Add(q.score);
    for (Mean* mean : {&adjusted, &caa}) mean->Add(q.score - chance, 1.0 - chance);
  }
  NamedScores out = {{"accuracy", percent(accuracy)}, {"chance_adjusted_acc", percent(adjusted)}};
  for (const auto& [category, key] : kSiteCategories) {
    const auto& [acc, caa] = by_category[std::string(category)];
    out.emplace_back(StrCat(key, "_acc"), percent(acc));
    out.emplace_back(StrCat(key, "_caa"), percent(caa));
  }
  return out;
}

NamedScores AggregateThreeDsr(std::span<const ScoredQuestion> questions) {
  Mean vanilla;
  std::map<std::string, Mean> by_main;
  for (const ScoredQuestion& q : questions) {
    vanilla.Add(q.score);
    by_main[MainCategory(q.category)].Add(q.score);
  }
  constexpr size_t kBase = kThreeDsrBaseId, kFlipped = kBase + 5;  // "VIN6MS3J", "VIN6MS3J-flip"
  NamedScores out = {
      {"vanilla_accuracy", vanilla.Value()},
      {"flip_accuracy",
       AllRight(questions, [](const std::string& id) { return ReplaceAll(id, "-flip", ""); })},
      {"circular_accuracy",
       AllRight(questions,
                [&](const std::string& id) {
                  return id.substr(0, id.find("-flip") != id.npos ? kFlipped : kBase);
                })},
      {"flip_circular_accuracy",
       AllRight(questions, [&](const std::string& id) { return id.substr(0, kBase); })}};
  for (const char* main : {"height", "location", "orientation", "multi_object"}) {
    out.emplace_back(StrCat(main, "_accuracy"), by_main[main].Value());
  }
  return out;
}

bool AggregateCvBench(std::span<const ScoredQuestion> questions, double& micro, double& official) {
  Mean all;
  std::map<std::string, Mean> by_source;
  for (const ScoredQuestion& q : questions) {
    all.Add(q.score);
    by_source[q.category].Add(q.score);
  }
  micro = all.Value();
  for (const char* source : {"ADE20K", "COCO", "Omni3D"}) {
    if (!by_source.contains(source)) return false;
  }
  official = 0.5 * ((by_source["ADE20K"].Value() + by_source["COCO"].Value()) / 2 +
                    by_source["Omni3D"].Value());
  return true;
}

NamedScores AggregateMindCube(std::span<const ScoredQuestion> questions) {
  std::map<std::string, Mean> means;
  for (const ScoredQuestion& q : questions) {
    const std::string first = q.id.substr(0, q.id.find('_'));
    means["overall"].Add(q.score);
    if (first != "overall") means[first == "aroundnew" ? "around" : first].Add(q.score);
  }
  NamedScores out;
  for (const char* key : {"overall", "among", "around", "rotation"}) {
    out.emplace_back(key, means[key].Value());
  }
  return out;
}

std::vector<std::string> BlinkValidationIds() {
  constexpr std::pair<std::string_view, int> kSizes[] = {{"Art_Style", 117},
                                                         {"Functional_Correspondence", 130},
                                                         {"Multi-view_Reasoning", 133},
                                                         {"Relative_Reflectance", 134},
                                                         {"Visual_Correspondence", 172},
                                                         {"Counting", 120},
                                                         {"IQ_Test", 150},
                                                         {"Object_Localization", 122},
                                                         {"Semantic_Correspondence", 139},
                                                         {"Visual_Similarity", 135},
                                                         {"Forensic_Detection", 132},
                                                         {"Jigsaw", 150},
                                                         {"Relative_Depth", 124},
                                                         {"Spatial_Relation", 143}};
  std::vector<std::string> out;
  for (const auto& [subtask, size] : kSizes) {
    for (int i = 1; i <= size; ++i) out.push_back(StrCat("val_", subtask, "_", i));
  }
  return out;
}

BlinkAggregate AggregateBlink(std::span<const ScoredQuestion> questions, std::string_view split) {
  std::map<std::string, Mean> by_subtask;
  BlinkAggregate out;
  for (const ScoredQuestion& q : questions) {
    const size_t at = q.id.find(split);
    const size_t begin = at == q.id.npos ? q.id.npos : at + split.size() + 1;
    const size_t end = q.id.rfind('_');
    std::string subtask;
    if (begin < q.id.size() && end != q.id.npos && end >= begin) {
      subtask = q.id.substr(begin, end - begin);
    }
    if (std::find(std::begin(kBlinkSubtasks), std::end(kBlinkSubtasks), subtask) ==
        std::end(kBlinkSubtasks)) {
      out.error = "KeyError";
      return out;
    }
    by_subtask[subtask].Add(q.score);
  }
  double sum = 0;
  for (const std::string_view subtask : kBlinkSubtasks) {
    const Mean& mean = by_subtask[std::string(subtask)];
    if (mean.total == 0) {
      out.error = "ZeroDivisionError";
      return out;
    }
    out.scores.emplace_back(subtask, mean.Value());
    sum += mean.Value();
  }
  out.scores.emplace_back("Total", sum / static_cast<double>(std::size(kBlinkSubtasks)));
  return out;
}

}  // namespace spatium
