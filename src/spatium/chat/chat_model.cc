#include "spatium/chat/chat_model.h"

#include "spatium/base/text.h"
#include "spatium/chat/backend.h"
#include "spatium/chat/record.h"

namespace spatium {

Result<std::unique_ptr<ChatModel>> OpenChatModel(std::string_view uri, const ChatOptions& options) {
  const size_t colon = uri.find(':');
  for (const BackendEntry& backend : Backends()) {
    if (colon == std::string_view::npos || uri.substr(0, colon) != backend.name) continue;
    SPATIUM_TRY(auto model, backend.info().open(uri.substr(colon + 1), options));
    if (!options.record) return model;
    return RecordTo(*options.record, std::move(model));
  }
  std::string forms;
  for (const BackendEntry& backend : Backends())
    forms += StrCat(forms.empty() ? "" : " | ", backend.info().uri);
  return Error{ErrorCode::kUsage, "model", forms, Quote(uri)};
}

}  // namespace spatium
