#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spatium/benchmarks/ask.h"
#include "spatium/benchmarks/item.h"

namespace spatium {

// One record of a prediction file, whatever its format (predictions.h).
struct PredictionRow {
  Item item;  // an empty id: its place in the file
  ItemReply reply;
  int64_t number = -1;         // of the item in its data set, where the file says so
  std::string known_question;  // as the data set has it, where the file says so
};

// Reads one record, a JSON object, into `row`, whose memory is used again. Errors: kParse,
// kNotFound, kBadValue, without a place.
using ReadPredictionRow = Result<void> (*)(std::string_view record, PredictionRow& row);
// Null for a format that is not known.
ReadPredictionRow FindPredictionFormat(std::string_view format);

// What a record is about, as a hash: its task and id, in lmms-eval's logs also the document's
// number and question. 0: it names nothing.
uint64_t RecordKey(const PredictionRow& row);
// The first record whose key an earlier one has: (earlier, later). None: no prediction is there
// twice, as it is after two files were put together, which would count an item double.
std::optional<std::pair<size_t, size_t>> FirstRepeat(std::span<const uint64_t> keys);
// The error of such a file; records are counted from 0 here and from 1 in its text.
Error RepeatedRecord(std::string_view file, std::pair<size_t, size_t> records, std::string_view id);
// The error of a file without records.
Error NoRecords(std::string_view file);

// BLINK's files are one object: {"val":[rows],"test":[rows]} of saved outputs, or the letters that
// the authors' script took from them, {"val_Jigsaw_1":"(A)"}. Of those only "(A)" to "(E)" as such
// can be right; the rest stands as their judge's "(Z)".
Result<std::vector<PredictionRow>> ReadBlinkObject(std::string_view text, const std::string& where);

}  // namespace spatium
