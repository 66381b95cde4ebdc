#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/json.h"
#include "spatium/qa/verify/verify.h"

namespace spatium::verify {

// A small room and a tree of true questions about it, worked out by hand: for the verifier's tests.
//
// Camera "a" stands at (0, 0, 1) and looks along +y, level: right is x, up is z, depth is y.
// Camera "b" stands at (1, 0.5, 1.2), has turned 30 degrees to the left and 10 degrees down.
// Pictures are 160 x 120, f = 120, the principal point in the middle.
//   id  label   centre            size
//    3  chair   (-0.8, 3.0, 0.6)  0.4
//    5  table   ( 0.5, 2.2, 0.9)  0.4
//    7  lamp    ( 0.9, 3.5, 1.5)  0.4
//    9  chair   ( 0.0, 4.0, 1.0)  0.4
class TestTree {
 public:
  // with_mesh: the boxes as a mesh; else depth maps. provenance: "full", "ids" or "none".
  TestTree(const Path& folder, bool with_mesh, std::string_view provenance = "full");

  // The records by "TASK/FORMAT", to be changed before Verify.
  std::map<std::string, std::vector<Json>> files;
  // Names of files whose count in the name is not that of their lines.
  std::map<std::string, int> wrong_count;

  Path store() const { return store_; }
  Path out() const { return folder_ / "out"; }
  // Writes the tree and verifies it.
  VerifyReport Verify();

 private:
  void WriteScene(bool with_mesh);
  void WriteRecords(std::string_view provenance);
  void WriteImages();
  Path folder_, store_;
};

// A field inside a record by path: Field(record, "provenance", "value").
Json& Field(Json& json, std::string_view key);
template <class... Keys>
Json& Field(Json& json, std::string_view key, const Keys&... rest) {
  return Field(Field(json, key), rest...);
}
Json& Question(Json& record);
Json& Answer(Json& record);

}  // namespace spatium::verify
