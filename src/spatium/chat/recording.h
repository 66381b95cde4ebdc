#pragma once
#include <string>

#include "spatium/base/json.h"
#include "spatium/chat/chat_model.h"

namespace spatium {

// One line of a recording:
// {"key","model","request","reply","tokens","cost","attempts","ms","finish"}.
struct RecordedReply {
  std::string key;
  std::string model;  // Identity() of what answered
  ChatReply reply;
};
Json RecordingLine(const std::string& key,
                   const std::string& model,
                   const ChatRequest& request,
                   const ChatReply& reply);
Result<RecordedReply> ReadRecordingLine(const JsonCursor& line);

}  // namespace spatium
