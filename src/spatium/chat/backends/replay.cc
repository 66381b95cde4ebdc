// Answers from a recording; a request that is not in it is an error, never a guess.
#include <unordered_map>

#include "spatium/base/journal.h"
#include "spatium/base/text.h"
#include "spatium/chat/backend.h"
#include "spatium/chat/recording.h"

namespace spatium {
namespace {

class Replay final : public ChatModel {
 public:
  Replay(std::string file, std::string model, std::unordered_map<std::string, ChatReply> replies)
      : file_(std::move(file)), model_(std::move(model)), replies_(std::move(replies)) {}
  // The recorded model answers, so its cache keys stay good.
  std::string Identity() const override { return model_; }
  Result<ChatReply> Reply(const ChatRequest& request) override {
    const auto it = replies_.find(RequestKey(request, model_));
    if (it != replies_.end()) return it->second;
    return Error{ErrorCode::kNotFound,
                 file_,
                 "a recorded reply to this request",
                 request.facts != nullptr ? "none for item " + request.facts->id : "none"};
  }

 private:
  std::string file_, model_;
  std::unordered_map<std::string, ChatReply> replies_;
};

Result<std::unique_ptr<ChatModel>> Open(std::string_view rest, const ChatOptions&) {
  const std::string file(rest);
  std::string model;
  std::unordered_map<std::string, ChatReply> replies;
  SPATIUM_TRY_DO(Journal::Read(file, [&](const Json& line) -> Result<void> {
    SPATIUM_TRY(RecordedReply recorded, ReadRecordingLine(JsonCursor(line, file)));
    if (!model.empty() && model != recorded.model)
      return Error{
          ErrorCode::kBadValue, file, "replies of one model", model + " and " + recorded.model};
    model = recorded.model;
    replies.insert_or_assign(std::move(recorded.key), std::move(recorded.reply));
    return {};
  }));
  if (replies.empty())
    return Error{ErrorCode::kBadValue, file, "at least one recorded reply", "none"};
  return std::unique_ptr<ChatModel>(
      std::make_unique<Replay>(file, std::move(model), std::move(replies)));
}

}  // namespace

const BackendInfo& BackendInfo_replay() {
  static constexpr BackendInfo kInfo{
      .summary = "a recorded run, offline", .uri = "replay:FILE", .open = Open};
  return kInfo;
}

}  // namespace spatium
