#include "spatium/metrics/golden.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "spatium/metrics/exact_integer.h"
#include "spatium/metrics/meteor_tables.h"

namespace spatium {
namespace {

std::optional<Path> GoldenFolder() {
  const char* from_env = std::getenv("SPATIUM_GOLDEN");
  const Path folder = from_env ? Path(from_env) : Path(SPATIUM_SHARED_DIR) / "golden";
  std::error_code error;
  if (!std::filesystem::exists(folder / "points_masks.json", error)) return std::nullopt;
  return folder;
}

// The one golden row that cannot be computed from what it holds: its groups need flags that it
// does not carry.
constexpr std::string_view kIncompleteTask = "tab/nr3d_nearest_object(SPAZER GT boxes)";

TEST(Golden, EveryRowOfTheOfficialScorersIsEqual) {
  const auto folder = GoldenFolder();
  if (!folder) GTEST_SKIP() << "no golden rows: set SPATIUM_GOLDEN";
  const bool have_jar = MeteorTables::Jar().has_value();
  const Result<MaskSet> masks = MaskSet::Read(*folder / "points_masks.json");
  ASSERT_TRUE(masks) << masks.error().Message();
  const Result<std::vector<std::string>> names = ListFolder(*folder);
  ASSERT_TRUE(names);
  int64_t rows = 0;
  for (const std::string& name : *names) {
    const bool vectors = name == "spar_metric_vectors.json";
    if (!name.ends_with(".jsonl") && !vectors) continue;
    if (!have_jar && (name.starts_with("meteor") || name.starts_with("captions"))) continue;
    std::vector<GoldenDifference> different;
    const Result<GoldenCounts> counts =
        CheckGoldenFile(*folder / name, &*masks, 2, 1000, different);
    ASSERT_TRUE(counts) << counts.error().Message();
    rows += counts->rows;
    for (const GoldenDifference& d : different) {
      if (d.task == kIncompleteTask) continue;
      ADD_FAILURE() << name << ":" << d.row << " " << d.task << "\n  expected "
                    << d.expected.Dump().substr(0, 300) << "\n  value    "
                    << d.value.Dump().substr(0, 300);
    }
  }
  EXPECT_GT(rows, 1000);
  if (!have_jar) GTEST_SKIP() << "without METEOR's jar: its rows were left out, others checked";
}

Json Row(std::string_view text) {
  const Result<Json> row = Json::Parse(text, "row");
  return row ? *row : Json();
}

TEST(Golden, UnknownTasksAndMisshapenRowsAreUnsupported) {
  const std::string_view rows[] = {
      "{\"task\":\"no such task\",\"pred\":\"A\"}",
      "{\"pred\":\"A\"}",
      "{\"task\":\"MRA\",\"pred\":{},\"gt\":[]}",
      "{\"task\":\"refspatial_lmmseval\",\"pred\":\"(1,1)\",\"gt\":\"m\"}"};
  for (const std::string_view row : rows) {
    EXPECT_FALSE(EvaluateRow(Row(row), nullptr).supported) << row;
  }
}

// The value of a row with this task, reply and gold, as JSON text.
std::string ValueOf(std::string_view task, std::string_view pred, std::string_view gt) {
  const Json row =
      Json::MakeObject({{"task", std::string(task)}, {"pred", Row(pred)}, {"gt", Row(gt)}});
  const RowValue value = EvaluateRow(row, nullptr);
  return value.supported ? ExactText(value.value) : "unsupported: " + value.why;
}

// As Python and numpy print them: an array with floats, or with integers of both kinds, is one of
// floats; one beyond 64 bits holds objects.
TEST(Golden, IntegersThatADoubleDoesNotHoldKeepTheirDigits) {
  const char* task = "text2pts(w=640,h=480,is_absolute=True)";
  EXPECT_EQ(ValueOf(task, "\"(99999999999999999999,1)\"", "null"), "[[99999999999999999999,1]]");
  EXPECT_EQ(ValueOf(task, "\"(-00099999999999999999999,-0)\"", "null"),
            "[[-99999999999999999999,0]]");
  EXPECT_EQ(ValueOf(task, "\"(99999999999999999999,0.5)\"", "null"),
            "[[99999999999999999999,0.5]]");
  EXPECT_EQ(ValueOf(task, "\"(9007199254740993,1)\"", "null"), "[[9007199254740993,1]]");
  EXPECT_EQ(ValueOf(task, "\"(9007199254740993,1) (0.5,0.5)\"", "null"),
            "[[9007199254740992,1],[0.5,0.5]]");
  EXPECT_EQ(ValueOf(task, "\"(18446744073709551615,1) (-9223372036854775809,1)\"", "null"),
            "[[18446744073709551615,1],[-9223372036854775809,1]]")
      << "the first fits an unsigned integer of 64 bits, the second none";
  EXPECT_EQ(ValueOf("robopoint.text2pts(640,480)", "\"(-99999999999999999999,0.5)\"", "null"),
            "[[-63999999999999999999360,240]]")
      << "integers are multiplied as integers";
  EXPECT_EQ(ValueOf("robopoint.text2pts(640,480)", "\"(9007199254740991,0.5)\"", "null"),
            "[[5764607523034234240,240]]");
  EXPECT_EQ(ValueOf("lmms_eval._text2pts(640,480,norm=1000)", "\"(0,9798818008866117)\"", "null"),
            "[[0,4703432644255736]]")
      << "a quotient of integers is rounded once";
  EXPECT_EQ(
      ValueOf("sparbench.process_na/depth_prediction_oc", "\"99999999999999999999 m\"", "null"),
      "99999999999999999999");
  const std::string fake = R"({"\u0001integer":"7"})";
  EXPECT_EQ(ExactText(Json(fake)), Json(fake).Dump()) << "a reply cannot write numbers";
}

// As numpy 1 and Python end at the borders of 64 bits.
TEST(Golden, CoordinatesAtTheEdgeOfAnIntegerEndAsTheScriptsDo) {
  const char* bench = "pointbench._text_to_points(640,480)";
  EXPECT_EQ(ValueOf(bench, "\"(-9223372036854775808,0.5)\"", "null"), "[[0,0]]");
  EXPECT_EQ(ValueOf(bench, "\"(9223372036854775808,0.5)\"", "null"),
            "{\"error\":\"OverflowError\"}");
  const char* boxes = "text2pts(w=640,h=480,is_absolute=True)";
  const std::string refused = "{\"error\":\"ValueError\"}";
  EXPECT_EQ(ValueOf(boxes, "\"(0,0,0,2000000000000000000)\"", "null"), refused)
      << "a side of 0 does not save an array whose other is too long";
  EXPECT_EQ(ValueOf(boxes, "\"(0,0,0,100000000000000000)\"", "null"), "[]");
  EXPECT_EQ(ValueOf(boxes, "\"(0,0,1000000,1000000)\"", "null"), "{\"error\":\"MemoryError\"}");
  const char* json = "lmms_eval.robo_spatial.json2pts(640,480) key=point_2d xy";
  const auto fenced = [](const std::string& y) {
    return "\"```json\\n[{\\\"point_2d\\\": [0, " + y + "]}]\\n```\"";
  };
  EXPECT_EQ(ValueOf(json, fenced("12331385851422453"), "null"), "[[0,5919065208682778]]");
  EXPECT_EQ(ValueOf(json, fenced(std::string(4301, '7')), "null"), refused);
  EXPECT_EQ(ValueOf("nr3d.decode_stimulus+easy", "\"s-a-99999999999999999999-1-2\"", "null"),
            "{\"error\":\"AssertionError\"}");
  EXPECT_EQ(ValueOf("nr3d.decode_stimulus+easy", "\"s-a-2-1-099999999999999999999\"", "null"),
            "{\"decoded\":[\"s\",\"a\",2,1,[99999999999999999999]],\"easy\":true}");
  EXPECT_EQ(ValueOf("nr3d.decode_stimulus+easy", "\"s-a--99999999999999999999-1-2\"", "null"),
            "{\"error\":\"ValueError\"}");
}

TEST(Golden, AGroupOfTabWithoutItemsIsZero) {
  const RowValue value = EvaluateRow(
      Row(R"({"task":"tab/scanrefer_aggregate","pred":[0.3],"matched":[0.6],"gt":["multiple"]})"),
      nullptr);
  ASSERT_TRUE(value.supported) << value.why;
  EXPECT_EQ(*value.value.Find("unique")->Find("mIoU"), Json(0.0));
  EXPECT_EQ(*value.value.Find("multiple")->Find("IoU50_matched"), Json(1.0));
}

TEST(Golden, APromptWithoutAFieldThatTheScriptReadsIsAKeyError) {
  const auto prompt = [](std::string_view gt) {
    return ValueOf("embspatial/embspatial_doc_to_text", "null", gt);
  };
  EXPECT_EQ(prompt("{\"question\":\"Where?\"}"), "{\"error\":\"KeyError\"}");
  EXPECT_EQ(prompt("{\"answer_options\":[]}"), "{\"error\":\"KeyError\"}");
  EXPECT_EQ(prompt("{\"question\":\"Where?\",\"answer_options\":[\"x\"]}"), "\"Where?\\nA) x\"");
}

// As the functions of lmms-eval, M3DRef-CLIP and Video-3D-LLM end on such input.
TEST(Golden, RunsWithoutItemsOrWithAGroupMissingEndAsTheScriptsDo) {
  const std::string key = "{\"error\":\"KeyError\"}", zero = "{\"error\":\"ZeroDivisionError\"}";
  for (const char* task : {"sparbench_official/aggregate",
                           "sparbench_lmmseval/aggregate",
                           "vsibench_official/aggregate",
                           "vsibench_lmmseval/aggregate",
                           "cv_bench/aggregate"})
    EXPECT_EQ(ValueOf(task, "[]", "[]"), key) << task;
  EXPECT_EQ(ValueOf("cv_bench/aggregate", "[\"A\"]", "[[\"(A)\",\"COCO\"]]"), key);
  EXPECT_EQ(ValueOf("scanrefer/aggregate(m3dref_clip)", "[]", "[]"), zero);
  EXPECT_EQ(ValueOf("nr3d/aggregate(m3dref_clip, IoU>=0.9)", "[]", "[]"), zero);
  const std::string box = "[0,0,0,1,1,1]";
  EXPECT_EQ(ValueOf("scanrefer/aggregate(m3dref_clip)", "[" + box + "]", "[[" + box + ",\"odd\"]]"),
            key);
  EXPECT_EQ(ValueOf("multi3drefer_f1/m3dref_clip", "[]", "[]"), zero);
  EXPECT_EQ(ValueOf("multi3drefer_f1/video3dllm", "[]", "[]"), "[1,1]");
  EXPECT_EQ(ValueOf("multi3drefer_f1/m3dref_clip", "[" + box + "]", "[]"), "[0,0]");
  EXPECT_EQ(ValueOf("multi3drefer_f1/m3dref_clip", "[[\"NaN\",0,0,1,1,1]]", "[" + box + "]"),
            "{\"error\":\"ValueError\"}");
  EXPECT_EQ(ValueOf("multi3drefer/aggregate(m3dref_clip)", "[[]]", "[[[],\"st_w_d\"]]"), zero);
  // A letter drawn from one option is known; "overall" is no kind of question.
  EXPECT_THAT(ValueOf("sitebench/aggregate", "[\"E\"]", "[[1,\"A\",\"odd\",\"X\"]]"),
              ::testing::StartsWith("{\"accuracy\":100"));
  EXPECT_THAT(
      ValueOf("mindcube/aggregate", "[\"A\",\"B\"]", R"([["overall_1","A"],["odd_1","A"]])"),
      ::testing::StartsWith("{\"overall\":0.5,"));
}

TEST(Golden, AReplyOfNoneIsWhatPythonMakesOfIt) {
  const std::string type = "{\"error\":\"TypeError\"}",
                    attribute = "{\"error\":\"AttributeError\"}";
  EXPECT_EQ(ValueOf("xml2pts(640,480)", "null", "null"), type);
  EXPECT_EQ(ValueOf("robospatial_official/point", "null", "\"yes\""), attribute);
  EXPECT_EQ(ValueOf("scanqa/em_video3dllm", "null", "[\"a\"]"), "0");
  EXPECT_EQ(ValueOf("scanqa/em,em_refined_chatscene", "null", "[\"a\"]"), type);
  EXPECT_EQ(ValueOf("refspatial_official/molmo_xml", "null", "\"m\""), "\"SKIPPED\"");
  EXPECT_EQ(ValueOf("spatialscore_v0/judgment/x", "null", "\"yes\""), attribute);
  EXPECT_EQ(ValueOf("spatialscore_v0/open-ended/x", "null", "\"3 m\""), type);
  EXPECT_EQ(ValueOf("spatialscore_v0/open-ended/x", "null", "\"0\""),
            "{\"score\":1,\"is_correct\":true}")
      << "counts as 0";
}

TEST(Golden, EasiReadsAListInBracketsAndTakesItsFirstItem) {
  const std::string_view task = "easi_vlmevalkit.can_match_na";
  EXPECT_EQ(ValueOf(task, "\"[2, 3]\"", "null"), "2");
  EXPECT_EQ(ValueOf(task, "\"['two chairs', 5]\"", "null"), "2");
  EXPECT_EQ(ValueOf(task, "\"[two]\"", "null"), "null") << "not a Python literal";
  EXPECT_EQ(ValueOf(task, "\"2 [3]\"", "null"), "3");
}

TEST(Golden, PromptsOfIncompleteDocumentsRaise) {
  const std::string_view task = "vsibench_lmmseval/default";
  EXPECT_EQ(ValueOf(task,
                    "null",
                    "{\"question_type\":\"route_planning\",\"question\":\"q\",\"options\":null}"),
            "{\"error\":\"TypeError\"}");
  EXPECT_EQ(ValueOf(task, "null", "{\"question_type\":\"object_counting\"}"),
            "{\"error\":\"KeyError\"}");
}

TEST(Golden, EveryTaskOfEveryFamilyTakesAnyShapeOfRow) {
  const char* const values[] = {"null",
                                "1",
                                "1.5",
                                "\"x\"",
                                "[]",
                                "[1]",
                                "[\"a\"]",
                                "[[]]",
                                "{}",
                                "[[1,2,3,4,5,6]]",
                                "{\"a\":[\"b\"]}",
                                "[[\"a\",\"b\"]]"};
  for (const MetricEntry& entry : Metrics()) {
    EXPECT_FALSE(entry.info().summary.empty()) << entry.name;
    for (const MetricTask& task : entry.info().tasks) {
      std::string name(task.name);
      if (name.ends_with('*')) name.back() = '1';
      for (const char* pred : values) {
        for (const char* gt : values) {
          const Json row = Json::MakeObject(
              {{"task", name}, {"pred", Row(pred)}, {"gt", Row(gt)}, {"expected", 0}});
          (void)EvaluateRow(row, nullptr);
        }
      }
    }
  }
}

TEST(Golden, NumbersAreComparedExactlyExceptForSums) {
  EXPECT_TRUE(GoldenEqual("a", Json(1), Json(1.0)));
  EXPECT_FALSE(GoldenEqual("a", Json(0.1), Json(0.1 + 1e-16)));
  EXPECT_TRUE(GoldenEqual("x/aggregate", Json(0.1), Json(0.1 + 1e-16)));
  EXPECT_FALSE(GoldenEqual("x/aggregate", Json(0.1), Json(0.1 + 1e-11)));
  EXPECT_TRUE(GoldenEqual("a", Json("NaN"), Json(std::nan(""))));
}

}  // namespace
}  // namespace spatium
