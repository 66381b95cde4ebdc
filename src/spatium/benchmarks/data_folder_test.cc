#include "spatium/benchmarks/data_folder.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <map>

#include "spatium/base/base64.h"
#include "spatium/base/text.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/dataset/archive.h"

namespace spatium {
namespace {

// A tar archive (POSIX ustar) of small members.
std::string Tar(const std::map<std::string, std::string>& members) {
  std::string tar;
  for (const auto& [name, data] : members) {
    std::string header(512, '\0');
    header.replace(0, name.size(), name);
    std::snprintf(&header[100], 8, "%07o", 0644);
    std::snprintf(&header[124], 12, "%011o", static_cast<unsigned>(data.size()));
    header.replace(156, 1, "0");
    header.replace(257, 5, "ustar");
    header.replace(263, 2, "00");
    header.replace(148, 8, "        ");
    unsigned sum = 0;
    for (const char c : header) sum += static_cast<unsigned char>(c);
    std::snprintf(&header[148], 8, "%06o", sum);
    tar += header + data + std::string((512 - data.size() % 512) % 512, '\0');
  }
  return tar + std::string(1024, '\0');
}

class DataFolderTest : public ::testing::Test {
 protected:
  DataFolderTest() {
    folder_ = Path(::testing::TempDir()) /
              ("data_folder_" +
               std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::remove_all(folder_);
  }
  void Write(const std::string& name, std::string_view text) {
    ASSERT_TRUE(WriteFileAtomic(folder_ / name, text));
  }
  // "config/split:field a of row" for each row, or the error.
  std::string Rows(const std::vector<std::vector<TableName>>& alternatives) {
    std::string out;
    DataFolder folder(folder_);
    const auto done =
        folder.ForEachRow(alternatives, [&](const DataFolder::Row& row) -> Result<void> {
          out +=
              StrCat(row.table.config, "/", row.table.split, ":", FieldText(row.fields, "a"), " ");
          return {};
        });
    return done ? out : done.error().Message();
  }
  Path folder_;
};

TEST_F(DataFolderTest, ReadsAllTablesOfTheFirstAlternativeThatIsThere) {
  Write("two/test.jsonl", "{\"a\":1}\n{\"a\":2}\n");
  Write("three/test.jsonl", "{\"a\":3}\n");
  Write("other.jsonl", "{\"a\":4}\n");
  EXPECT_EQ(Rows({{{"one", "test"}}, {{"two", "test"}, {"three", "test"}}, {{"", "other"}}}),
            "two/test:1 two/test:2 three/test:3 ");
  EXPECT_EQ(Rows({{{"", "other"}}}), "/other:4 ");
}

TEST_F(DataFolderTest, ReadsATableInsideAnArchive) {
  Write("all.tar", Tar({{"set-test/data.json", "[{\"a\":5}]"}, {"set-test/x.png", "x"}}));
  EXPECT_EQ(Rows({{{"", "data"}}}), "/data:5 ");
}

TEST_F(DataFolderTest, SaysWhatItLookedFor) {
  Write("unrelated.txt", "x");
  const std::string message = Rows({{{"", "qa"}}, {{"L1", "test"}}});
  EXPECT_NE(message.find("qa.parquet, L1/test.parquet"), std::string::npos) << message;
  EXPECT_NE(message.find(folder_.string()), std::string::npos) << message;
}

TEST_F(DataFolderTest, TakesTheOnlyTableWhateverItsName) {
  Write("data/any_name-00000-of-00001.jsonl", "{\"a\":7}\n");
  EXPECT_EQ(Rows({{{"", "qa"}}}), "/:7 ");
  Write("second.json", "[]");
  EXPECT_NE(Rows({{{"", "qa"}}}).find("qa.parquet"), std::string::npos) << "which one is meant?";
}

TEST_F(DataFolderTest, FindsMediaUnpackedOrPackedWithAnyLeadingFolders) {
  Write("here/a.png", "a");
  Write("images.tar", Tar({{"images/sub/b.png", "b"}, {"c.png", "c"}}));
  DataFolder folder(folder_);
  const auto read = [&](std::string_view name) -> std::string {
    const auto media = folder.Media(MediaRef::Kind::kImage, name);
    if (!media) return media.error().Message();
    if (media->member.empty()) return ReadFile(media->file) ? *ReadFile(media->file) : "no file";
    return *(*Archive::Open(media->file))->Read(media->member);
  };
  EXPECT_EQ(read("here/a.png"), "a");
  EXPECT_EQ(read("Bench/here/a.png"), "a") << "named from above the folder";
  EXPECT_EQ(read("images/sub/b.png"), "b");
  EXPECT_EQ(read("sub/b.png"), "b") << "packed below another folder";
  EXPECT_EQ(read("images/c.png"), "c") << "packed without its folder";
  EXPECT_EQ(read("other/b.png"), "no file") << "another file of the same name";
  for (const std::string_view bad : {"../secret.png", "/etc/hostname", "a/../../b.png", ""})
    EXPECT_NE(read(bad).find("inside the folder"), std::string::npos) << bad;
}

TEST_F(DataFolderTest, PicturesAreBytesBase64OrNames) {
  const std::string png = "\x89PNG\r\n\x1a\nxyz";
  std::string encoded;
  AppendBase64(png, encoded);
  Write("p.png", png);
  const Json row =
      Json::MakeObject({{"images",
                         Json::Array{Json(png),
                                     Json(encoded),
                                     Json("data:image/png;base64," + encoded),
                                     Json("p.png"),
                                     Json::MakeObject({{"bytes", png}, {"path", "q.png"}})}}});
  DataFolder folder(folder_);
  const auto media = folder.Images(row, "images");
  ASSERT_TRUE(media) << media.error().Message();
  ASSERT_EQ(media->size(), 5u);
  for (const size_t i : {0u, 1u, 2u, 4u}) EXPECT_EQ((*media)[i].bytes, png) << i;
  EXPECT_EQ((*media)[3].file, folder_ / "p.png");
}

TEST(LetterOf, IsALetterAndNoWord) {
  const auto letter = [](const Json& answer) { return LetterOf(&answer); };
  EXPECT_EQ(letter(Json("(b)")), "B");
  EXPECT_EQ(letter(Json("C. behind")), "C");
  EXPECT_EQ(letter(Json(3)), "D");
  EXPECT_EQ(letter(Json("hidden")), "");
  EXPECT_EQ(letter(Json("")), "");
}

TEST(OptionsInText, AreTheLastListedRun) {
  const auto join = [](std::string_view text) { return Join(OptionsInText(text), "|"); };
  EXPECT_EQ(join("Which? A. left B. right, far C. none"), "left|right, far|none");
  EXPECT_EQ(join("Options: A: x, B: y, C: z"), "x|y|z");
  EXPECT_EQ(join("(A) on\n(B) under"), "on|under");
  EXPECT_EQ(join("Is plan A. better? Choices: A) yes B) no"), "yes|no");
  EXPECT_EQ(join("U.S.A. is big"), "");
  EXPECT_EQ(join("A. only"), "");
}

TEST(Base64, ComesBackAndRefusesTheRest) {
  for (const std::string text : {"", "a", "ab", "abc", "\x00\xff\x10z"}) {
    std::string encoded;
    AppendBase64(text, encoded);
    EXPECT_EQ(FromBase64(encoded), text);
  }
  EXPECT_EQ(FromBase64("YW\nI"), "ab") << "without padding, with a line break";
  EXPECT_EQ(FromBase64("Y"), std::nullopt);
  EXPECT_EQ(FromBase64("YW*="), std::nullopt);
  EXPECT_EQ(FromBase64("YQ==YQ=="), std::nullopt);
}

}  // namespace
}  // namespace spatium
