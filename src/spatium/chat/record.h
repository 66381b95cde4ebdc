#pragma once
#include <memory>

#include "spatium/chat/chat_model.h"

namespace spatium {

// Passes requests on to `model` and appends each request's key, description and reply to a journal
// that replay:FILE answers from. Requests already in the file are answered from it.
Result<std::unique_ptr<ChatModel>> RecordTo(const Path& file, std::unique_ptr<ChatModel> model);

}  // namespace spatium
