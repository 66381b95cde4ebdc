#include "spatium/base/utf8.h"

#include <gtest/gtest.h>

#include "spatium/base/json.h"
#include "spatium/base/text.h"

namespace spatium {
namespace {

// Each part as CPython's bytes.decode("utf-8", "replace") has it; R stands for U+FFFD.
TEST(Utf8, WrongPartsBecomeReplacementCharactersAsInPython) {
  constexpr std::string_view kR = "\xEF\xBF\xBD";
  const std::pair<std::string, std::string> cases[] = {
      {"", ""},
      {"plain \xc3\xa9 \xe4\xb8\xad \xf0\x9f\x98\x80",
       "plain \xc3\xa9 \xe4\xb8\xad \xf0\x9f\x98\x80"},
      {"a\xff", "aR"},
      {"\x80\xbf", "RR"},
      {"\xe4\xb8", "R"},  // the beginning of a letter is one part
      {"\xe4\xb8 A", "R A"},
      {"\xf0\x9f\x98", "R"},
      {"\xc0\xaf", "RR"},  // overlong
      {"\xe0\x80\x80", "RRR"},
      {"\xed\xa0\x80", "RRR"},       // a surrogate
      {"\xf4\x90\x80\x80", "RRRR"},  // above U+10FFFF
      {"\xf5", "R"},
      {"\xe4\xb8\xe4\xb8\xad", "R\xe4\xb8\xad"}};
  for (const auto& [bytes, expected] : cases) {
    const std::string text = ReplaceAll(expected, "R", kR);
    EXPECT_EQ(RepairUtf8(bytes), text) << Quote(bytes);
    EXPECT_EQ(IsUtf8(bytes), bytes == text) << Quote(bytes);
  }
}

TEST(Utf8, WhatIsDumpedIsJsonWhateverBytesItSpeaksOf) {
  for (const std::string bytes : {"\xff\xfe", "a\xe4\xb8", "\xed\xa0\x80\"\n"}) {
    const Json value = Json::MakeObject({{bytes, bytes}});
    const auto again = Json::Parse(value.Dump(), "dump");
    ASSERT_TRUE(again) << again.error().Message();
    EXPECT_EQ(again->Dump(), value.Dump());
    EXPECT_TRUE(Json::Parse(value.DumpPretty(), "dump"));
  }
}

TEST(Utf8, NoLetterOfADumpEndsALine) {
  const std::string text =
      "a\xc2\x85"
      "b\xe2\x80\xa8\xe2\x80\xa9"
      "c\xc2\xa0\xe2\x80\xa6";
  const std::string dump = Json(text).Dump();
  EXPECT_EQ(dump, "\"a\\u0085b\\u2028\\u2029c\xc2\xa0\xe2\x80\xa6\"");
  EXPECT_EQ(*Json::Parse(dump, "dump"), Json(text));
}

TEST(Utf8, AMessageCutsNoLetter) {
  const std::string text = ReplaceAll("xxxxx", "x", "\xe4\xb8\xad");
  for (size_t n = 0; n < text.size(); ++n) EXPECT_TRUE(IsUtf8(Quote(text, n))) << n;
}

}  // namespace
}  // namespace spatium
