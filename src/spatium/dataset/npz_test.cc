#include "spatium/dataset/npz.h"

#include <gtest/gtest.h>

#include <cmath>

#include "spatium/base/text.h"

namespace spatium {
namespace {

// A .npy file of version 1 with this header dictionary.
std::string Npy(std::string_view header, std::string_view body) {
  std::string text(header);
  text += '\n';
  std::string out("\x93NUMPY\x01\x00", 8);
  out += static_cast<char>(text.size() & 255);
  out += static_cast<char>(text.size() >> 8);
  return out + text + std::string(body);
}
std::string Header(std::string_view type, std::string_view shape, bool fortran = false) {
  return StrCat("{'descr': '",
                type,
                "', 'fortran_order': ",
                fortran ? "True" : "False",
                ", 'shape': ",
                shape,
                ", }");
}

TEST(Npz, ReadsIntegersInBothByteOrdersAndBothMemoryOrders) {
  const auto little =
      ParseNpy(Npy(Header("<i2", "(2, 2)"), {"\x01\0\xff\xff\x03\0\x04\0", 8}), "t");
  ASSERT_TRUE(little) << little.error().Message();
  EXPECT_EQ(little->shape, (std::vector<size_t>{2, 2}));
  EXPECT_EQ(little->numbers, (std::vector<double>{1, -1, 3, 4}));
  const auto big =
      ParseNpy(Npy(Header(">i2", "(2, 2)", true), {"\0\x01\xff\xff\0\x03\0\x04", 8}), "t");
  ASSERT_TRUE(big) << big.error().Message();
  EXPECT_EQ(big->numbers, (std::vector<double>{1, 3, -1, 4}));
}

TEST(Npz, ReadsFloatsHalvesBooleansAndTexts) {
  const auto halves =
      ParseNpy(Npy(Header("<f2", "(4,)"), {"\x00\x3c\x00\xc0\x01\x00\x00\x7c", 8}), "t");
  ASSERT_TRUE(halves) << halves.error().Message();
  EXPECT_EQ(halves->numbers[0], 1);
  EXPECT_EQ(halves->numbers[1], -2);
  EXPECT_EQ(halves->numbers[2], std::ldexp(1, -24));
  EXPECT_TRUE(std::isinf(halves->numbers[3]));
  const auto texts =
      ParseNpy(Npy(Header("<U2", "(2,)"), {"a\0\0\0\xe9\0\0\0b\0\0\0\0\0\0\0", 16}), "t");
  ASSERT_TRUE(texts) << texts.error().Message();
  EXPECT_EQ(texts->texts, (std::vector<std::string>{"a\xc3\xa9", "b"}));
  EXPECT_EQ(ParseNpy(Npy(Header("|b1", "()"), "\x01"), "t")->numbers, std::vector<double>{1});
}

TEST(Npz, RefusesWhatDoesNotFitAndWhatCouldRun) {
  for (const std::string& bytes : {Npy(Header("<f4", "(3,)"), "too short"),
                                   Npy(Header("<f4", "(99999999999,99999999)"), ""),
                                   Npy(Header("<f4", "(-1,)"), ""),
                                   Npy(Header("<c8", "(0,)"), ""),
                                   Npy("{}", ""),
                                   std::string("\x93NUMPY"),
                                   std::string()})
    EXPECT_FALSE(ParseNpy(bytes, "t"));
  // os.system("x"): a global that is not numpy's is not called, it is an error.
  EXPECT_FALSE(internal::ParseNumpyPickle("cos\nsystem\n(X\x01\0\0\0xtR.", "t"));
  EXPECT_FALSE(internal::ParseNumpyPickle({"\x80\x02"
                                           "cos\nsystem\nU\x01"
                                           "x\x85R.",
                                           19},
                                          "t"));
}

TEST(Npz, ReadsListsOfAPickle) {
  const auto list = internal::ParseNumpyPickle({"\x80\x02]q\0(K\x01K\x02U\x01"
                                                "ae.",
                                                15},
                                               "t");
  ASSERT_TRUE(list) << list.error().Message();
  ASSERT_EQ(list->objects.size(), 3u);
  EXPECT_EQ(list->objects[1].numbers, std::vector<double>{2});
  EXPECT_EQ(list->objects[2].texts, std::vector<std::string>{"a"});
}

}  // namespace
}  // namespace spatium
