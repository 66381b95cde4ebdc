// The files of multiple-choice benchmarks as other copies on the Hub have them; the end-to-end test
// has the authors' own.
#include <gtest/gtest.h>

#include "spatium/base/text.h"
#include "spatium/benchmarks/predictions.h"

namespace spatium {
namespace {

// Copies of a data set under other names than the end-to-end test's.
struct Copy {
  const char *name, *file, *text;  // the benchmark, and one row in a file
  const char *id, *answer;         // of its item
  size_t num_options, num_media;
};
constexpr Copy kCopies[] = {
    {"cv-bench",
     "2D/test.jsonl",
     R"row({"idx":3,"task":"Count","question":"q","choices":["1","2"],"answer":"(B)","prompt":"p","source":"COCO","image":"a.png"})row",
     "3",
     "B",
     2,
     1},
    {"blink",
     "val.jsonl",
     R"row({"idx":"val_Art_Style_2","prompt":"p","choices":["x","y"],"answer":"(A)","image_1":"a.png","image_2":"b.png"})row",
     "val_Art_Style_2",
     "A",
     2,
     2},
    {"embspatial-bench",
     "data/test.jsonl",
     R"row({"question_id":"m1","relation":"far","question":"q","answer":2,"answer_options":["a","b","c","d"],"image":"a.png"})row",
     "m1",
     "C",
     4,
     1},
    {"mmsi-bench",
     "test.jsonl",
     R"row({"id":7,"question_type":"MSR","question":"q A: x, B: y","answer":"B","images":["a.png","b.png"]})row",
     "7",
     "B",
     2,
     2},
    {"viewspatial-bench",
     "data/test.jsonl",
     R"row({"question_type":"t","question":"q","answer":"B. y","choices":"A. x\nB. y","images":["a.png"]})row",
     "0",
     "B",
     2,
     1},
    {"mindcube",
     "tiny/combined.jsonl",
     R"row({"id":"rotation_1","input_prompt":"say 'A. Above' <image> q A. x B. y C. z","gt_answer":"C","images":["a.png"]})row",
     "rotation_1",
     "C",
     3,
     1},
    {"mindcube",
     "data/raw/MindCube_tinybench.jsonl",
     R"row({"id":"among_1","question":"q A. x B. y","gt_answer":"A","images":["a.png"]})row",
     "among_1",
     "A",
     2,
     1},
    {"site",
     "video_test/test.jsonl",
     R"row({"category":"c","question":"q","options":["x","y","z"],"answer":"B","visual":"v.mp4"})row",
     "video_0",
     "B",
     3,
     1},
    {"omnispatial",
     "data.json",
     R"row([{"id":"4_1","question":"q","options":["x","y"],"answer":1,"task_type":"T","sub_task_type":"S"}])row",
     "T_4_1",
     "B",
     2,
     1},
    {"omnispatial",
     "test.jsonl",
     R"row({"id":"4_1","question":"q","options":["x","y"],"gt":"A","image_path":"T/4.png","task_type":"T","sub_task_type":"S"})row",
     "T_4_1",
     "A",
     2,
     1},
    {"sti-bench",
     "qa.jsonl",
     R"row({"Video":"a.mp4","ID":1,"Task":"t","Question":"q","Answer":"C","Candidates":{"A":"1","B":"2","C":"3","D":null},"time_start":0,"time_end":2.5})row",
     "a.mp4_1",
     "C",
     3,
     1},
    {"3dsrbench",
     "3DSRBench.tsv",
     "index\tqid\tquestion\tA\tB\tC\tD\tanswer\tcategory\timage\n"
     "1\tQ0000001\tq\tyes\tno\t\tnan\tB\theight_higher\t/9j/4AAQ\n",
     "Q0000001",
     "B",
     2,
     1},
    {"3dsrbench",
     "3dsrbench_v1.csv",
     "index,question,A,B,answer,category,image_url\n"
     "12,q,yes,no,A,location_above,http://images.cocodataset.org/val2017/1.jpg\n",
     "12",
     "A",
     2,
     1},
    {"sat",
     "data/test.jsonl",
     R"row({"question":"q","answers":["x","y"],"correct_answer_idx":1,"question_type":"t","image_bytes":["a.png","b.png"]})row",
     "0",
     "B",
     2,
     2},
    {"spatial457",
     "questions/L5_collision.json",
     R"row({"info":{"split":"val"},"questions":[{"question_index":9,"question":"q","answer":true,"image_filename":"a.png"}]})row",
     "L5_collision_9",
     "Yes",
     0,
     1},
    {"spatial457",
     "questions/L3_2D_spatial.json",
     R"row({"info":{},"questions":[{"question_index":3,"question":"q","answer":"red","image_filename":"a.png"}]})row",
     "L3_2d_spatial_3",
     "red",
     0,
     1},
    {"spatial457",
     "L3_2D_spatial/validation.jsonl",
     R"row({"question_index":3,"question":"q","answer":"False","image_filename":"a.png"})row",
     "L3_2d_spatial_3",
     "No",
     0,
     1},
    {"spatialrgpt-bench",
     "data/val.jsonl",
     R"row({"id":"q7","text_q":"q","image":"a.png","image_info":"{'file_path': 'x/a.png', 'height': 480, 'width': 640}","bbox":"[[1, 2, 30.5, 40]]","qa_info":"{'type': 'qualitative', 'category': 'tall_predicate'}","conversations":"[{'from': 'human', 'value': '<image>'}, {'from': 'gpt', 'value': \"It's taller.\"}]"})row",
     "q7",
     "It's taller.",
     0,
     1},
    {"spatialscore",
     "SpatialScore_benchmark.ndjson",
     R"row({"id":302,"source_dataset":"MMIU","category":"Camera","task":"t","sub_task":"s","question_type":"multi-choice","input_modality":"single-image","question":"q","options":["(A) x","(B) y"],"answer":"(B)","extra_info":{},"image_paths":["./MMIU-Benchmark/a.png"]})row",
     "302",
     "(B)",
     2,
     1}};

TEST(Layouts, OtherCopiesOfADataSetAreReadToo) {
  const Path folder = Path(::testing::TempDir()) / "layouts";
  for (const Copy& copy : kCopies) {
    SCOPED_TRACE(StrCat(copy.name, " ", copy.file));
    std::filesystem::remove_all(folder);
    ASSERT_TRUE(WriteFileAtomic(folder / copy.file, copy.text));
    const auto items = LoadItems((*FindBenchmark(copy.name))->info(), folder, {}, 0);
    ASSERT_TRUE(items) << items.error().Message();
    ASSERT_EQ(items->size(), 1u);
    EXPECT_EQ((*items)[0].id, copy.id);
    EXPECT_EQ((*items)[0].answer, copy.answer);
    EXPECT_EQ((*items)[0].options.size(), copy.num_options);
    EXPECT_EQ((*items)[0].media.size(), copy.num_media);
    EXPECT_FALSE((*items)[0].task.empty());
  }
}

}  // namespace
}  // namespace spatium
