#pragma once
#include <string>
#include <string_view>

#include "spatium/chat/chat_model.h"

namespace spatium {

// The body of a request to RoboRefer's /query: base64 pictures, optional depth maps and one text.
// It has no roles: all text is joined.
std::string RoboReferBody(const ChatRequest& request);

// Reads its reply, {"result": 1, "answer": "..."}. Errors: kParse, kNotFound, kBadValue at `url`.
Result<ChatReply> ReadRoboReferReply(const std::string& url, std::string_view body);

}  // namespace spatium
