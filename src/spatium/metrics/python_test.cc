#include "spatium/metrics/python.h"

#include <gtest/gtest.h>

#include <cmath>

#include "spatium/base/random.h"
#include "spatium/metrics/python_value.h"
#include "spatium/metrics/regex.h"

namespace spatium::py {
namespace {

TEST(PythonFloat, ReadsWhatCPythonReads) {
  const std::pair<View, double> good[] = {{U" 1e5 ", 1e5},
                                          {U"1_000.5_5", 1000.55},
                                          {U"\u0663", 3},
                                          {U"\uff11\uff12.\uff13", 12.3},
                                          {U"\u3000 1.5\u00a0", 1.5},
                                          {U"+.5", 0.5},
                                          {U"5.", 5},
                                          {U"-0", -0.0},
                                          {U"InFiNity", INFINITY},
                                          {U"-inf", -INFINITY},
                                          {U"1e400", INFINITY},
                                          {U"1e-400", 0}};
  for (const auto& [text, value] : good) {
    const auto read = Float(text);
    ASSERT_TRUE(read) << ToUtf8(text);
    EXPECT_EQ(*read, value) << ToUtf8(text);
    EXPECT_EQ(std::signbit(*read), std::signbit(value)) << ToUtf8(text);
  }
  EXPECT_TRUE(std::isnan(*Float(U"nAn")));
  for (const View bad : {View(U""),
                         View(U"1__0"),
                         View(U"_1"),
                         View(U"1_"),
                         View(U"0x1"),
                         View(U"1,5"),
                         View(U"."),
                         View(U"1 2"),
                         View(U"+ 1"),
                         View(U"1e"),
                         View(U"\x1f"
                              "1"),
                         View(U"nan(1)"),
                         View(U"\u22125"),
                         View(U"1\0", 2)}) {
    EXPECT_FALSE(Float(bad)) << ToUtf8(bad);
  }
}

TEST(PythonInt, KeepsHugeNumbersAsDoubles) {
  EXPECT_EQ(ParseInt(U" -1_0 ")->i64, -10);
  EXPECT_FALSE(ParseInt(U"1.0"));
  EXPECT_EQ(ParseInt(U"100000000000000000000")->value, 1e20);
  EXPECT_FALSE(ParseInt(U"100000000000000000000")->i64);
  EXPECT_TRUE(std::isinf(ParseInt(Str(400, U'9'))->value));
  EXPECT_FALSE(ParseInt(Str(4301, U'9'))) << "longer than int() takes";
}

TEST(PythonText, CaseAndSpaceFollowUnicode) {
  EXPECT_EQ(Lower(U"\u212a"), U"k");
  EXPECT_EQ(Lower(U"\u0130").size(), 2u);
  EXPECT_EQ(Upper(U"stra\u00dfe"), U"STRASSE");
  EXPECT_EQ(Capitalize(U"hELLO"), U"Hello");
  EXPECT_EQ(Strip(U"\u00a0\u3000 a \x1f"), U"a");
  EXPECT_EQ(RStrip(U"a...", U"."), U"a");
  EXPECT_EQ(Split(U" a  b\n").size(), 2u);
  EXPECT_EQ(Split(U" a  b", U" ").size(), 4u);
  EXPECT_EQ(SplitLines(U"a\r\nb\u2028c\n").size(), 3u);
  EXPECT_EQ(LastPiece(U"aXXXb", U"XX"), U"Xb");
  EXPECT_TRUE(IsDigitText(U"\u00b2")) << "superscripts are digits, not decimals";
  EXPECT_FALSE(IsDecimal(U'\u00b2'));
}

TEST(PythonText, BadUtf8IsReplaced) {
  EXPECT_EQ(FromUtf8("a\xff"), U"a\ufffd");
  EXPECT_EQ(ToUtf8(Str(1, 0xd800)), "\xef\xbf\xbd");
}

TEST(Numpy, SumsPairwise) {
  std::vector<double> values(1000, 0.1);
  EXPECT_NE(Sum(values), NumpySum(values));
  EXPECT_EQ(NumpySum(values), 100.00000000000001);
  EXPECT_EQ(NumpySum(std::span<const double>()), 0);
  // 1/1 + 1/2 + ... of numpy 1.24.2; numpy 2.4 sums what does not fit one buffer in other halves.
  std::vector<double> harmonic;
  for (int i = 1; i <= 10000; ++i) harmonic.push_back(1.0 / i);
  EXPECT_EQ(NumpySum(harmonic), 9.787606036044384);
  const std::vector<float> floats(harmonic.begin(), harmonic.end());
  EXPECT_EQ(NumpySum(floats), 9.78760814666748f);
  EXPECT_EQ(RoundHalfEven(2.5), 2);
  EXPECT_EQ(Round(2.675, 2), 2.67);
}

TEST(Regex, LeftmostFirstWithLazyLoopsAndAssertions) {
  EXPECT_EQ(Regex(U"a|ab").Search(U"ab")->end(), 1u);
  EXPECT_EQ(Regex(U"<(.*?)>").Search(U"x<a><b>")->Group(1), U"a");
  EXPECT_EQ(Regex(U"<(.*)>").Search(U"x<a><b>")->Group(1), U"a><b");
  EXPECT_FALSE(Regex(U"a.b").Search(U"a\nb"));
  EXPECT_TRUE(Regex(U"a.b", Regex::kDotAll).Search(U"a\nb"));
  EXPECT_TRUE(Regex(UR"(\bA\b(?!\s[a-z]))").Search(U"A B"));
  EXPECT_FALSE(Regex(UR"(\bA\b(?!\s[a-z]))").Search(U"A b"));
  EXPECT_EQ(Regex(UR"((?<!x)\d)").Search(U"x12")->begin(), 2u);
  EXPECT_EQ(Regex(U"a{2,3}").Search(U"aaaa")->end(), 3u);
  EXPECT_TRUE(Regex(U"^b$", Regex::kMultiLine).Search(U"a\nb\nc"));
  EXPECT_FALSE(Regex(U"^b$").Search(U"a\nb\nc"));
  EXPECT_TRUE(Regex(U"b$").Search(U"ab\n")) << "$ stands before a final newline";
  EXPECT_FALSE(Regex(U"b(?:c)?").FullMatch(U"bcd"));
  EXPECT_TRUE(Regex(U"b(?:c)?d?").FullMatch(U"bcd"));
  EXPECT_FALSE(Regex(U"(a)|b").Search(U"b")->Has(1));
}

TEST(Regex, IgnoreCaseHasPythonsExtraPairs) {
  const Regex letters(U"[A-Z]", Regex::kIgnoreCase);
  for (const char32_t c : {U'q', U'\u0130', U'\u0131', U'\u017f', U'\u212a'}) {
    EXPECT_TRUE(letters.Search(View(&c, 1))) << static_cast<uint32_t>(c);
  }
  EXPECT_FALSE(letters.Search(U"\u00e9"));
  EXPECT_TRUE(Regex(U"is", Regex::kIgnoreCase).Search(U"\u0131\u017f"));
}

TEST(Regex, FindAllTakesMatchesThatDoNotOverlap) {
  size_t seen = 0;
  Regex(U"a").ForEachMatch(U"aaaaa", [&](const Match&) { return ++seen < 3; });
  EXPECT_EQ(seen, 3u);
  EXPECT_EQ(Regex(U"aa").FindAll(U"aaaaa").size(), 2u);
  EXPECT_EQ(Regex(U"\\*A\\*").FindAll(U"*A*A*").size(), 1u);
  EXPECT_EQ(Regex(U"x").Sub(U"axbx", U"--"), U"a--b--");
}

TEST(Regex, HostileTextCostsLinearTime) {
  const Str text(300'000, U'a');
  EXPECT_FALSE(Regex(U"(?:a*)*b").Search(text));
  EXPECT_FALSE(Regex(U"(a|a|a)*b").Search(text));
  EXPECT_FALSE(Regex(UR"(\(([-+]?\d+(?:,\s*\d+)*?)\))").Search(U"(" + Str(300'000, U'1')));
}

TEST(LiteralEval, ReadsPythonLiterals) {
  EXPECT_EQ(LiteralEval(U"[(0.1, -2), (3, 4)]").value->As<List>()->items.size(), 2u);
  EXPECT_EQ(LiteralEval(U" 1_0").value->As<Int>()->i64, 10);
  EXPECT_EQ(*LiteralEval(U"'a' \"b\"").value->As<Str>(), U"ab");
  EXPECT_TRUE(LiteralEval(U"1,").value->As<Tuple>());
  EXPECT_TRUE(LiteralEval(U"{'a': None}").value->As<Dict>());
  EXPECT_TRUE(LiteralEval(U"{1, 2}").value->As<Set>());
  for (const View bad : {View(U"x"),
                         View(U"[1"),
                         View(U"05"),
                         View(U"1 2"),
                         View(U"f(1)"),
                         View(U"--1"),
                         View(U"\uff11"),
                         View(U"")}) {
    EXPECT_FALSE(LiteralEval(bad).value) << ToUtf8(bad);
  }
  EXPECT_EQ(LiteralEval(U"{[1]: 2}").failure, ParseFailure::kType);
  EXPECT_EQ(LiteralEval(Str(5000, U'[')).failure, ParseFailure::kDepth);
}

TEST(LoadsJson, ReadsWhatPythonReads) {
  EXPECT_TRUE(std::isnan(*LoadsJson(U"NaN").value->As<double>()));
  const auto twice = LoadsJson(UR"({"a": 1, "b": 2, "a": 3})");
  EXPECT_EQ(Find(*twice.value->As<Dict>(), U"a")->Number(), 3);
  EXPECT_EQ(*LoadsJson(UR"("\ud83d\ude00\n")").value->As<Str>(), U"\U0001F600\n");
  for (const View bad : {View(U"[1,]"),
                         View(U"{'a':1}"),
                         View(U"01"),
                         View(U"1."),
                         View(U"[1] x"),
                         View(U"\"\n\""),
                         View(U"")}) {
    EXPECT_FALSE(LoadsJson(bad).value) << ToUtf8(bad);
  }
  EXPECT_EQ(LoadsJson(Str(100'000, U'[')).failure, ParseFailure::kDepth);
}

TEST(Repr, WritesFloatsAsPython) {
  EXPECT_EQ(Repr(1), "1.0");
  EXPECT_EQ(Repr(1e16), "1e+16");
  EXPECT_EQ(Repr(123456.789), "123456.789");
  EXPECT_EQ(Repr(0.0001), "0.0001");
  EXPECT_EQ(Repr(0.00001), "1e-05");
  EXPECT_EQ(Repr(-0.0), "-0.0");
}

// Texts of ASCII signs that numbers and words are made of, some with letters from elsewhere.
std::string RandomText(RandomStream& rng) {
  static const std::vector<std::string> pieces = {"0",        "1",
                                                  "7",        "9",
                                                  ".",        "-",
                                                  "+",        "e",
                                                  "E",        "_",
                                                  " ",        "\t",
                                                  "inf",      "NaN",
                                                  "A",        "z",
                                                  "Z",        "[",
                                                  "\x1c",     "\x7f",
                                                  "\xc3\x9f", "\xce\xa3",
                                                  "\xc4\xb0", "\xe2\x84\xaa",
                                                  "\xff",     "\xf0\x9f\x98\x80"};
  const bool ascii = rng.Index(2) == 0;
  std::string text;
  for (size_t n = rng.Index(rng.Index(20) == 0 ? 150 : 12); n > 0; --n)
    text += pieces[rng.Index(ascii ? 20 : pieces.size())];
  return text;
}

TEST(Scratch, HoldsWhatTheStringsHold) {
  RandomStream rng(1, {"scratch"});
  Str last;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = RandomText(rng);
    const Str decoded = FromUtf8(text);
    ASSERT_EQ(Scratch::FromUtf8(text).view(), decoded) << text;
    ASSERT_EQ(Scratch::Lower(decoded).view(), Lower(decoded)) << text;
    for (const Str& other : {last, Upper(decoded), decoded + U"a"})
      ASSERT_EQ(EqualLower(decoded, other), Lower(decoded) == Lower(other)) << text;
    last = decoded;
  }
}

TEST(PythonFloat, ReadsPlainNumbersAsItReadsOthers) {
  // Full-width digits are no plain ones: they take the general way.
  RandomStream rng(1, {"float"});
  int num_numbers = 0;
  for (int i = 0; i < 50'000; ++i) {
    const Str text = FromUtf8(RandomText(rng));
    Str wide = text;
    for (char32_t& c : wide)
      if (c >= U'0' && c <= U'9') c = U'\uff10' + (c - U'0');
    const auto a = Float(text), b = Float(wide);
    ASSERT_EQ(a.has_value(), b.has_value()) << ToUtf8(text);
    if (!a) continue;
    ++num_numbers;
    ASSERT_TRUE(std::isnan(*a) ? std::isnan(*b) : *a == *b && std::signbit(*a) == std::signbit(*b))
        << ToUtf8(text);
  }
  EXPECT_GT(num_numbers, 1000);
}

}  // namespace
}  // namespace spatium::py
