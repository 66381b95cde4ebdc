// What a server answers, and the journals that keep answers: completions, recordings, replies.
#include "fuzz_file.h"
#include "spatium/base/files.h"
#include "spatium/base/journal.h"
#include "spatium/chat/openai_protocol.h"
#include "spatium/chat/recording.h"
#include "spatium/chat/roborefer_protocol.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium;
  const std::string text(AsText({data, size}));
  (void)ReadOpenAiCompletion("server", text);
  (void)ReadRoboReferReply("server", text);
  if (const auto json = Json::Parse(text, "line"))
    (void)ReadRecordingLine(JsonCursor(*json, "line"));
  const Path file = FuzzFile(text, ".jsonl");
  (void)Journal::Read(file, [](const Json& record) -> Result<void> {
    (void)ReadRecordingLine(JsonCursor(record, "journal"));
    return {};
  });
  // What a run opens it can continue, and reads its own record back.
  if (auto journal = Journal::Open(file, [](const Json&) { return Result<void>(); })) {
    if (!journal->Append(Json::MakeObject({{"id", "x"}}))) __builtin_trap();
    int64_t last = 0;
    const auto again = Journal::Read(file, [&](const Json& record) -> Result<void> {
      last = record.Find("id") != nullptr;
      return {};
    });
    if (!again || last != 1) __builtin_trap();
  }
  return 0;
}
