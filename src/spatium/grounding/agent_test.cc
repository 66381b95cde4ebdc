#include "spatium/grounding/agent.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "spatium/base/text.h"
#include "spatium/grounding/agent_ask.h"
#include "spatium/image/codec.h"
#include "spatium/readers/reader.h"
#include "spatium/synth/synth.h"

namespace spatium {
namespace {

// A model that sees only what it is sent: it decodes the pictures and answers by a rule over the
// marks that it finds in them.
class ScriptedModel final : public ChatModel {
 public:
  Result<ChatReply> Reply(const ChatRequest& request) override {
    ++calls;
    std::string text;
    std::vector<RgbImage> pictures;
    for (const Message& message : request.messages)
      for (const ContentPart& part : message.parts) {
        if (const auto* t = std::get_if<TextPart>(&part)) text += t->text;
        if (const auto* image = std::get_if<ImagePart>(&part)) {
          SPATIUM_TRY(RgbImage decoded, DecodeRgb(image->bytes, image->source));
          EXPECT_EQ(decoded.size(), image->size);
          pictures.push_back(std::move(decoded));
        }
      }
    ChatReply reply;
    if (garbage_first && request.messages.size() == 1) {
      reply.text = "I would say it is the one on the left.";
      return reply;
    }
    if (text.find("\"view\"") != std::string::npos) {
      EXPECT_EQ(pictures.size(), 5u);
      size_t best = 0;
      for (size_t i = 0; i < pictures.size(); ++i)
        if (Ink(pictures[i]) > Ink(pictures[best])) best = i;
      reply.text = StrCat("```json\n{\"reasoning\": \"{most to see}\", \"view\": ", best, "}\n```");
    } else if (text.find("\"object_ids\"") != std::string::npos) {
      num_plates = 0;
      for (const RgbImage& picture : pictures) num_plates += Plates(picture);
      reply.text = StrCat("{\"reasoning\": \"the first\", \"object_ids\": [",
                          NumbersAfter(text, "Only these ids count: ", 3),
                          "]}");
    } else if (text.find("\"object_id\"") != std::string::npos) {
      // The candidate whose red box is the largest in its frame.
      double best_area = -1;
      std::string best = "-1";
      const auto captions = Split(std::string_view(text).substr(text.find("in this order: ")), ',');
      for (size_t i = 1; i < pictures.size(); ++i) {
        const double area = RedBoxArea(pictures[i]);
        EXPECT_GT(area, 0) << "no red box in picture " << i;
        const std::string_view caption = captions[i - 1];
        const size_t at = caption.find("candidate ");
        if (area > best_area && at != std::string_view::npos) {
          best_area = area;
          const std::string_view rest = caption.substr(at + 10);
          best = std::string(rest.substr(0, rest.find_first_not_of("0123456789")));
        }
      }
      chosen = best;
      reply.text = StrCat("{\"reasoning\": \"largest\", \"object_id\": ", best, "}");
    } else {
      // "Description: the office chair next to ...": the words up to the relation.
      constexpr std::string_view kBefore = "Description: the ";
      const size_t at = text.find(kBefore) + kBefore.size();
      const std::string_view rest = std::string_view(text).substr(at);
      const std::string_view name =
          rest.substr(0, std::min({rest.find(" next"), rest.find(" on "), rest.find('\n')}));
      reply.text = StrCat("{\"target_class\": \"", name, "\"}");
    }
    return reply;
  }
  std::string Identity() const override { return "scripted"; }

  int calls = 0;
  int num_plates = 0;
  bool garbage_first = false;
  std::string chosen;

