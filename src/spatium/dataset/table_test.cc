#include "spatium/dataset/table.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "spatium/base/text.h"
#include "spatium/dataset/cell_reader.h"
#include "spatium/dataset/csv.h"
#include "spatium/dataset/parquet.h"

namespace spatium {
namespace {

Json::Array AllRows(const Path& path, std::string_view config, std::string_view split) {
  Json::Array rows;
  auto table = OpenSplit(path, config, split);
  EXPECT_TRUE(table) << table.error().Message();
  if (!table) return rows;
  const auto read = ForEachRow(**table, [&](const Json& row) -> Result<void> {
    rows.push_back(row);
    return {};
  });
  EXPECT_TRUE(read) << read.error().Message();
  return rows;
}

TEST(Csv, KeepsQuotedSeparatorsQuotesAndNewlines) {
  const auto rows = ParseCsv(
      "\xEF\xBB\xBF"
      "a,b\r\n\"1,\"\"x\"\"\n2\",\r\nlast,cell",
      ',',
      "t.csv");
  ASSERT_TRUE(rows) << rows.error().Message();
  ASSERT_EQ(rows->size(), 2u);
  EXPECT_EQ((*rows)[0].Find("a")->AsString(), "1,\"x\"\n2");
  EXPECT_EQ((*rows)[0].Find("b")->AsString(), "");
  EXPECT_EQ((*rows)[1].Find("b")->AsString(), "cell");
}

TEST(JsonTable, RowsAreTheArrayOrItsOnlyMemberOfRowsOrTheValues) {
  const auto names = [](std::string text) {
    std::string out;
    const auto table = OpenTableText(std::move(text), ".json", "t.json");
    if (!table) return table.error().Message();
    EXPECT_TRUE(ForEachRow(**table, [&](const Json& row) -> Result<void> {
      out += row.Dump();
      return {};
    }));
    return out;
  };
  EXPECT_EQ(names(R"([{"a":1},{"a":2}])"), R"({"a":1}{"a":2})");
  EXPECT_EQ(names(R"({"info":{"v":1},"tags":["x"],"questions":[{"a":1}]})"), R"({"a":1})");
  EXPECT_EQ(names(R"({"x":{"a":1}})"), R"({"a":1,"_key":"x"})");
  EXPECT_NE(names(R"({"p":[{"a":1}],"q":[{"a":2}]})").find("t.json"), std::string::npos)
      << "which one is meant?";
  EXPECT_NE(names("7").find("t.json"), std::string::npos);
}

TEST(Csv, NamesTheLineOfAShortRow) {
  const auto rows = ParseCsv("a,b\n1,2\n3\n", ',', "t.csv");
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().where, "t.csv:3");
}

TEST(Csv, NamesTheLineThatIsNotUtf8) {
  const auto rows = ParseCsv("a,b\n\xc3\xa9,2\ncaf\xe9,4\n", ',', "t.csv");
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().where, "t.csv:3");
  EXPECT_EQ(rows.error().expected, "UTF-8");
}

TEST(OpenSplit, FindsTheSplitInEachLayoutOfTheHub) {
  const Path root = Path(::testing::TempDir()) / "open_split";
  std::filesystem::remove_all(root);
  for (const char* file : {"data/test.jsonl", "full/test.jsonl"})
    ASSERT_TRUE(
        WriteFileAtomic(root / file, "{\"from\":\"" + std::string(file) + "\"}\n\n{\"from\":2}\n"));
  EXPECT_EQ(AllRows(root, "", "test").size(), 2u);
  EXPECT_EQ(AllRows(root, "full", "test")[0].Find("from")->AsString(), "full/test.jsonl");
  EXPECT_EQ(AllRows(root / "data" / "test.jsonl", "", "any").size(), 2u);
  const auto missing = OpenSplit(root, "", "validation");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
}

TEST(Parquet, ReadsNestedRowsAsPythonWroteThem) {
  const char* python = std::getenv("SPATIUM_PYTHON");
  if (!HasParquetPlugin() || python == nullptr)
    GTEST_SKIP() << "no Parquet plug-in or no SPATIUM_PYTHON";
  const Path file = Path(::testing::TempDir()) / "test-00000-of-00001.parquet";
  const std::string script =
      "import pyarrow as pa, pyarrow.parquet as pq\n"
      "t = pa.table({'id': [1, 2], 'image': [{'bytes': b'\\x00\\xff', 'path': 'a.png'}, None],\n"
      "  'choices': [['x', 'y'], []], 'score': [0.5, float('nan')]})\n"
      "pq.write_table(t, r'" +
      file.string() + "', compression='zstd')\n";
  ASSERT_EQ(std::system((std::string(python) + " -c \"" + script + "\"").c_str()), 0);
  const auto rows = AllRows(file.parent_path(), "", "test");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].Find("id")->AsInt(), 1);
  EXPECT_EQ(rows[0].Find("image")->Find("bytes")->AsString(), std::string("\x00\xff", 2));
  EXPECT_TRUE(rows[1].Find("image")->IsNull());
  EXPECT_EQ(rows[0].Find("choices")->AsArray()[1].AsString(), "y");
}

// 300 rows in row groups of 40, pictures of known bytes.
TEST(CellReader, ReadsAnyRowInAnyOrderAsPythonWroteIt) {
  const char* python = std::getenv("SPATIUM_PYTHON");
  if (!HasParquetPlugin() || python == nullptr)
    GTEST_SKIP() << "no Parquet plug-in or no SPATIUM_PYTHON";
  const Path file = Path(::testing::TempDir()) / "cells.parquet";
  const std::string script =
      "import pyarrow as pa, pyarrow.parquet as pq\n"
      "image = [[{'bytes': b'%d.%d' % (i, k) * 100, 'path': None} for k in range(1 + i % 3)]\n"
      "         for i in range(300)]\n"
      "t = pa.table({'id': list(range(300)), 'image': image, 'raw': [b'r%d' % i for i in "
      "range(300)]})\n"
      "pq.write_table(t, r'" +
      file.string() + "', row_group_size=40)\n";
  ASSERT_EQ(std::system((std::string(python) + " -c \"" + script + "\"").c_str()), 0);
  const auto rows = AllRows(file, "", "");
  ASSERT_EQ(rows.size(), 300u);
  CellReader cells;
  for (const int64_t i : {0, 1, 2, 150, 149, 299, 3, 3, 41, 298}) {
    EXPECT_EQ(rows[static_cast<size_t>(i)].Find(kCellPlace)->Find("row")->AsInt(), i);
    const auto index = static_cast<size_t>(i % 3);
    const auto bytes = cells.Read({.file = file, .row = i, .column = "image", .index = index});
    ASSERT_TRUE(bytes) << bytes.error().Message();
    std::string expected;
    for (int k = 0; k < 100; ++k) expected += StrCat(i, ".", index);
    EXPECT_EQ(*bytes, expected);
    EXPECT_EQ(*cells.Read({.file = file, .row = i, .column = "raw"}), StrCat("r", i));
    EXPECT_EQ(cells.Read({.file = file, .row = i, .column = "image", .index = 3}).error().code,
              ErrorCode::kNotFound);
  }
  EXPECT_EQ(cells.Read({.file = file, .row = 300, .column = "raw"}).error().code,
            ErrorCode::kNotFound);
  EXPECT_EQ(cells.Read({.file = file, .row = 0, .column = "none"}).error().code,
            ErrorCode::kNotFound);
}

}  // namespace
}  // namespace spatium
