#pragma once
// A SPAR tree of a few questions in a folder, for the tests of the report layer.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "spatium/base/files.h"
#include "spatium/base/json.h"
#include "spatium/base/text.h"
#include "spatium/image/codec.h"

namespace spatium::testing_tree {

inline Json Record(int i,
                   std::string_view task,
                   std::string_view question,
                   std::string_view answer) {
  Json record = Json::MakeObject({{"id", StrCat("room_", i)}, {"type", task}});
  const auto turn = [](std::string_view from, std::string text) {
    return Json::MakeObject({{"from", from}, {"value", std::move(text)}});
  };
  record.Set("conversations",
             Json(Json::Array{turn("human", StrCat("<image>\n", question)),
                              turn("gpt", std::string(answer))}));
  record.Set("image", Json(Json::Array{"room/a.jpg"}));
  record.Set("red_point", *Json::Parse("[[250,500]]", ""));
  record.Set("provenance",
             Json::MakeObject(
                 {{"key", StrCat("k", i)},
                  {"scene", "room"},
                  {"objects", Json(Json::Array{Json::MakeObject({{"id", i}, {"label", "chair"}})})},
                  {"frames", *Json::Parse(R"(["7"])", "")},
                  {"value", Json::MakeObject({{"answer_m", 0.5 * i}})}}));
  return record;
}

// 20 distance questions in fill (5 unlike the others: they have markup in their text), 10 in
// select, and one refusal record.
inline Path Make(const std::string& name) {
  const Path out = Path(testing::TempDir()) / ("spatium_report_" + name);
  std::filesystem::remove_all(out);
  const Path qa = out / "spar/synth/qa_jsonl/train/distance_prediction_oc";
  std::string fill, select;
  for (int i = 0; i < 20; ++i)
    fill += Record(i,
                   "distance_prediction_oc",
                   i < 5 ? "</script><script>alert('&')</script>" : "How far is the red point?",
                   FormatFixed(0.5 * i, 1))
                .Dump() +
            "\n";
  for (int i = 0; i < 10; ++i)
    select += Record(i, "distance_prediction_oc", "Which?\nA. 1\nB. 2", i % 3 ? "A" : "B").Dump() +
              "\n\n";
  EXPECT_TRUE(WriteFileAtomic(qa / "fill/fill_20.jsonl", fill));
  EXPECT_TRUE(WriteFileAtomic(qa / "select/select_10.jsonl", select));
  EXPECT_TRUE(
      WriteFileAtomic(out / "spar/synth/images/room/a.jpg", EncodeJpeg(RgbImage(160, 120, 200))));
  EXPECT_TRUE(
      WriteFileAtomic(out / "run.json", R"({"refused":{"distance_prediction_oc":{"too_far":7}}})"));
  return out;
}

}  // namespace spatium::testing_tree