 private:
  static bool Red(const uint8_t* p) { return p[0] > 150 && p[1] < 70 && p[2] < 80; }
  static size_t Ink(const RgbImage& image) {
    size_t n = 0;
    for (int y = 0; y < image.height(); y += 4)
      for (int x = 0; x < image.width(); x += 4)
        n += image.at(x, y)[0] + image.at(x, y)[1] + image.at(x, y)[2] < 750 ? 1 : 0;
    return n;
  }
  // White plates: rows of at least 14 white pixels that begin right after a red one, counted once.
  static int Plates(const RgbImage& image) {
    std::set<std::pair<int, int>> corners;
    for (int y = 1; y < image.height(); ++y)
      for (int x = 1; x + 14 < image.width(); ++x) {
        const uint8_t* left = image.at(x - 1, y);
        if (left[0] < 180 || left[1] > 160 || left[2] > 170) continue;
        bool white = true;
        for (int k = 1; k < 5 && white; ++k) white = image.at(x + k, y)[1] > 240;
        if (white) corners.emplace(x / 12, y / 24);
      }
    return static_cast<int>(corners.size());
  }
  static double RedBoxArea(const RgbImage& image) {
    int x0 = image.width(), y0 = image.height(), x1 = 0, y1 = 0;
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x)
        if (Red(image.at(x, y)))
          x0 = std::min(x0, x), y0 = std::min(y0, y), x1 = std::max(x1, x), y1 = std::max(y1, y);
    return x1 > x0 ? static_cast<double>(x1 - x0) * (y1 - y0) : 0;
  }
  static std::string NumbersAfter(const std::string& text, const std::string& mark, size_t n) {
    const size_t at = text.find(mark) + mark.size();
    std::vector<std::string> out;
    for (const std::string_view piece :
         Split(std::string_view(text).substr(at, text.find('.', at) - at), ','))
      if (out.size() < n) out.emplace_back(Trim(piece));
    return Join(out, ", ");
  }
};

class AgentOnRealRoom : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const Path source = Path(SPATIUM_SHARED_DIR) / "data" / "scannet_scene0050_00";
    if (!std::filesystem::exists(source)) return;
    const Path folder = Path(::testing::TempDir()) / "agent_scene0050";
    auto writer = SceneWriter::Create(folder);
    ASSERT_TRUE(writer);
    for (const ReaderEntry& reader : Readers()) {
      if (reader.name != "posed_rgbd") continue;
      ImportOptions options;
      options.source = source;
      options.axis_alignment = source / "scene0050_00.txt";
      options.objects = source / "objects.json";
      options.every = 3;
      auto report = reader.info().import(options, *writer);
      ASSERT_TRUE(report) << report.error().Message();
      ASSERT_TRUE(writer->Commit(report->scene));
    }
    store_ = new SceneStore(*SceneStore::Open(folder));
  }
  void SetUp() override {
    if (store_ == nullptr) GTEST_SKIP() << "no scannet_scene0050_00";
  }
  static GroundingAgent Agent(AgentMode mode, size_t top_k = 5) {
    AgentOptions options;
    options.mode = mode;
    options.top_k = top_k;
    options.view_size_px = 768;
    auto agent = GroundingAgent::Create(*store_, *LoadGroundingWeights("none"), options, 2);
    EXPECT_TRUE(agent) << agent.error().Message();
    return *std::move(agent);
  }
  static SceneStore* store_;
};
SceneStore* AgentOnRealRoom::store_ = nullptr;

TEST_F(AgentOnRealRoom, SpazerAcceptsALoneMatchUnasked) {
  ScriptedModel model;
  const auto result = Agent(AgentMode::kSpazer).Ground("the chair next to the desk", model);
  ASSERT_TRUE(result) << result.error().Message();
  // Its class match is by shared words: "armchair" is one word, so only the chair is left.
  ASSERT_EQ(result->matched.size(), 1u);
  EXPECT_EQ(model.calls, 1);
  EXPECT_EQ(result->id, result->matched[0]);
}

TEST_F(AgentOnRealRoom, FusedAsksAllStagesAndTheMarksDecide) {
  ScriptedModel model;
  const auto result = Agent(AgentMode::kFused, 2).Ground("the door on the left", model);
  ASSERT_TRUE(result) << result.error().Message();
  EXPECT_GE(result->matched.size(), 3u);  // doors, a door, doorframes
  ASSERT_EQ(result->steps.size(), 3u);
  EXPECT_GE(model.num_plates, static_cast<int>(result->matched.size()) / 2);
  ASSERT_TRUE(result->id);
  EXPECT_EQ(std::to_string(result->id->value), model.chosen);
}

TEST_F(AgentOnRealRoom, AnUnusableReplyIsRepairedOnce) {
  ScriptedModel model;
  model.garbage_first = true;
  const auto result = Agent(AgentMode::kFused).Ground("the laptop on the desk", model);
  ASSERT_TRUE(result) << result.error().Message();
  for (const AgentStep& step : result->steps) EXPECT_EQ(step.replies.size(), 2u) << step.name;
  EXPECT_TRUE(result->id);
}

TEST_F(AgentOnRealRoom, NothingNamedIsUnknownWithoutACall) {
  ScriptedModel model;
  const auto result = Agent(AgentMode::kFused).Ground("", model);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->outcome, GroundOutcome::kUnknown);
  EXPECT_EQ(model.calls, 0);
}

// Rooms that nobody has looked at before: the kind of thing that there is most of is asked for.
class AgentOnSyntheticRooms : public ::testing::TestWithParam<int> {};

