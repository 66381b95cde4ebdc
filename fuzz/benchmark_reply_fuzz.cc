// A model's reply, and a judge's verdict, under every benchmark and profile.
#include "spatium/base/files.h"
#include "spatium/benchmarks/benchmark.h"

namespace spatium {
namespace {

Item Make(std::string task, std::string answer, Json gold, Json fields) {
  return {.id = "0",
          .task = std::move(task),
          .question = "Which?\nA. x\nB. y",
          .options = {"A. x", "B. y"},
          .answer = std::move(answer),
          .gold = std::move(gold),
          .media = {},
          .fields = std::move(fields)};
}

std::vector<Item> Items() {
  const Json mask = Json::MakeObject({{"w", 8}, {"h", 8}, {"runs", "255x20 0x44"}});
  const Json boxes = Json::Array{Json(std::vector<double>{0, 0, 0, 1, 1, 1})};
  return {Make("context", "[(0.1, 0.1), (0.5, 0.1), (0.5, 0.5)]", mask, {}),
          Make("counting",
               "2 meters",
               mask,
               Json::MakeObject({{"version", "1"}, {"question_type", "open-ended"}, {"count", 2}})),
          Make("object_abs_distance", "4", {}, {}),
          Make("st_w_d", "A", Json::MakeObject({{"boxes", boxes}}), {}),
          Make("left_predicate", "Yes", {}, Json::MakeObject({{"type", "qualitative"}})),
          Make("width_data", "2 m", {}, Json::MakeObject({{"type", "quantitative"}}))};
}

}  // namespace
}  // namespace spatium

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium;
  static const std::vector<Item> items = Items();
  const std::string_view reply = AsText({data, size});
  for (const BenchmarkEntry& entry : Benchmarks()) {
    const BenchmarkInfo& info = entry.info();
    for (const Item& item : items)
      for (const Profile profile : info.profiles) {
        (void)info.score(item, reply, profile);
        if (info.judge == nullptr) continue;
        (void)info.judge->request(item, reply, profile);
        (void)info.judge->judged(item, "x", reply, profile);
      }
  }
  return 0;
}
