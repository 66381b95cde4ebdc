#include "spatium/chat/record.h"

#include <mutex>
#include <unordered_map>

#include "spatium/base/journal.h"
#include "spatium/chat/recording.h"

namespace spatium {
namespace {

class Recorder final : public ChatModel {
 public:
  Recorder(std::unique_ptr<ChatModel> model,
           Journal journal,
           std::unordered_map<std::string, ChatReply> known)
      : model_(std::move(model)), journal_(std::move(journal)), known_(std::move(known)) {}

  Result<ChatReply> Reply(const ChatRequest& request) override {
    const std::string key = RequestKey(request, model_->Identity());
    {
      const std::scoped_lock lock(mutex_);
      if (const auto it = known_.find(key); it != known_.end()) return it->second;
    }
    SPATIUM_TRY(ChatReply reply, model_->Reply(request));
    SPATIUM_TRY_DO(journal_.Append(RecordingLine(key, model_->Identity(), request, reply)));
    const std::scoped_lock lock(mutex_);
    known_.emplace(key, reply);
    return reply;
  }
  std::string Identity() const override { return model_->Identity(); }
  bool SeesMedia() const override { return model_->SeesMedia(); }

 private:
  std::unique_ptr<ChatModel> model_;
  Journal journal_;
  std::mutex mutex_;
  std::unordered_map<std::string, ChatReply> known_;
};

}  // namespace

Result<std::unique_ptr<ChatModel>> RecordTo(const Path& file, std::unique_ptr<ChatModel> model) {
  std::unordered_map<std::string, ChatReply> known;
  SPATIUM_TRY(Journal journal, Journal::Open(file, [&](const Json& line) -> Result<void> {
                SPATIUM_TRY(RecordedReply recorded,
                            ReadRecordingLine(JsonCursor(line, file.string())));
                known.insert_or_assign(std::move(recorded.key), std::move(recorded.reply));
                return {};
              }));
  return std::unique_ptr<ChatModel>(
      std::make_unique<Recorder>(std::move(model), std::move(journal), std::move(known)));
}

}  // namespace spatium
