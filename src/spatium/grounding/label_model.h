#pragma once
#include <array>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "spatium/base/json.h"
#include "spatium/grounding/box_scene.h"
#include "spatium/relations/graded.h"

namespace spatium {

// What a label on a box is worth: how large things of a class are and how high they stand, and
// which labels a classifier or detector gives them. Counted on labelled boxes, never on sentences.
// Names are canonical (Lexicon::Canonical). Counts can be taken out again, so that a scene can be
// judged by all others.
class LabelModel {
 public:
  // log of the two floor sides (longer first) and the height; log(z of the underside + 0.3)
  static constexpr size_t kDims = 4;
  // A box that is `truth` and is shown as `shown`. An empty truth: a detection of nothing.
  void Add(const std::string& truth, const std::string& shown, const WorldBox& box);
  void Add(const LabelModel& other, double times);
  bool empty() const { return all_.n <= 0; }

  // log p(box | class) / p(box), clipped to [-4, 4]; 0 for a class with too few examples.
  double SizeLogRatio(const std::string& name, const WorldBox& box) const;
  // log p(shown | class) / p(shown), clipped to [-4, 4]; 0 for a class that was never seen.
  double LabelLogRatio(const std::string& name, const std::string& shown) const;

  // How far labels fit their boxes' sizes in a scene, in [0, 1]: low where labels are noisy.
  double Plausibility(std::span<const std::string> shown, std::span<const WorldBox> boxes) const;

  // The probability that a box is what a name says: a logistic function of these measures and of
  // their products with the scene's plausibility.
  static constexpr size_t kNumTerms = 8;
  static std::array<double, kNumTerms> Terms(double similarity,
                                             double label_log_ratio,
                                             double size_log_ratio,
                                             double plausibility);
  double Probability(const std::array<double, kNumTerms>& terms) const;
  // Fits the logistic function by Newton's method. rows: terms; is: 1 where the name is true.
  void FitProbability(std::span<const std::array<double, kNumTerms>> rows,
                      std::span<const char> is);

  void TakeProbability(const LabelModel& other) { logistic_ = other.logistic_; }

  // Classes and pairs of labels seen less often than kMinCount are left out of the file.
  static constexpr double kMinCount = 3;
  Json ToJson() const;
  static Result<LabelModel> FromJson(const JsonCursor& json);

 private:
  struct Sums {
    double n = 0;
    std::array<double, kDims> sum{}, squares{};
  };
  std::map<std::string, Sums> sizes_;  // by true class
  Sums all_;
  std::map<std::string, std::map<std::string, double>> shown_as_;  // true class -> label -> count
  std::map<std::string, double> shown_;                            // label -> count
  double num_shown_ = 0;
  std::array<double, kNumTerms> logistic_{};
};

}  // namespace spatium
