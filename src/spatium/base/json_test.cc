#include "spatium/base/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "spatium/base/random.h"

namespace spatium {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Json Parsed(std::string_view text) {
  Result<Json> json = Json::Parse(text, "text");
  EXPECT_TRUE(json) << text.substr(0, 60);
  return json ? *std::move(json) : Json();
}

std::string ErrorOf(std::string_view text) {
  const Result<Json> json = Json::Parse(text, "the text");
  return json ? "" : json.error().where;
}

TEST(Json, ReadsWhatPythonWrites) {
  EXPECT_TRUE(std::isnan(Parsed("NaN").AsDouble()));
  EXPECT_EQ(Parsed("[Infinity,-Infinity]"), Json(std::vector<double>{kInfinity, -kInfinity}));
  EXPECT_EQ(Parsed("18446744073709551616").AsDouble(), 18446744073709551616.0);
  EXPECT_EQ(Parsed("-9223372036854775808").AsInt(), std::numeric_limits<int64_t>::min());
  EXPECT_EQ(Parsed(R"("\ud800 \ud83d\ude00")").AsString(), "\uFFFD \U0001F600");
  EXPECT_EQ(Parsed("\xEF\xBB\xBF[1]"), Parsed("[1]"));
  // In a string they are letters.
  EXPECT_EQ(Parsed(R"(["NaN","-Infinity",NaN])").AsArray()[1].AsString(), "-Infinity");
}

TEST(Json, NumbersBeyondADoublesAreInfinite) {
  const std::string digits(400, '9');
  EXPECT_EQ(Parsed(digits).AsDouble(), kInfinity);
  EXPECT_EQ(Parsed("{\"a\":-" + digits + "}").Find("a")->AsDouble(), -kInfinity);
  EXPECT_EQ(Parsed("[1e999,-1.5e400,1]"),
            Json(Json::Array{Json(kInfinity), Json(-kInfinity), Json(1)}));
  EXPECT_EQ(Parsed("1e-999").AsDouble(), 0);
  EXPECT_EQ(Parsed("\"1e999\"").AsString(), "1e999");
}

TEST(Json, OtherTextsAreErrorsThatSayWhere) {
  for (const char* text :
       {"", "{", "[1,]", "nan", "1 2", "{\"a\"}", "[01]", "[1e999", "'a'", "--1"})
    EXPECT_EQ(ErrorOf(text), "the text") << text;
  const auto nested = [](int levels) {
    return std::string(static_cast<size_t>(levels), '[') +
           std::string(static_cast<size_t>(levels), ']');
  };
  EXPECT_EQ(ErrorOf(nested(Json::kMaxDepth - 1)), "");
  EXPECT_EQ(ErrorOf(nested(Json::kMaxDepth + 1)), "the text");
}

TEST(Json, WhatIsWrittenReadsBackTheSame) {
  RandomStream rng(1, {"json test"});
  const std::function<Json(int)> any = [&](int depth) -> Json {
    switch (rng.Int(0, depth > 0 ? 6 : 4)) {
      case 0:
        return {};
      case 1:
        return rng.Int(0, 1) == 1;
      case 2:
        return rng.Int(std::numeric_limits<int32_t>::min(), 1 << 30);
      case 3:
        return std::ldexp(rng.Uniform(-1, 1), static_cast<int>(rng.Int(-300, 300)));
      case 4: {
        std::string text;
        for (int64_t n = rng.Int(0, 8); n > 0; --n)
          text += rng.Choice(
              std::vector<std::string>{"a", "\"", "\\", "\n", "\x01", "\u00e9", "</", "\u2028"});
        return text;
      }
      case 5: {
        Json array = Json::MakeArray();
        for (int64_t n = rng.Int(0, 4); n > 0; --n) array.Push(any(depth - 1));
        return array;
      }
      default: {
        Json object = Json::MakeObject({});
        for (int64_t n = rng.Int(0, 4); n > 0; --n)
          object.Set("k" + std::to_string(n), any(depth - 1));
        return object;
      }
    }
  };
  for (int i = 0; i < 2000; ++i) {
    const Json value = any(4);
    EXPECT_EQ(Parsed(value.Dump()), value);
    EXPECT_EQ(Parsed(value.DumpPretty()), value);
    EXPECT_EQ(Parsed(value.Dump()).Dump(), value.Dump());
  }
}

}  // namespace
}  // namespace spatium
