// Reads Parquet row by row as Json: structs as objects, lists as arrays, binary as raw strings.
#include <arrow/api.h>
#include <arrow/io/file.h>
#include <parquet/arrow/reader.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "spatium/base/text.h"
#include "spatium/base/utf8.h"
#include "spatium/dataset/parquet.h"

namespace spatium {
namespace {

Json Cell(const arrow::Array& array, int64_t i);

template <class ArrowArray>
Json ListCell(const ArrowArray& array, int64_t i) {
  Json::Array items;
  items.reserve(static_cast<size_t>(array.value_length(i)));
  for (int64_t k = 0; k < array.value_length(i); ++k)
    items.push_back(Cell(*array.values(), array.value_offset(i) + k));
  return Json(std::move(items));
}

// Throws for a string that is no UTF-8: the format says that it is, and no reader of ours looks
// again.
template <class ArrowArray>
Json TextCell(const arrow::Array& array, int64_t i) {
  const std::string_view text = static_cast<const ArrowArray&>(array).GetView(i);
  if (!IsUtf8(text)) throw std::runtime_error("a string that is not UTF-8");
  return Json(text);
}

template <class ArrowArray>
Json NumberCell(const arrow::Array& array, int64_t i) {
  return Json(static_cast<const ArrowArray&>(array).Value(i));
}

Json Cell(const arrow::Array& array, int64_t i) {
  if (array.IsNull(i)) return Json();
  switch (array.type_id()) {
    case arrow::Type::BOOL:
      return Json(static_cast<const arrow::BooleanArray&>(array).Value(i));
    case arrow::Type::INT8:
      return NumberCell<arrow::Int8Array>(array, i);
    case arrow::Type::INT16:
      return NumberCell<arrow::Int16Array>(array, i);
    case arrow::Type::INT32:
      return NumberCell<arrow::Int32Array>(array, i);
    case arrow::Type::INT64:
      return NumberCell<arrow::Int64Array>(array, i);
    case arrow::Type::UINT8:
      return NumberCell<arrow::UInt8Array>(array, i);
    case arrow::Type::UINT16:
      return NumberCell<arrow::UInt16Array>(array, i);
    case arrow::Type::UINT32:
      return NumberCell<arrow::UInt32Array>(array, i);
    case arrow::Type::UINT64: {
      const uint64_t value = static_cast<const arrow::UInt64Array&>(array).Value(i);
      if (value > static_cast<uint64_t>(std::numeric_limits<int64_t>::max()))
        return Json(static_cast<double>(value));
      return Json(static_cast<int64_t>(value));
    }
    case arrow::Type::FLOAT:
      return Json(static_cast<double>(static_cast<const arrow::FloatArray&>(array).Value(i)));
    case arrow::Type::DOUBLE:
      return Json(static_cast<const arrow::DoubleArray&>(array).Value(i));
    case arrow::Type::STRING:
      return TextCell<arrow::StringArray>(array, i);
    case arrow::Type::LARGE_STRING:
      return TextCell<arrow::LargeStringArray>(array, i);
    case arrow::Type::BINARY:
      return Json(std::string_view(static_cast<const arrow::BinaryArray&>(array).GetView(i)));
    case arrow::Type::LARGE_BINARY:
      return Json(std::string_view(static_cast<const arrow::LargeBinaryArray&>(array).GetView(i)));
    case arrow::Type::LIST:
      return ListCell(static_cast<const arrow::ListArray&>(array), i);
    case arrow::Type::LARGE_LIST:
      return ListCell(static_cast<const arrow::LargeListArray&>(array), i);
    case arrow::Type::FIXED_SIZE_LIST:
      return ListCell(static_cast<const arrow::FixedSizeListArray&>(array), i);
    case arrow::Type::STRUCT: {
      const auto& fields = static_cast<const arrow::StructArray&>(array);
      Json::Object object;
      for (int k = 0; k < fields.num_fields(); ++k)
        object.emplace_back(fields.struct_type()->field(k)->name(), Cell(*fields.field(k), i));
      return Json(std::move(object));
    }
    case arrow::Type::DICTIONARY: {
      const auto& dictionary = static_cast<const arrow::DictionaryArray&>(array);
      const int64_t index = dictionary.GetValueIndex(i);
      if (index < 0 || index >= dictionary.dictionary()->length())
        throw std::runtime_error("an index beyond its dictionary");
      return Cell(*dictionary.dictionary(), index);
    }
    default: {
      const auto scalar = array.GetScalar(i);
      return scalar.ok() ? Json((*scalar)->ToString()) : Json();
    }
  }
}

class ParquetTable final : public TableReader {
 public:
  // skip: rows before the first that is wanted; first_row: its number in the file.
  ParquetTable(std::string where,
               std::unique_ptr<parquet::arrow::FileReader> file,
               std::unique_ptr<arrow::RecordBatchReader> batches,
               int64_t skip,
               int64_t first_row)
      : where_(std::move(where)),
        file_(std::move(file)),
        batches_(std::move(batches)),
        skip_(skip),
        row_(first_row) {}

