#pragma once
#include <array>
#include <map>
#include <string>

#include "spatium/base/json.h"
#include "spatium/grounding/box_scene.h"
#include "spatium/relations/graded.h"

namespace spatium {

// How large things of a class are, and how high they hang: measured on labelled boxes, never on
// sentences. It tells a table that a detector calls a chair from a chair.
class ClassStats {
 public:
  static constexpr size_t kDims =
      4;  // log of the two floor sides (longer first) and the height; log(z of the underside + 1)
  void Add(const std::string& name, const WorldBox& box);
  // Log-likelihood ratio of the box under the class and under all boxes, clipped to [-4, 4]; 0 for
  // a class with fewer than kMinCount examples.
  double LogRatio(const std::string& name, const WorldBox& box) const;
  static constexpr int kMinCount = 5;

  Json ToJson() const;
  static Result<ClassStats> FromJson(const JsonCursor& json);

 private:
  struct Sums {
    double n = 0;
    std::array<double, kDims> sum{}, squares{};
  };
  std::map<std::string, Sums> classes_;
  Sums all_;
};

}  // namespace spatium
