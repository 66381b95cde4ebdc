#include "spatium/qa/generate.h"

#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>

#include "spatium/base/json.h"
#include "spatium/base/text.h"
#include "spatium/qa/qa_test_scene.h"

namespace spatium {
namespace {

QaScene Build(const Scene& scene) {
  auto qa = BuildQaScene(
      scene, std::vector{qa_test::SeenWhole(scene)}, [](const Frame&) { return MetricDepth{}; }, 1);
  EXPECT_TRUE(qa);
  return std::move(*qa);
}

struct Record {
  std::string task;
  AnswerFormat format;
  std::string line;
  Json json;
  const std::string& question() const {
    return json.Find("conversations")->AsArray()[0].Find("value")->AsString();
  }
  const std::string& answer() const {
    return json.Find("conversations")->AsArray()[1].Find("value")->AsString();
  }
  const Json& provenance() const { return *json.Find("provenance"); }
};

std::vector<Record> All(const QaScene& scene, const GenerateOptions& options) {
  std::vector<Record> records;
  for (const TaskEntry& task : Tasks()) {
    const TaskQuestions questions = GenerateTask(scene, task, kAnswerFormats, options);
    for (const AnswerFormat format : kAnswerFormats) {
      const std::string& lines = questions.lines[static_cast<size_t>(format)];
      size_t from = 0;
      for (size_t end = lines.find('\n'); end != std::string::npos; end = lines.find('\n', from)) {
        const std::string line = lines.substr(from, end - from);
        auto json = Json::Parse(line, "line");
        EXPECT_TRUE(json) << line;
        if (json) records.push_back({std::string(task.name), format, line, std::move(*json)});
        from = end + 1;
      }
    }
  }
  return records;
}

class Generate : public testing::Test {
 protected:
  Scene room_ = qa_test::Room(7);
  QaScene scene_ = Build(room_);
};

TEST_F(Generate, EveryTaskFindsQuestionsInEveryFormat) {
  std::map<std::string, std::set<AnswerFormat>> formats;
  for (const Record& record : All(scene_, {.seed = 1, .per_task = 50}))
    formats[record.task].insert(record.format);
  for (const TaskEntry& task : Tasks())
    EXPECT_EQ(formats[std::string(task.name)].size(), task.info().formats.size()) << task.name;
}

TEST_F(Generate, AFactIsAskedOnceInAFormat) {
  std::set<std::string> ids, facts;
  for (const Record& record : All(scene_, {.seed = 1})) {
    EXPECT_TRUE(ids.insert(record.json.Find("id")->AsString()).second) << record.line;
    std::string fact = record.task + "|" + std::string(Name(record.format)) + "|" +
                       record.provenance().Find("frames")->Dump();
    for (const Json& object : record.provenance().Find("objects")->AsArray())
      fact += "|" + object.Find("role")->AsString() + object.Find("id")->Dump();
    if (record.task != "obj_count") EXPECT_TRUE(facts.insert(fact).second) << record.line;
  }
}

TEST_F(Generate, SameSeedSameBytesOtherSeedOtherQuestions) {
  const auto lines = [&](uint64_t seed) {
    std::string text;
    for (const TaskEntry& task : Tasks())
      for (const std::string& format :
           GenerateTask(scene_, task, kAnswerFormats, {.seed = seed}).lines)
        text += format;
    return text;
  };
  EXPECT_EQ(lines(5), lines(5));
  EXPECT_NE(lines(5), lines(6));
}

TEST_F(Generate, AQuotaChoosesAmongAllFactsAndChangesNoRecord) {
  std::set<std::string> all;
  for (const Record& record : All(scene_, {.seed = 1})) all.insert(record.line);
  std::map<std::string, int> counts;
  for (const Record& record : All(scene_, {.seed = 1, .per_task = 10})) {
    if (record.format == AnswerFormat::kSentence) ++counts[record.task];
    // Facts thinned by the balance of all answers may come back under a quota.
    if (record.task == "position_matching") EXPECT_TRUE(all.contains(record.line)) << record.line;
  }
  for (const auto& [task, n] : counts) EXPECT_LE(n, 10) << task;
}

TEST_F(Generate, TextIsCleanEnglish) {
  const std::regex wrong_article("\\ba [aeioAEIO][a-z]|\\b[Aa]n [bcdfgjklmnpqrstvwxyz]");
  for (const Record& record : All(scene_, {.seed = 3})) {
    for (const std::string* text : {&record.question(), &record.answer()}) {
      EXPECT_EQ(text->find('{'), std::string::npos) << *text;
      EXPECT_EQ(text->find("  "), std::string::npos) << *text;
      EXPECT_EQ(text->find("the the"), std::string::npos) << *text;
      EXPECT_FALSE(std::regex_search(*text, wrong_article)) << *text;
      EXPECT_FALSE(text->empty());
    }
    if (record.format == AnswerFormat::kSentence) {
      EXPECT_EQ(record.answer().back(), '.') << record.answer();
      EXPECT_TRUE(std::isupper(static_cast<unsigned char>(record.answer()[0])) ||
                  std::isdigit(static_cast<unsigned char>(record.answer()[0])) ||
                  record.answer()[0] == '[')
          << record.answer();
    }
  }
}

TEST_F(Generate, NoLetterSideOrAnswerDominates) {
  std::map<std::string, std::map<std::string, int>> answers;
  std::map<std::string, int> totals;
  for (const Record& record : All(scene_, {.seed = 4})) {
    if (record.format != AnswerFormat::kSelect && record.format != AnswerFormat::kJudge) continue;
    const std::string group = record.task + "/" + std::string(Name(record.format));
    ++answers[group][record.answer()];
    ++totals[group];
  }
  for (const auto& [group, counts] : answers) {
    if (totals[group] < 60) continue;
    const double fair = 1.0 / static_cast<double>(counts.size());
    for (const auto& [answer, n] : counts)
      EXPECT_NEAR(double(n) / totals[group], fair, 0.15) << group << " " << answer;
  }
}

TEST_F(Generate, OptionsHaveOneFormAndTheRightOneIsAmongThem) {
  const std::regex number("[0-9]+\\.[0-9] meters");
  for (const Record& record : All(scene_, {.seed = 1})) {
    if (record.format != AnswerFormat::kSelect) continue;
    const Json& options = *record.provenance().Find("options");
    const auto correct = record.provenance().Find("correct")->AsInt();
    EXPECT_EQ(record.answer(), std::string(1, static_cast<char>('A' + correct)));
    std::set<std::string> texts;
    for (const Json& option : options.AsArray()) {
      const std::string& text = option.Find("text")->AsString();
      EXPECT_TRUE(texts.insert(text).second) << record.line;
      EXPECT_NE(record.question().find(". " + text), std::string::npos);
      if (record.task.find("prediction") != std::string::npos)
        EXPECT_TRUE(std::regex_match(text, number)) << text;
    }
    EXPECT_EQ(texts.size(), record.task == "distance_infer_center_oo" ? 2u : 4u);
  }
}

// The depth of the provenance's own centre under its own pose is the answer's.
TEST_F(Generate, DepthsFollowFromTheProvenanceAlone) {
  int checked = 0;
  for (const Record& record : All(scene_, {.seed = 1})) {
    if (record.task != "depth_prediction_oc" || record.format != AnswerFormat::kFill) continue;
    const Json& p = record.provenance();
    const auto& pose = p.Find("cam_from_world")->AsArray()[0].AsArray();
    const auto& center = p.Find("objects")->AsArray()[1].Find("center_world")->AsArray();
    double z = pose[11].AsDouble();
    for (size_t i = 0; i < 3; ++i) z += pose[8 + i].AsDouble() * center[i].AsDouble();
    EXPECT_NEAR(z, p.Find("value")->Find("answer_m")->AsDouble(), 1e-4);
    EXPECT_EQ(record.answer(), FormatFixed(z, 1));
    ++checked;
  }
  EXPECT_GT(checked, 20);
}

// Answers do not change when the whole world is turned about its vertical.
TEST_F(Generate, AnswersAreUnchangedByYawOfTheWorld) {
  // A quarter turn keeps boxes axis-aligned: (x, y) -> (-y, x).
  Scene turned = room_;
  Eigen::Matrix3d quarter;
  quarter << 0, -1, 0, 1, 0, 0, 0, 0, 1;
  for (Object& object : turned.objects) {
    const Eigen::Vector3d a = quarter * object.box.min, b = quarter * object.box.max;
    object.box.min = a.cwiseMin(b);
    object.box.max = a.cwiseMax(b);
  }
  for (Frame& frame : turned.frames)
    frame.cam_from_world.R = frame.cam_from_world.R * quarter.transpose();
  std::map<std::string, std::string> answers;
  for (const Record& record : All(scene_, {.seed = 1}))
    answers[record.json.Find("id")->AsString()] = record.answer();
  int same = 0;
  for (const Record& record : All(Build(turned), {.seed = 1})) {
    const auto it = answers.find(record.json.Find("id")->AsString());
    if (it == answers.end()) continue;  // at a border of rounding in one of them
    EXPECT_EQ(record.answer(), it->second) << record.line;
    ++same;
  }
  EXPECT_GT(same, static_cast<int>(answers.size() * 99 / 100));
}

TEST_F(Generate, ProvenanceCanBeShortOrLeftOut) {
  for (const Record& record :
       All(scene_, {.seed = 1, .per_task = 3, .provenance = ProvenanceDetail::kNone}))
    EXPECT_EQ(record.json.Find("provenance"), nullptr);
  for (const Record& record :
       All(scene_, {.seed = 1, .per_task = 3, .provenance = ProvenanceDetail::kIds})) {
    EXPECT_NE(record.provenance().Find("key"), nullptr);
    EXPECT_EQ(record.provenance().Find("value"), nullptr);
  }
}

}  // namespace
}  // namespace spatium
