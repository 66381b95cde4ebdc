#pragma once
#include <string>
#include <string_view>
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

// Reads one record, a JSON object. Errors: kParse, kNotFound, kBadValue, without a place.
using ReadPredictionRow = Result<PredictionRow> (*)(std::string_view record);
// Null for a format that is not known.
ReadPredictionRow FindPredictionFormat(std::string_view format);

// BLINK's files are one object: {"val":[rows],"test":[rows]} of saved outputs, or the letters that
// the authors' script took from them, {"val_Jigsaw_1":"(A)"}. Of those only "(A)" to "(E)" as such
// can be right; the rest stands as their judge's "(Z)".
Result<std::vector<PredictionRow>> ReadBlinkObject(std::string_view text, const std::string& where);

}  // namespace spatium
