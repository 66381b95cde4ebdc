#pragma once
#include <memory>
#include <span>
#include <string_view>

#include "spatium/chat/chat_model.h"

namespace spatium {

// One scheme of model URIs: chat/backends/openai.cc opens "openai:REST".
struct BackendInfo {
  std::string_view summary;
  std::string_view uri;  // its form, for help and errors
  Result<std::unique_ptr<ChatModel>> (*open)(std::string_view rest, const ChatOptions& options);
};
struct BackendEntry {
  std::string_view name;
  const BackendInfo& (*info)();
};
std::span<const BackendEntry> Backends();

}  // namespace spatium
