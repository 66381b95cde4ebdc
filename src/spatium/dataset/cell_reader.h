#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "spatium/dataset/table.h"

namespace spatium {

// One binary value of a table: a picture that is read when it is needed.
struct CellPlace {
  Path file;           // a Parquet file
  int64_t row = -1;    // of the file, from 0; -1: no cell
  std::string column;  // of the top level
  size_t index = 0;    // in the column's list; 0 if it is none
};

// Reads cells in any order, cheaply in the order of their rows: each column has a cursor that goes
// forward, and the last rows stay at hand (kCellBytes of a column). Thread-safe.
class CellReader {
 public:
  // The bytes of a string, or of the field "bytes" of a struct. Errors: kNotFound for a row or
  // value that is not there, kParse, kUnsupported without the Parquet plug-in.
  Result<std::string> Read(const CellPlace& place);

 private:
  struct Cursor;
  std::mutex mutex_;
  std::map<std::pair<Path, std::string>, std::shared_ptr<Cursor>> cursors_;
};
inline constexpr size_t kCellBytes = size_t{64} << 20;

}  // namespace spatium
