#pragma once
#include <string>
#include <string_view>

#include "spatium/chat/chat_model.h"

namespace spatium {

// OpenAI's chat completions as bytes. Source: the API reference; the shape that the official Python
// client sends is held by a test.

// The body of POST /chat/completions: pictures as data URLs in the order of the message. Errors:
// kUnsupported for a depth map, which the protocol does not have.
Result<std::string> OpenAiBody(const ChatRequest& request, const std::string& model);

// The first choice of a completion; content may be text, null (empty) or a list of text parts.
// Errors: kParse, kNotFound, kBadValue with `where` and the JSON path.
Result<ChatReply> ReadOpenAiCompletion(const std::string& where, std::string_view body);

}  // namespace spatium
