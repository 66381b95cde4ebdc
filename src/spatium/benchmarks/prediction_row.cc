#include "spatium/benchmarks/prediction_row.h"

#include <bit>
#include <cmath>

#include "spatium/base/hash.h"
#include "spatium/base/json_fields.h"
#include "spatium/base/text.h"

namespace spatium {
namespace {

// A field as text: strings as they are, other values as JSON, absent and null as "".
std::string TextOf(const Json* value) {
  if (value == nullptr || value->IsNull()) return "";
  return value->IsString() ? value->AsString() : value->Dump();
}

std::vector<std::string> TextsOf(const Json* value) {
  std::vector<std::string> texts;
  if (value != nullptr && value->IsArray()) {
    texts.reserve(value->AsArray().size());
    for (const Json& item : value->AsArray()) texts.push_back(TextOf(&item));
  }
  return texts;
}

Error Missing(std::string_view key) {
  return {ErrorCode::kNotFound, "", StrCat("field ", key), "none"};
}

// Empties a row and keeps the memory of its texts.
void Clear(PredictionRow& row) {
  Item& item = row.item;
  for (std::string* text : {&item.id, &item.task, &item.question, &item.answer}) text->clear();
  item.gold = Json();
  item.fields = Json();
  item.media.clear();
  row.number = -1;
  row.known_question.clear();
  if (row.reply.text) row.reply.text->clear();
}

void Assign(const JsonField& field, std::string& text) {
  if (field.is_string())
    text = field.string();
  else
    text = field.Text();
}

struct RowReader {
  PredictionRow& row;
  bool has_id = false, has_prediction = false, has_options = false, is_nan = false;

