#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace spatium::verify {

// The four things that a set of questions must be free of.
enum class Fault { kDisagreement, kMarkerOutside, kOptionsNotUnique, kDuplicate };

struct Finding {
  Fault fault = Fault::kDisagreement;
  std::string kind;  // "answer", "pose", "marker", ...: what is wrong, one word
  std::string expected, found;
};

class Findings {
 public:
  void Add(Fault fault, std::string kind, std::string expected, std::string found) {
    items_.push_back({fault, std::move(kind), std::move(expected), std::move(found)});
  }
  void Disagree(std::string kind, std::string expected, std::string found) {
    Add(Fault::kDisagreement, std::move(kind), std::move(expected), std::move(found));
  }
  const std::vector<Finding>& items() const { return items_; }

 private:
  std::vector<Finding> items_;
};

}  // namespace spatium::verify
