#include <algorithm>
#include <cmath>

#include "spatium/grounding/features.h"

namespace spatium {

GroundingScene::GroundingScene(BoxScene scene, const Lexicon& lexicon, const LabelModel* labels)
    : scene_(std::move(scene)), lexicon_(&lexicon) {
  for (size_t i = 0; i < scene_.objects.size(); ++i) {
    names_.push_back(Lexicon::Normalize(scene_.objects[i].label));
    canonical_.push_back(lexicon.Canonical(names_.back()));
    name_set_.insert(names_.back());
    if (names_.back() == "door" || names_.back() == "doorframe" || names_.back() == "doorway")
      doors_.push_back(i);
  }
  set_labels(labels);
}

void GroundingScene::set_labels(const LabelModel* labels) {
  labels_ = labels != nullptr && !labels->empty() ? labels : nullptr;
  meanings_.clear();
  plausibility_ = 1;
  if (labels_ == nullptr) return;
  std::vector<WorldBox> boxes;
  for (const BoxObject& object : scene_.objects) boxes.push_back(object.box);
  plausibility_ = labels_->Plausibility(canonical_, boxes);
}

Parse GroundingScene::ParseHere(std::string_view sentence) const {
  return ParseSentence(sentence, *lexicon_, &name_set_);
}

const GroundingScene::Meaning& GroundingScene::MeaningOf(const std::string& name) const {
  const std::scoped_lock lock(*meanings_lock_);
  const auto [it, added] = meanings_.try_emplace(name);
  Meaning& m = it->second;
  if (!added) return m;
  const std::string canonical = lexicon_->Canonical(name);
  for (size_t i = 0; i < names_.size(); ++i) {
    const WorldBox& box = scene_.objects[i].box;
    m.similarity.push_back(lexicon_->Similarity(name, names_[i]));
    m.size_ratio.push_back(labels_ != nullptr ? labels_->SizeLogRatio(canonical, box) : 0);
    m.label_ratio.push_back(labels_ != nullptr ? labels_->LabelLogRatio(canonical, canonical_[i])
                                               : 0);
    m.score.push_back(labels_ != nullptr
                          ? labels_->Probability(LabelModel::Terms(
                                m.similarity[i], m.label_ratio[i], m.size_ratio[i], plausibility_))
                          : m.similarity[i]);
    // Neither alone: names are noisy, and a model of noise doubts names that are right.
    m.fit.push_back(std::sqrt(m.score[i]) * (0.2 + m.similarity[i]));
    m.best_fit = std::max(m.best_fit, m.fit[i]);
    m.best_score = std::max(m.best_score, m.score[i]);
    m.best_similarity = std::max(m.best_similarity, m.similarity[i]);
  }
  return m;
}

}  // namespace spatium
