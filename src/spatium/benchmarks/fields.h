#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/json.h"
#include "spatium/base/result.h"
#include "spatium/benchmarks/item.h"
#include "spatium/metrics/python.h"

namespace spatium {

// Reading official records.

// A field as text: strings as they are, numbers as JSON, absent and null as "".
std::string FieldText(const Json& row, std::string_view key);
std::vector<std::string> FieldTexts(const Json& row, std::string_view key);
// Errors: kNotFound naming the row and the fields it has; kBadValue for a list or an object.
Result<std::string> NeedText(const Json& row, std::string_view key, std::string_view where);

// A field that a copy of the data set keeps as text: a Python literal such as "{'type': 'a'}" (what
// str() of a dict or list writes into a table) becomes what it says; anything else stays as it is,
// null where the field is absent.
Json LiteralField(const Json& row, std::string_view key);

// The pictures of a field as the Hub embeds them: {"bytes","path"}, the bytes alone or in base64
// (also as a data URL), or a list of those; a path alone is looked up in `folder`. Errors:
// kBadValue for a path that leads out of it.
Result<std::vector<MediaRef>> FieldImages(const Json& row,
                                          std::string_view key,
                                          const Path& folder);

// "A", "B", ... for n options.
std::vector<std::string> OptionLetters(size_t n);
// The letter of an answer given as "A", "(A)", "A. text", or as a number from 0; "" if none.
std::string LetterOf(const Json* answer);
// The same of Item::answer, where a number is an index.
std::string GoldLetter(const Item& item);

// The options that a question's text lists as "A. x", "A) x", "(A) x" or "A: x", one after the
// other from A; none for less than two.
std::vector<std::string> OptionsInText(std::string_view text);

// All pictures first, then the text, greedy.
struct Prompt;
Prompt PicturesThenText(const Item& item, std::string text, int max_tokens);

// One reply against a gold letter: `letter` is what the parser read, nothing if it could not.
ItemScore LetterScore(const std::optional<py::Str>& letter, std::string_view gold);

}  // namespace spatium