TEST_P(AgentOnSyntheticRooms, BothModesRunAllStagesAndThePicturesDecide) {
  const Path folder = Path(::testing::TempDir()) / StrCat("agent_synth", GetParam());
  synth::SynthOptions made{.out = folder / "source", .num_frames = 10, .size = {320, 240}};
  made.seed = static_cast<uint64_t>(GetParam());
  const auto names = synth::MakeScenes(made, [] {});
  ASSERT_TRUE(names) << names.error().Message();
  auto writer = SceneWriter::Create(folder / "store");
  ASSERT_TRUE(writer);
  for (const ReaderEntry& reader : Readers()) {
    if (reader.name != "scannet") continue;
    ImportOptions options;
    options.source = made.out / names->front();
    auto report = reader.info().import(options, *writer);
    ASSERT_TRUE(report) << report.error().Message();
    ASSERT_TRUE(writer->Commit(report->scene));
  }
  const auto store = SceneStore::Open(folder / "store");
  ASSERT_TRUE(store) << store.error().Message();
  std::map<std::string, int> count;
  for (const Object& object : store->scene().objects)
    if (object.label != "wall" && object.label != "floor") ++count[object.label];
  const auto most = std::max_element(
      count.begin(), count.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  ASSERT_GE(most->second, 2);
  for (const AgentMode mode : {AgentMode::kSpazer, AgentMode::kFused}) {
    AgentOptions options{.mode = mode, .top_k = 1, .view_size_px = 640};
    const auto agent = GroundingAgent::Create(*store, *LoadGroundingWeights("default"), options, 2);
    ASSERT_TRUE(agent) << agent.error().Message();
    ScriptedModel model;
    const auto result = agent->Ground(StrCat("the ", most->first, " next to the door"), model);
    ASSERT_TRUE(result) << result.error().Message();
    std::vector<std::string> steps;
    for (const AgentStep& step : result->steps) steps.push_back(step.name);
    const std::vector<std::string> expected =
        mode == AgentMode::kSpazer ? std::vector<std::string>{"class", "view", "screen", "decide"}
                                   : std::vector<std::string>{"view", "screen", "decide"};
    EXPECT_EQ(steps, expected) << most->first;
    EXPECT_GE(static_cast<int>(result->matched.size()), most->second);
    EXPECT_GE(model.num_plates, 1);
    ASSERT_TRUE(result->id);
    if (mode == AgentMode::kSpazer) {
      EXPECT_EQ(std::to_string(result->id->value), model.chosen);
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, AgentOnSyntheticRooms, ::testing::Values(3, 4));

TEST_F(AgentOnRealRoom, SpazersSwitchesLeaveOutWhatTheyName) {
  ScriptedModel model;
  AgentOptions options{.mode = AgentMode::kSpazer, .top_k = 2, .view_size_px = 512};
  options.use_random_view = true;
  options.no_anchor_filtering = true;
  const auto agent = GroundingAgent::Create(*store_, *LoadGroundingWeights("none"), options, 2);
  ASSERT_TRUE(agent);
  const auto result = agent->Ground("the door on the left", model);
  ASSERT_TRUE(result) << result.error().Message();
  ASSERT_EQ(result->steps.size(), 2u);  // class and decision
  EXPECT_EQ(result->candidates, result->matched);
  EXPECT_GE(result->view, 0);
  EXPECT_EQ(agent->Ground("the door on the left", model)->view, result->view);
}

TEST(ClassMatch, SharesStemsAsTheReleasedCodeDoes) {
  EXPECT_TRUE(SharesStem("end table", "coffee table"));
  EXPECT_TRUE(SharesStem("trash can", "soda can"));
  EXPECT_FALSE(SharesStem("garbage can", "trash bin"));
  EXPECT_TRUE(SharesStem("desk chair", "desk"));
  EXPECT_TRUE(SharesStem("books", "book"));
  EXPECT_FALSE(SharesStem("armchair", "chair"));
}

TEST(FirstJsonObject, SkipsProseAndBraces) {
  EXPECT_EQ(FirstJsonObject("so {this} is: {\"a\": \"}\"} and more").Find("a")->AsString(), "}");
  EXPECT_TRUE(FirstJsonObject("no object { here").IsNull());
}

TEST(LayOutMarks, LabelsCoverNeitherEachOtherNorAnchors) {
  std::vector<MarkAnchor> anchors;
  for (int i = 0; i < 40; ++i) {
    const int column = i % 8, row = i / 8;
    anchors.push_back(
        {.id = ObjectId{i}, .at = {300.0 + 17 * column, 300.0 + 13 * row}, .extent_px = 10.0 + i});
  }
  const MarkLayout layout = LayOutMarks(anchors, {800, 800}, 18);
  EXPECT_EQ(layout.marks.size() + layout.crowded_out.size(), anchors.size());
  EXPECT_GE(layout.marks.size(), 8u);
  for (size_t a = 0; a < layout.marks.size(); ++a)
    for (size_t b = 0; b < layout.marks.size(); ++b) {
      const PixelBox& box = layout.marks[a].label;
      if (a != b) {
        const PixelBox& other = layout.marks[b].label;
        EXPECT_FALSE(box.x0 < other.x1 && other.x0 < box.x1 && box.y0 < other.y1 &&
                     other.y0 < box.y1);
        const Pixel p = layout.marks[b].at;
        EXPECT_FALSE(p.u > box.x0 && p.u < box.x1 && p.v > box.y0 && p.v < box.y1);
      }
    }
}

}  // namespace
}  // namespace spatium
