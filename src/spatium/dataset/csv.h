#pragma once
#include <string_view>

#include "spatium/base/json.h"
#include "spatium/base/result.h"

namespace spatium {

// RFC 4180 with a header line; separator ',' or '\t'. Every cell is a string; quoted cells may hold
// separators, doubled quotes and newlines; CRLF and LF both end a row; a UTF-8 byte order mark is
// dropped. Errors: kParse with the line where a row has too few or too many cells, or a quote is
// open.
Result<Json::Array> ParseCsv(std::string_view text, char separator, std::string_view where);

}  // namespace spatium
