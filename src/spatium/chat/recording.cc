#include "spatium/chat/recording.h"

namespace spatium {

Json RecordingLine(const std::string& key,
                   const std::string& model,
                   const ChatRequest& request,
                   const ChatReply& reply) {
  return Json::MakeObject(
      {{"key", key},
       {"model", model},
       {"request", DescribeRequest(request)},
       {"reply", reply.text},
       {"tokens", Json::MakeObject({{"in", reply.tokens.in}, {"out", reply.tokens.out}})},
       {"cost", reply.cost},
       {"attempts", reply.attempts},
       {"ms", reply.ms},
       {"finish", reply.finish_reason}});
}

Result<RecordedReply> ReadRecordingLine(const JsonCursor& line) {
  RecordedReply recorded;
  SPATIUM_TRY(const auto key, line.At("key"));
  SPATIUM_TRY(recorded.key, key.String());
  SPATIUM_TRY(const auto model, line.At("model"));
  SPATIUM_TRY(recorded.model, model.String());
  SPATIUM_TRY(const auto reply, line.At("reply"));
  SPATIUM_TRY(recorded.reply.text, reply.String());
  SPATIUM_TRY(const auto tokens, line.At("tokens"));
  SPATIUM_TRY(const auto in, tokens.At("in"));
  SPATIUM_TRY(recorded.reply.tokens.in, in.Int());
  SPATIUM_TRY(const auto out, tokens.At("out"));
  SPATIUM_TRY(recorded.reply.tokens.out, out.Int());
  SPATIUM_TRY(const auto finish, line.At("finish"));
  SPATIUM_TRY(recorded.reply.finish_reason, finish.String());
  recorded.reply.attempts = 0;  // nothing was asked
  return recorded;
}

}  // namespace spatium
