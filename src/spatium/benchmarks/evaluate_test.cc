#include "spatium/benchmarks/evaluate.h"

#include <gtest/gtest.h>

#include "spatium/base/line_pieces.h"
#include "spatium/base/text.h"
#include "spatium/benchmarks/compare.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/benchmarks/interval.h"
#include "spatium/benchmarks/media.h"
#include "spatium/benchmarks/predictions.h"
#include "spatium/benchmarks/run.h"
#include "spatium/benchmarks/score_file.h"
#include "spatium/benchmarks/strict.h"
#include "support/test_server.h"

namespace spatium {
namespace {

const BenchmarkInfo& Info(std::string_view name) { return (*FindBenchmark(name))->info(); }

Item Make(int i, std::string task, std::string answer, std::vector<std::string> options = {}) {
  return {.id = std::to_string(i),
          .task = std::move(task),
          .question = "q" + std::to_string(i) + "\nA. x\nB. y\nC. z\nD. w",
          .options = std::move(options),
          .answer = std::move(answer),
          .gold = {},
          .media = {},
          .fields = {}};
}

std::vector<Item> VsiItems(int n) {
  std::vector<Item> items;
  for (int i = 0; i < n; ++i)
    items.push_back(i % 2 == 0 ? Make(i, "object_counting", std::to_string(1 + i % 7))
                               : Make(i,
                                      "route_planning",
                                      std::string(1, static_cast<char>('A' + i % 4)),
                                      {"A. w", "B. x", "C. y", "D. z"}));
  return items;
}

TEST(Evaluate, OracleScoresHundredUnderStrictAndRandomScoresChance) {
  for (const std::string_view name : {"vsi-bench", "spar-bench"}) {
    std::vector<Item> items = VsiItems(2000);
    if (name == "spar-bench")
      for (Item& item : items)
        item.task = item.options.empty() ? "depth_prediction_oc" : "spatial_imagination_oc";
    auto oracle = OpenChatModel("baseline:oracle", {});
    const Path folder = Path(::testing::TempDir()) / ("oracle_" + std::string(name));
    std::filesystem::remove_all(folder);
    const auto claim = WorkClaim::OnFolder(folder);
    ASSERT_TRUE(claim) << claim.error().Message();
    const auto run = RunItems(
        Info(name), items, **oracle, Profile::kOfficial, {.folder = &*claim, .threads = 1});
    ASSERT_TRUE(run) << run.error().Message();
    const Profile profiles[] = {Profile::kStrict};
    EXPECT_DOUBLE_EQ(Evaluate(Info(name), items, run->replies, profiles, 2)[0].scores.overall.value,
                     100)
        << name;
  }
}

TEST(Evaluate, FailedRepliesAreCountedAndNeverScored) {
  const auto items = VsiItems(4);
  std::vector<ItemReply> replies = {{"1"}, {}, {"3"}, {"D"}};
  const Profile profiles[] = {Profile::kOfficial};
  const auto result = Evaluate(Info("vsi-bench"), items, replies, profiles, 1)[0];
  EXPECT_EQ(result.outcomes.at(Outcome::kFailed), 1u);
  EXPECT_DOUBLE_EQ(result.scores.overall.value, 100);
}

TEST(Interval, WilsonMatchesATextbookCaseAndBootstrapBracketsTheScore) {
  const auto [low, high] = Wilson95(81, 263);  // Newcombe 1998: 0.2553 to 0.3662
  EXPECT_NEAR(low, 0.2553, 5e-5);
  EXPECT_NEAR(high, 0.3662, 5e-5);
  for (int n = 1; n <= 2000; ++n) {
    EXPECT_EQ(Wilson95(0, n)[0], 0) << n << ": rounding leaves nothing right above none";
    EXPECT_EQ(Wilson95(n, n)[1], 1) << n;
  }
  const auto items = VsiItems(400);
  std::vector<ItemReply> replies;
  for (int i = 0; i < 400; ++i)
    replies.push_back({i % 3 == 0 ? items[static_cast<size_t>(i)].answer : "A"});
  const Profile profiles[] = {Profile::kOfficial};
  const auto result = Evaluate(Info("vsi-bench"), items, replies, profiles, 1)[0];
  EXPECT_LT(result.interval95[0], result.scores.overall.value);
  EXPECT_GT(result.interval95[1], result.scores.overall.value);
  EXPECT_LT(result.interval95[1] - result.interval95[0], 15);
}

TEST(Interval, RulesThatAgreeHaveTheSame) {
  const auto items = VsiItems(100);
  std::vector<ItemReply> replies;
  for (size_t i = 0; i < items.size(); ++i)
    replies.push_back({i % 3 == 0 ? items[i].answer : items[(i + 1) % items.size()].answer});
  const Profile profiles[] = {Profile::kOfficial, Profile::kStrict};
  const auto results = Evaluate(Info("vsi-bench"), items, replies, profiles, 1);
  ASSERT_EQ(results[0].scores.overall.value, results[1].scores.overall.value);
  EXPECT_LT(results[0].interval95[0], results[0].interval95[1]);
  EXPECT_EQ(results[0].interval95, results[1].interval95);
}

// Easy ones are mostly right, hard ones mostly wrong, in one task: each group's interval is about
// what Wilson gives for it alone, and the thresholds, which items carry with them, have theirs.
TEST(Interval, GroupsInsideATaskHaveTheirOwn) {
  std::vector<Item> items;
  std::vector<ItemReply> replies;
  for (int i = 0; i < 400; ++i) {
    Item& item = items.emplace_back(Make(i, "nr3d", "7"));
    item.fields = Json::MakeObject({{"is_easy", i % 2 == 0}});
    replies.push_back({i % 10 < (i % 2 == 0 ? 9 : 3) ? "7" : "8"});
  }
  const Profile profiles[] = {Profile::kOfficial};
  const Scores scores = Evaluate(Info("nr3d"), items, replies, profiles, 2)[0].scores;
  int groups = 0;
  for (const auto& [grouping, list] : scores.by)
    for (const auto& [key, score] : list) {
      const auto n = static_cast<double>(score.n);
      const auto [low, high] = Wilson95(score.value / 100 * n, n);
      EXPECT_NEAR(score.interval95[0], 100 * low, 2.5) << grouping << " " << key;
      EXPECT_NEAR(score.interval95[1], 100 * high, 2.5) << grouping << " " << key;
      ++groups;
    }
  EXPECT_GE(groups, 7);
}

// Four forms of a question are right or wrong together: 100 questions are what was drawn, not 400.
TEST(Interval, FormsOfOneQuestionAreDrawnTogether) {
  std::vector<Item> items;
  std::vector<ItemReply> replies;
  for (int i = 0; i < 400; ++i) {
    const int question = i / 4;
    Item& item = items.emplace_back(Make(i, "height_higher", "A", {"x", "y", "z", "w"}));
    item.id = StrCat(10'000'000 + question, "-", i % 4);
    replies.push_back({question % 10 < 6 ? "A" : "B"});
  }
  const Profile profiles[] = {Profile::kOfficial};
  const ProfileResult result = Evaluate(Info("3dsrbench"), items, replies, profiles, 2)[0];
  EXPECT_NEAR(result.scores.overall.value, 60, 1e-9);
  const auto [low, high] = Wilson95(60, 100);
  EXPECT_NEAR(result.interval95[0], 100 * low, 3);
  EXPECT_NEAR(result.interval95[1], 100 * high, 3);
  for (const auto& [key, score] : result.scores.by[0].second)
    EXPECT_NEAR(score.interval95[1] - score.interval95[0], 100 * (high - low), 4) << key;
}

TEST(Run, ResumesWithoutAskingAgainAndIgnoresFaults) {
  const auto items = VsiItems(60);
  const Path log = Path(::testing::TempDir()) / "run_requests.log";
  const Path folder = Path(::testing::TempDir()) / "run_resume";
  std::filesystem::remove_all(folder);
  std::filesystem::remove(log);
  TestServer server("--faults 0.2 --kinds 429,500,hangup,malformed --log '" + log.string() + "'");
  ASSERT_TRUE(server.ok());
  ChatOptions chat;
  chat.backoff_s = 0.01;
  chat.max_attempts = 10;
  auto model = OpenChatModel(server.Uri(), chat);
  const auto claim = WorkClaim::OnFolder(folder);
  ASSERT_TRUE(claim) << claim.error().Message();
  const AskOptions options{.folder = &*claim, .concurrency = 8, .threads = 2};
  const auto half =
      RunItems(Info("vsi-bench"), std::span(items).first(30), **model, Profile::kOfficial, options);
  ASSERT_TRUE(half) << half.error().Message();
  EXPECT_EQ(half->failed, 0u);
  const auto whole = RunItems(Info("vsi-bench"), items, **model, Profile::kOfficial, options);
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->reused, 30u);
  EXPECT_EQ(whole->asked, 30u);
  // The server saw each question's good answer once.
  std::map<std::string, int> good;
  ASSERT_TRUE(ForEachJsonLine(log, [&](int64_t, const JsonCursor& line) -> Result<void> {
    if (line.value().Find("fault")->IsNull()) ++good[line.value().Find("request")->AsString()];
    return {};
  }));
  EXPECT_EQ(good.size(), 60u);
  for (const auto& [request, n] : good) EXPECT_EQ(n, 1) << request;
  const auto again = RunItems(Info("vsi-bench"), items, **model, Profile::kOfficial, options);
  EXPECT_EQ(again->asked, 0u);
  for (size_t i = 0; i < items.size(); ++i)
    EXPECT_EQ(again->replies[i].text, whole->replies[i].text);
}

TEST(Run, ABlindModelReadsNoMedia) {
  std::vector<Item> items = VsiItems(4);
  for (Item& item : items)
    item.media = {{.kind = MediaRef::Kind::kImage, .file = "/nowhere.png", .source = "nowhere"}};
  TestServer server("");
  ASSERT_TRUE(server.ok());
  const auto failed = [&](const std::string& uri) {
    const auto model = OpenChatModel(uri, {});
    return RunItems(Info("vsi-bench"), items, **model, Profile::kOfficial, {.threads = 1})->failed;
  };
  EXPECT_EQ(failed("baseline:blind:" + server.Uri()), 0u);
  EXPECT_EQ(failed(server.Uri()), 4u);
}

TEST(Predictions, LmmsEvalsFailureMarkIsAFailedCall) {
  const Path file = Path(::testing::TempDir()) / "samples.jsonl";
  ASSERT_TRUE(WriteFileAtomic(
      file,
      "{\"doc_id\":0,\"target\":\"5\",\"doc\":{\"question_type\":\"object_counting\"},\"filtered_"
      "resps\":[\"[LMMS_EVAL_REQUEST_FAILED after 5 retries] timeout\"]}\n"
      "{\"doc_id\":1,\"target\":\"5\",\"doc\":{\"question_type\":\"object_counting\"},\"resps\":[["
      "\"5\"]]}\n"));
  const auto predictions = ReadPredictions(file, "lmms-eval", nullptr, 1);
  ASSERT_TRUE(predictions) << predictions.error().Message();
  EXPECT_FALSE(predictions->replies[0].text);
  EXPECT_EQ(predictions->replies[1].text, "5");
  EXPECT_EQ(predictions->items[1].task, "object_counting");
}

TEST(Predictions, AreMatchedByIdByTaskAndIdOrByTheirQuestion) {
  std::vector<Item> data;
  for (const char* split : {"location", "placement"})
    for (int i = 0; i < 2; ++i) {
      data.push_back(Make(i, split, ""));
      data.back().id = std::string(split) + "/" + std::to_string(i);
      data.back().question = std::string("where is ") + split + std::to_string(i);
    }
  const Path file = Path(::testing::TempDir()) / "matched.jsonl";
  const auto ids = [&](std::string_view format, const std::string& text) {
    EXPECT_TRUE(WriteFileAtomic(file, text));
    const auto predictions = ReadPredictions(file, format, &data, 1);
    std::vector<std::string> found;
    if (!predictions) return std::vector<std::string>{predictions.error().Message()};
    for (const Item& item : predictions->items) found.push_back(item.id);
    return found;
  };
  EXPECT_EQ(ids("spatium",
                "{\"id\":\"placement/1\",\"prediction\":\"x\"}\n"
                "{\"id\":0,\"task\":\"placement\",\"prediction\":\"x\"}\n"),
            (std::vector<std::string>{"placement/1", "placement/0"}));
  // One split's log of lmms-eval counts from 0 whatever the split.
  data[0].id = "0";
  EXPECT_EQ(
      ids("lmms-eval",
          "{\"doc_id\":0,\"doc\":{\"prompt\":\"where is placement1\"},\"resps\":[[\"x\"]]}\n"),
      std::vector<std::string>{"placement/1"});
  EXPECT_NE(ids("spatium", "{\"id\":9,\"prediction\":\"x\"}\n")[0].find("id 9"), std::string::npos);
}

TEST(Predictions, MetaAddsWhatTheDataLack) {
  std::vector<Item> data = {Make(0, "t", "")};
  data[0].fields = Json::MakeObject({{"object", "mug"}});
  const Path file = Path(::testing::TempDir()) / "meta.jsonl";
  ASSERT_TRUE(WriteFileAtomic(
      file, "{\"id\":0,\"prediction\":\"x\",\"meta\":{\"model\":\"Molmo\",\"object\":\"cup\"}}\n"));
  const auto predictions = ReadPredictions(file, "spatium", &data, 1);
  ASSERT_TRUE(predictions);
  EXPECT_EQ(*predictions->items[0].fields.Find("model"), Json("Molmo"));
  EXPECT_EQ(*predictions->items[0].fields.Find("object"), Json("mug"));
}

TEST(Compare, FindsTheDifferenceAndItsSign) {
  std::vector<Item> items = VsiItems(200);
  std::vector<ItemScore> a(200), b(200);
  for (size_t i = 0; i < 200; ++i) {
    a[i].score = i % 2 == 0;
    b[i].score = i % 2 == 0 || i % 5 == 0;
  }
  const auto overall = ComparePaired(items, a, b)[0];
  EXPECT_NEAR(overall.difference, 0.1, 1e-12);
  EXPECT_LT(overall.p, 1e-4);
  EXPECT_GT(overall.interval95[0], 0);
}

TEST(Compare, IntervalsOfFewPairsEndWhereDifferencesDo) {
  const std::vector<Item> items = VsiItems(4);
  std::vector<ItemScore> a(4), b(4);
  a[0].score = 1;
  for (ItemScore& score : b) score.score = 1;
  EXPECT_EQ(ComparePaired(items, a, b)[0].interval95[1], 1);
  EXPECT_EQ(ComparePaired(items, b, a)[0].interval95[0], -1);
  b[1].score = 9;  // a caption's CIDEr knows no such end
  EXPECT_GT(ComparePaired(items, a, b)[0].interval95[1], 1);
}

TEST(UniformFrames, AreNumpysLinspaceTruncated) {
  EXPECT_EQ(UniformFrames(10, 4), (std::vector<int>{0, 3, 6, 9}));
  EXPECT_EQ(UniformFrames(3, 32), (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(UniformFrames(1, 8), (std::vector<int>{0}));
  EXPECT_TRUE(UniformFrames(0, 8).empty());
  EXPECT_EQ(UniformFrames(502, 32).back(), 501) << "31 steps end just below it";
}

TEST(StrictReaders, TakeWhatAReplyCommitsTo) {
  const auto letter = [](std::u32string_view text) {
    const auto found = StrictLetter(text, 4);
    return found ? py::ToUtf8(*found) : std::string("-");
  };
  EXPECT_EQ(letter(U"(B)"), "B");
  EXPECT_EQ(letter(U"**c**."), "C");
  EXPECT_EQ(letter(U"The answer is D because A is wrong"), "D");
  EXPECT_EQ(letter(U"<think>A?</think><answer>B</answer>"), "B");
  EXPECT_EQ(letter(U"A or B"), "-");
  EXPECT_EQ(letter(U"A chair stands there"), "-");
  EXPECT_EQ(letter(U""), "-");
  EXPECT_EQ(StrictNumber(U"about 1,200.5 mm"), 1200.5);
  EXPECT_EQ(StrictNumber(U"between 2 and 3"), std::nullopt);
  EXPECT_EQ(StrictNumber(U"-0.5"), -0.5);
}

TEST(ScoreFile, GivesWhatReadingAndEvaluatingGive) {
  const Path file = Path(::testing::TempDir()) / "score_file.jsonl";
  std::string text;
  for (int i = 0; i < 30'000; ++i) {
    const bool number = i % 3 == 0;
    Json row =
        Json::MakeObject({{"id", i}, {"task", number ? "object_counting" : "route_planning"}});
    row.Set("prediction",
            i % 11 == 0 ? Json() : Json(number ? StrCat(i % 7, i % 5 ? "" : " m") : "B"));
    row.Set("answer", number ? "4" : (i % 2 == 0 ? "A" : "B"));
    if (!number) row.Set("options", Json(Json::Array{"A. x", "B. y"}));
    text += row.Dump() + (i % 100 == 0 ? "\n\n" : "\n");
  }
  text.pop_back();  // the last line without its end
  const Profile profiles[] = {Profile::kOfficial, Profile::kStrict};
  for (const size_t n : {size_t{100}, text.size()}) {
    ASSERT_TRUE(WriteFileAtomic(file, text.substr(0, text.rfind('\n', n))));
    const BenchmarkInfo& info = Info("vsi-bench");
    ASSERT_TRUE(CanScoreFile(info, file));
    const auto predictions = ReadPredictions(file, "spatium", nullptr, 2);
    ASSERT_TRUE(predictions) << predictions.error().Message();
    const auto slow = Evaluate(info, predictions->items, predictions->replies, profiles, 2);
    const auto fast = ScoreFile(info, file, "spatium", profiles, 2);
    ASSERT_TRUE(fast) << fast.error().Message();
    EXPECT_EQ(ReportJson("vsi-bench", info, slow).Dump(),
              ReportJson("vsi-bench", info, *fast).Dump());
  }
  ASSERT_TRUE(WriteFileAtomic(file, text + "\n{\"id\": 1\n"));
  const auto lines = std::count(text.begin(), text.end(), '\n');
  EXPECT_EQ(ScoreFile(Info("vsi-bench"), file, "spatium", profiles, 2).error().where,
            StrCat(file.string(), ":", lines + 2));
}

TEST(LinePieces, EveryLineIsInOnePiece) {
  const Path file = Path(::testing::TempDir()) / "line_pieces.txt";
  for (const char* text :
       {"", "a", "\n", "a\n", "\n\na\nbb\n", "a\nbb\n\nccc", "long line of many\nx\n"}) {
    ASSERT_TRUE(WriteFileAtomic(file, text));
    for (size_t bytes = 1; bytes < 9; ++bytes) {
      const auto pieces = LinePieces::Open(file, bytes);
      ASSERT_TRUE(pieces);
      std::string all, buffer;
      for (size_t k = 0; k < pieces->count(); ++k) {
        EXPECT_EQ(*pieces->FirstLine(k), 1 + std::count(all.begin(), all.end(), '\n'));
        all += *pieces->Read(k, buffer);
      }
      EXPECT_EQ(all, text) << bytes;
    }
  }
}

TEST(FieldImages, PicturesOfAParquetRowDoNotStayInMemory) {
  const std::string bytes = "\x89PNG" + std::string(100'000, 'x');
  const Json picture = Json::MakeObject({{"bytes", bytes}, {"path", Json()}});
  Json row = Json::MakeObject({{"image", Json(Json::Array{picture, picture})}});
  EXPECT_EQ(FieldImages(row, "image", "")->at(1).bytes, bytes);
  row.Set("_cell", Json::MakeObject({{"file", "x.parquet"}, {"row", 7}}));
  const auto media = *FieldImages(row, "image", "");
  ASSERT_EQ(media.size(), 2u);
  EXPECT_LT(media[1].bytes.capacity(), 100u);
  EXPECT_EQ(media[1].cell.row, 7);
  EXPECT_EQ(media[1].cell.index, 1u);
}

}  // namespace
}  // namespace spatium