  Result<std::optional<Json>> Next() override {
    try {
      while (!batch_ || next_ == batch_->num_rows()) {
        const arrow::Status status = batches_->ReadNext(&batch_);
        if (!status.ok())
          return Error{ErrorCode::kParse, where_, "Parquet rows", status.ToString()};
        if (!batch_) return std::optional<Json>();
        next_ = std::min(skip_, batch_->num_rows());
        skip_ -= next_;
      }
      Json::Object row;
      for (int k = 0; k < batch_->num_columns(); ++k)
        row.emplace_back(batch_->schema()->field(k)->name(), Cell(*batch_->column(k), next_));
      row.emplace_back(kCellPlace, Json::MakeObject({{"file", where_}, {"row", row_}}));
      ++next_;
      ++row_;
      return std::optional<Json>(Json(std::move(row)));
    } catch (const std::exception& e) {
      return Error{ErrorCode::kParse, where_, "Parquet rows", e.what()};
    }
  }

 private:
  std::string where_;
  std::unique_ptr<parquet::arrow::FileReader> file_;
  std::unique_ptr<arrow::RecordBatchReader> batches_;
  std::shared_ptr<arrow::RecordBatch> batch_;
  int64_t next_ = 0, skip_ = 0, row_ = 0;
};

// Numbers of the leaf columns below the named ones.
Result<std::vector<int>> LeavesOf(const parquet::SchemaDescriptor& schema,
                                  const std::vector<std::string>& columns,
                                  const std::string& where) {
  std::vector<int> leaves;
  for (int k = 0; k < schema.num_columns(); ++k)
    if (columns.empty() ||
        std::ranges::find(columns, schema.GetColumnRoot(k)->name()) != columns.end())
      leaves.push_back(k);
  if (leaves.empty())
    return Error{ErrorCode::kNotFound, where, "column " + Join(columns, ", "), "none of that name"};
  return leaves;
}

Result<std::unique_ptr<TableReader>> OpenPart(const std::string& where, const ParquetPart& part) {
  auto input = arrow::io::ReadableFile::Open(where);
  if (!input.ok())
    return Error{ErrorCode::kNotFound, where, "a Parquet file", input.status().ToString()};
  parquet::arrow::FileReaderBuilder builder;
  // Read as it goes: neither all row groups nor a whole column of one ahead.
  parquet::ReaderProperties reading;
  reading.enable_buffered_stream();
  arrow::Status status = builder.Open(*input, reading);
  if (!status.ok()) return Error{ErrorCode::kParse, where, "a Parquet file", status.ToString()};
  parquet::ArrowReaderProperties properties;
  properties.set_batch_size(part.rows_at_once);
  properties.set_pre_buffer(false);
  builder.properties(properties);
  std::unique_ptr<parquet::arrow::FileReader> file;
  status = builder.Build(&file);
  if (!status.ok()) return Error{ErrorCode::kParse, where, "a Parquet file", status.ToString()};
  const auto metadata = file->parquet_reader()->metadata();
  SPATIUM_TRY(const auto leaves, LeavesOf(*metadata->schema(), part.columns, where));
  std::vector<int> groups;
  int64_t skip = part.first_row;
  for (int g = 0; g < metadata->num_row_groups(); ++g) {
    const int64_t n = metadata->RowGroup(g)->num_rows();
    if (groups.empty() && skip >= n)
      skip -= n;
    else
      groups.push_back(g);
  }
  auto batches = file->GetRecordBatchReader(groups, leaves);
  if (!batches.ok())
    return Error{ErrorCode::kParse, where, "Parquet rows", batches.status().ToString()};
  return std::unique_ptr<TableReader>(std::make_unique<ParquetTable>(
      where, std::move(file), *std::move(batches), skip, part.first_row));
}

Result<std::unique_ptr<TableReader>> Open(const Path& path, const ParquetPart& part) {
  try {
    return OpenPart(path.string(), part);
  } catch (const std::exception& e) {
    return Error{ErrorCode::kParse, path.string(), "a Parquet file", e.what()};
  }
}

}  // namespace
}  // namespace spatium

extern "C" __attribute__((visibility("default"))) const void* spatium_parquet_plugin() {
  static constexpr spatium::ParquetPlugin kTable{.version = spatium::kParquetPluginVersion,
                                                 .open = spatium::Open};
  return &kTable;
}