  void Read(const JsonField& field) {
    if (field.key() == "id") {
      has_id = true;
      Assign(field, row.item.id);
    } else if (field.key() == "prediction") {
      has_prediction = true;
      is_nan = field.is_number() && !std::isfinite(field.Value().AsDouble());
      if (field.is_null())
        row.reply.text.reset();
      else
        Assign(field, row.reply.text ? *row.reply.text : row.reply.text.emplace());
    } else if (field.key() == "task") {
      Assign(field, row.item.task);
    } else if (field.key() == "answer") {
      Assign(field, row.item.answer);
      if (!field.is_string() && row.item.gold.IsNull()) row.item.gold = field.Value();
    } else if (field.key() == "options") {
      has_options = true;
      field.Texts(row.item.options);
    } else if (field.key() == "meta") {
      row.item.fields = field.Value();
      if (const Json* gold = row.item.fields.Find("gold")) row.item.gold = *gold;
      row.item.question = row.known_question = TextOf(row.item.fields.Find("question"));
    }
  }
};

Result<void> ReadSpatium(std::string_view record, PredictionRow& row) {
  Clear(row);
  RowReader reader{row};
  SPATIUM_TRY_DO(ForEachField(record, [&reader](const JsonField& field) { reader.Read(field); }));
  if (!reader.has_options) row.item.options.clear();
  if (!reader.has_id) return Missing("id");
  if (!reader.has_prediction) return Missing("prediction");
  // What Python writes for a missing value is no reply, and not a failed call either.
  if (reader.is_nan)
    return Error{ErrorCode::kBadValue,
                 "prediction",
                 "text, a finite number, or null for a call that failed",
                 *row.reply.text};
  return {};
}

Result<Json> ReadObject(std::string_view record) {
  SPATIUM_TRY(Json json, Json::Parse(record, ""));
  if (json.IsObject()) return json;
  return Error{ErrorCode::kBadValue, "", "an object", Quote(record, 60)};
}

// What lmms-eval puts in the place of an answer when all its attempts failed.
constexpr std::string_view kLmmsFailed = "[LMMS_EVAL_REQUEST_FAILED";

// The document of a sample: "doc" in older files; since it is no longer written, what a metric
// keeps of it, which is the document itself or a record made of it.
const Json* DocumentOf(const Json& sample) {
  if (const Json* doc = sample.Find("doc"); doc != nullptr && doc->IsObject()) return doc;
  const Json* best = nullptr;
  for (const auto& [key, value] : sample.AsObject())
    if (value.IsObject() && (best == nullptr || value.AsObject().size() > best->AsObject().size()))
      best = &value;
  return best;
}

Result<void> ReadLmmsEval(std::string_view record, PredictionRow& row) {
  SPATIUM_TRY(const Json json, ReadObject(record));
  row = {};
  const Json* doc = DocumentOf(json);
  const auto first_of = [&](std::initializer_list<std::string_view> keys) -> const Json* {
    for (const std::string_view key : keys)
      if (const Json* value = doc != nullptr ? doc->Find(key) : nullptr;
          value != nullptr && !value->IsNull())
        return value;
    return nullptr;
  };
  const Json* number = json.Find("doc_id");
  if (number == nullptr || !number->IsInt()) return Missing("doc_id (an integer)");
  row.number = number->AsInt();
  // The data set's own id where the log has it, else the document's number.
  const Json* id = first_of({"id", "idx", "question_id", "qid", "index"});
  row.item.id = TextOf(id != nullptr ? id : number);
  row.item.answer = TextOf(json.Find("target"));
  row.item.task = TextOf(first_of({"question_type", "task", "sub_task", "category", "type"}));
  row.known_question = TextOf(first_of({"question", "prompt", "user_input", "text"}));
  row.item.question = row.known_question.empty() ? TextOf(json.Find("input")) : row.known_question;
  row.item.options = TextsOf(first_of({"options", "choices"}));
  if (doc != nullptr) row.item.fields = *doc;
  const Json* replies = json.Find("filtered_resps");
  if (replies == nullptr) replies = json.Find("resps");
  // One reply per document, nested once or twice in lists.
  while (replies != nullptr && replies->IsArray() && !replies->AsArray().empty())
    replies = &replies->AsArray()[0];
  if (replies == nullptr || replies->IsArray())
    return Missing("filtered_resps or resps with one reply");
  const std::string text = TextOf(replies);
  if (!text.starts_with(kLmmsFailed)) row.reply.text = text;
  return {};
}

// SPAZER's and TAB's result files: the whole record is the prediction; its place is its id.
Result<void> ReadRecord(std::string_view record, PredictionRow& row) {
  SPATIUM_TRY(Json json, ReadObject(record));
  row = {};
  row.reply.text = json.Dump();
  row.item.fields = std::move(json);
  return {};
}

// BLINK's saved outputs, {"idx","answer","full_prediction","prediction"}: the model's own words.
Result<PredictionRow> ReadBlinkJson(const Json& json) {
  const Json* id = json.Find("idx");
  const Json* reply = json.Find("full_prediction");
  if (id == nullptr) return Missing("idx");
  if (reply == nullptr) return Missing("full_prediction");
  PredictionRow row;
  row.item.id = TextOf(id);
  row.item.answer = TextOf(json.Find("answer"));
  const size_t begin = row.item.id.find('_'), end = row.item.id.rfind('_');
  if (begin < end && end != std::string::npos)
    row.item.task = row.item.id.substr(begin + 1, end - begin - 1);
  if (!reply->IsNull()) row.reply.text = TextOf(reply);
  return row;
}

Result<void> ReadBlink(std::string_view record, PredictionRow& row) {
  SPATIUM_TRY(const Json json, ReadObject(record));
  SPATIUM_TRY(row, ReadBlinkJson(json));
  return {};
}

constexpr std::pair<std::string_view, ReadPredictionRow> kFormats[] = {{"spatium", ReadSpatium},
                                                                       {"lmms-eval", ReadLmmsEval},
                                                                       {"spazer", ReadRecord},
                                                                       {"tab", ReadRecord},
                                                                       {"blink", ReadBlink}};

}  // namespace

ReadPredictionRow FindPredictionFormat(std::string_view format) {
  for (const auto& [name, read] : kFormats)
    if (name == format) return read;
  return nullptr;
}

uint64_t RecordKey(const PredictionRow& row) {
  if (row.item.id.empty()) return 0;
  uint64_t key = Hash64(row.item.id, Hash64(row.item.task));
  if (row.number >= 0) key = Hash64(row.known_question, key + static_cast<uint64_t>(row.number));
  return key == 0 ? 1 : key;
}

std::optional<std::pair<size_t, size_t>> FirstRepeat(std::span<const uint64_t> keys) {
  // Places in `keys` plus one, at their key's slot or the next free one.
  std::vector<uint32_t> slots(std::bit_ceil(2 * keys.size() + 1));
  const size_t mask = slots.size() - 1;
  constexpr size_t kAhead = 16;  // slots of a million keys do not lie in the nearest cache
  for (size_t i = 0; i < keys.size(); ++i) {
    if (i + kAhead < keys.size()) __builtin_prefetch(&slots[keys[i + kAhead] & mask], 1);
    if (keys[i] == 0) continue;
    for (size_t slot = keys[i] & mask;; slot = (slot + 1) & mask) {
      if (slots[slot] == 0) {
        slots[slot] = static_cast<uint32_t>(i + 1);
        break;
      }
      if (const size_t earlier = slots[slot] - 1; keys[earlier] == keys[i])
        return std::pair(earlier, i);
    }
  }
  return std::nullopt;
}

Error RepeatedRecord(std::string_view file,
                     std::pair<size_t, size_t> records,
                     std::string_view id) {
  return {ErrorCode::kBadValue,
          StrCat(file, ": record ", records.second + 1),
          "one prediction for each item",
          StrCat("id ", Quote(id), " again, first in record ", records.first + 1)};
}

Error NoRecords(std::string_view file) {
  return {ErrorCode::kBadValue, std::string(file), "at least one prediction", "none"};
}

Result<std::vector<PredictionRow>> ReadBlinkObject(std::string_view text,
                                                   const std::string& where) {
  SPATIUM_TRY(const Json json, Json::Parse(text, where));
  if (!json.IsObject())
    return Error{ErrorCode::kBadValue, where, "an object", std::string(text.substr(0, 60))};
  std::vector<PredictionRow> rows;
  for (const auto& [key, value] : json.AsObject()) {
    if (value.IsArray()) {
      for (const Json& item : value.AsArray()) {
        auto row = ReadBlinkJson(item);
        if (!row)
          return std::move(row).error().Within(StrCat(where, ".", key, "[", rows.size(), "]"));
        rows.push_back(*std::move(row));
      }
      continue;
    }
    PredictionRow& row = rows.emplace_back();
    row.item.id = key;
    const std::string letter = TextOf(&value);
    const bool choice = letter.size() == 3 && letter[0] == '(' && letter[1] >= 'A' &&
                        letter[1] <= 'E' && letter[2] == ')';
    row.reply.text = choice ? letter : "(Z)";
  }
  return rows;
}

}  // namespace spatium
