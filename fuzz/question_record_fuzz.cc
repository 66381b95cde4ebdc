// The verifier's reading of question records: hostile lines and texts.
#include <cstdint>
#include <string_view>

#include "spatium/qa/verify/record.h"
#include "spatium/qa/verify/text.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium::verify;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto record = ReadRecord(text, "fuzz");
  const std::vector<Mentionable> objects{{.color = "red", .labels = {"chair", "office chair"}},
                                         {.color = "blue", .labels = {"shelf"}}};
  for (const std::string_view part :
       {text,
        record ? std::string_view(record->question) : std::string_view(),
        record ? std::string_view(record->answer) : std::string_view()}) {
    const auto tokens = Tokens(part, objects);
    Claims(tokens);
    RangeAsked(tokens);
    WrongNames(part, objects);
    OptionLines(part);
    ReadNumberAnswer(part);
    ReadBoxAnswer(part);
    ReadMotionAnswer(part);
    ReadMotionProse(part);
    ReadSlots(part, 3);
    ReadYesNo(part);
  }
  return 0;
}
