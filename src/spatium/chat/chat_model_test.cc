#include "spatium/chat/chat_model.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "spatium/base/base64.h"
#include "spatium/base/hash.h"
#include "spatium/base/parallel.h"
#include "support/test_server.h"

namespace spatium {
namespace {

ChatRequest Ask(const std::string& text, const ItemFacts* facts = nullptr) {
  ChatRequest request{
      .messages = {{.role = Role::kUser,
                    .parts = {ImagePart{"\x89PNG", "image/png", {1, 1}, "x.png", {}},
                              TextPart{text}}}},
      .sampling = {},
      .facts = facts};
  return request;
}

ChatOptions Fast() {
  ChatOptions options;
  options.backoff_s = 0.01;
  options.backoff_max_s = 0.05;
  options.timeout_s = 5;
  options.max_attempts = 12;
  return options;
}

TEST(OpenAiBackend, GivesTheServersAnswerTokensAndCost) {
  TestServer server;
  ASSERT_TRUE(server.ok());
  ChatOptions options = Fast();
  options.price_in = 2;
  auto model = OpenChatModel(server.Uri(), options);
  ASSERT_TRUE(model) << model.error().Message();
  const auto reply = (*model)->Reply(Ask(std::string(400, 'x')));
  ASSERT_TRUE(reply) << reply.error().Message();
  EXPECT_EQ(reply->text.size(), 1u);
  EXPECT_EQ(reply->tokens.in, 100);
  EXPECT_DOUBLE_EQ(reply->cost, 100 * 2 / 1e6);
}

TEST(OpenAiBackend, EveryFaultIsRetriedAndNeverReadAsAnAnswer) {
  TestServer honest;
  auto reference = OpenChatModel(honest.Uri(), Fast());
  for (const std::string kind : {"429", "500", "hangup", "slow", "malformed", "type", "empty"}) {
    TestServer server("--faults 0.5 --kinds " + kind);
    auto model = OpenChatModel(server.Uri(), Fast());
    int attempts = 0;
    for (int i = 0; i < 8; ++i) {
      const std::string text = "question " + std::to_string(i);
      const auto reply = (*model)->Reply(Ask(text));
      ASSERT_TRUE(reply) << kind << ": " << reply.error().Message();
      EXPECT_EQ(reply->text, (*reference)->Reply(Ask(text))->text);
      attempts += reply->attempts;
    }
    if (kind != "slow") EXPECT_GT(attempts, 8) << kind;
  }
}

TEST(OpenAiBackend, GivesUpWithTheLastReason) {
  TestServer server("--faults 1 --kinds 500");
  ChatOptions options = Fast();
  options.max_attempts = 3;
  auto model = OpenChatModel(server.Uri(), options);
  const auto reply = (*model)->Reply(Ask("x"));
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, ErrorCode::kNetwork);
  EXPECT_NE(reply.error().Message().find("3 attempts"), std::string::npos)
      << reply.error().Message();
}

TEST(OpenAiBackend, ASlowReplyEndsAtTheTimeLimit) {
  TestServer server("--faults 1 --kinds slow");
  ChatOptions options = Fast();
  options.timeout_s = 0.1;
  options.max_attempts = 1;
  auto model = OpenChatModel(server.Uri(), options);
  const auto start = std::chrono::steady_clock::now();
  const auto reply = (*model)->Reply(Ask("x"));
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, ErrorCode::kTimeout);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
}

TEST(RoboReferBackend, SendsTextAndReadsTheAnswer) {
  TestServer server;
  auto model = OpenChatModel("roborefer:" + server.Base(), Fast());
  ASSERT_TRUE(model);
  ASSERT_TRUE((*model)->Reply(Ask("where is the mug?")));
}

TEST(Recording, ReplaysOfflineAndRefusesWhatItDoesNotHold) {
  const Path file = Path(::testing::TempDir()) / "recording.jsonl";
  std::filesystem::remove(file);
  std::string said;
  {
    TestServer server;
    ChatOptions options = Fast();
    options.record = file;
    auto model = OpenChatModel(server.Uri(), options);
    said = (*model)->Reply(Ask("one"))->text;
  }
  auto replay = OpenChatModel("replay:" + file.string(), Fast());
  ASSERT_TRUE(replay) << replay.error().Message();
  EXPECT_EQ((*replay)->Reply(Ask("one"))->text, said);
  const auto unknown = (*replay)->Reply(Ask("two"));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::kNotFound);
}

TEST(Baselines, RandomIsEvenOverOptionsAndOracleIsRight) {
  auto random = OpenChatModel("baseline:random", {});
  auto oracle = OpenChatModel("baseline:oracle", {});
  auto frequency = OpenChatModel("baseline:frequency", {});
  std::map<std::string, int> counts;
  for (int i = 0; i < 4000; ++i) {
    const ItemFacts facts{.id = std::to_string(i),
                          .task = "t",
                          .options = {"A", "B", "C", "D"},
                          .answer = "C",
                          .task_answers = std::make_shared<std::vector<std::string>>(
                              std::vector<std::string>{"B", "C", "C"})};
    ++counts[(*random)->Reply(Ask("q", &facts))->text];
    EXPECT_EQ((*oracle)->Reply(Ask("q", &facts))->text, "C");
    EXPECT_EQ((*frequency)->Reply(Ask("q", &facts))->text, "C");
  }
  ASSERT_EQ(counts.size(), 4u);
  for (const auto& [letter, n] : counts) EXPECT_NEAR(n, 1000, 5 * 27.4) << letter;  // 5 sigma
}

TEST(RequestKey, DependsOnWhatTheModelSeesAndNotOnWhereItCameFrom) {
  const ChatRequest a = Ask("q");
  ChatRequest moved = a;
  std::get<ImagePart>(moved.messages[0].parts[0]).source = "elsewhere/x.png";
  ChatRequest other = a;
  std::get<ImagePart>(other.messages[0].parts[0]).bytes += "x";
  EXPECT_EQ(RequestKey(a, "m"), RequestKey(moved, "m"));
  EXPECT_NE(RequestKey(a, "m"), RequestKey(other, "m"));
  EXPECT_NE(RequestKey(a, "m"), RequestKey(a, "n"));
}

TEST(OpenChatModel, NamesTheFormsForAnUnknownScheme) {
  const auto model = OpenChatModel("opnai:x", {});
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::kUsage);
  EXPECT_NE(model.error().expected.find("openai:http"), std::string::npos);
}

TEST(Base64, MatchesRfc4648) {
  for (const auto& [plain, coded] : std::map<std::string, std::string>{{"", ""},
                                                                       {"f", "Zg=="},
                                                                       {"fo", "Zm8="},
                                                                       {"foo", "Zm9v"},
                                                                       {"foob", "Zm9vYg=="},
                                                                       {"fooba", "Zm9vYmE="},
                                                                       {"foobar", "Zm9vYmFy"}}) {
    std::string out;
    AppendBase64(plain, out);
    EXPECT_EQ(out, coded);
  }
}

TEST(Sha256, MatchesFips180Examples) {
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(Sha256Hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

}  // namespace
}  // namespace spatium
