// Models that run in this process; they live in the nn plug-in.
#include "spatium/base/text.h"
#include "spatium/chat/backend.h"

namespace spatium {
namespace {

Result<std::unique_ptr<ChatModel>> Open(std::string_view rest, const ChatOptions&) {
  return Error{ErrorCode::kUnsupported,
               StrCat("local:", rest),
               "the plug-in libspatium_nn.so (this build has none; see spatium doctor)",
               "no plug-in"};
}

}  // namespace

const BackendInfo& BackendInfo_local() {
  static constexpr BackendInfo kInfo{
      .summary = "a model folder, run in this process by the nn plug-in",
      .uri = "local:DIR",
      .open = Open};
  return kInfo;
}

}  // namespace spatium
