#include "spatium/benchmarks/predictions.h"

#include <algorithm>
#include <mutex>
#include <unordered_map>

#include "spatium/base/parallel.h"
#include "spatium/base/text.h"

namespace spatium {
namespace {

struct Row {
  Item item;
  ItemReply reply;
  int64_t number = -1;  // of the item in its data set, where the file says so
};
using ReadRow = Result<Row> (*)(const JsonCursor& row, int64_t line);

// A field as text: strings as they are, other values as JSON, absent and null as "".
std::string TextOf(const Json* value) {
  if (value == nullptr || value->IsNull()) return "";
  return value->IsString() ? value->AsString() : value->Dump();
}

std::vector<std::string> TextsOf(const Json* value) {
  std::vector<std::string> texts;
  if (value != nullptr && value->IsArray())
    for (const Json& item : value->AsArray()) texts.push_back(TextOf(&item));
  return texts;
}

Result<Row> ReadSpatium(const JsonCursor& cursor, int64_t) {
  const Json& json = cursor.value();
  SPATIUM_TRY(const auto id, cursor.At("id"));
  SPATIUM_TRY(const auto prediction, cursor.At("prediction"));
  Row row;
  row.item.id = TextOf(&id.value());
  row.item.task = TextOf(json.Find("task"));
  if (const Json* answer = json.Find("answer")) {
    row.item.answer = TextOf(answer);
    if (!answer->IsString()) row.item.gold = *answer;
  }
  row.item.options = TextsOf(json.Find("options"));
  if (const Json* meta = json.Find("meta")) {
    row.item.fields = *meta;
    if (const Json* gold = meta->Find("gold")) row.item.gold = *gold;
    row.item.question = TextOf(meta->Find("question"));
  }
  if (!prediction.value().IsNull()) row.reply.text = TextOf(&prediction.value());
  return row;
}

// What lmms-eval puts in the place of an answer when all its attempts failed.
constexpr std::string_view kLmmsFailed = "[LMMS_EVAL_REQUEST_FAILED";

Result<Row> ReadLmmsEval(const JsonCursor& cursor, int64_t line) {
  const Json& json = cursor.value();
  Row row;
  const Json* doc = json.Find("doc");
  const auto doc_field = [&](std::string_view key) {
    return doc != nullptr ? doc->Find(key) : nullptr;
  };
  // The data set's own id where the log has it, else the document's number.
  for (const std::string_view key : {"id", "idx", "question_id", "qid", "index"})
    if (row.item.id.empty()) row.item.id = TextOf(doc_field(key));
  if (const Json* number = json.Find("doc_id"); number != nullptr && number->IsInt())
    row.number = number->AsInt();
  if (row.item.id.empty()) row.item.id = StrCat(row.number >= 0 ? row.number : line - 1);
  row.item.answer = TextOf(json.Find("target"));
  if (doc != nullptr) row.item.fields = *doc;
  for (const std::string_view key : {"question_type", "task", "category", "type"})
    if (row.item.task.empty()) row.item.task = TextOf(doc_field(key));
  for (const std::string_view key : {"question", "prompt", "user_input", "text"})
    if (row.item.question.empty()) row.item.question = TextOf(doc_field(key));
  row.item.options =
      TextsOf(doc_field("options") != nullptr ? doc_field("options") : doc_field("choices"));
  const Json* replies = json.Find("filtered_resps");
  if (replies == nullptr) replies = json.Find("resps");
  // One reply per document, nested once or twice in lists.
  while (replies != nullptr && replies->IsArray() && !replies->AsArray().empty())
    replies = &replies->AsArray()[0];
  if (replies == nullptr || replies->IsArray())
    return Error{
        ErrorCode::kNotFound, cursor.path(), "filtered_resps or resps with one reply", "none"};
  const std::string text = TextOf(replies);
  if (!text.starts_with(kLmmsFailed)) row.reply.text = text;
  return row;
}

// SPAZER's and TAB's result files: the whole record is the prediction.
Result<Row> ReadRecord(const JsonCursor& cursor, int64_t line) {
  Row row;
  row.item.id = StrCat(line - 1);
  row.item.fields = cursor.value();
  row.reply.text = cursor.value().Dump();
  return row;
}

// BLINK's saved outputs, {"idx","answer","full_prediction","prediction"}: the model's own words.
Result<Row> ReadBlink(const JsonCursor& cursor, int64_t) {
  SPATIUM_TRY(const auto id, cursor.At("idx"));
  SPATIUM_TRY(const auto reply, cursor.At("full_prediction"));
  Row row;
  row.item.id = TextOf(&id.value());
  row.item.answer = TextOf(cursor.value().Find("answer"));
  const size_t begin = row.item.id.find('_'), end = row.item.id.rfind('_');
  if (begin < end && end != std::string::npos)
    row.item.task = row.item.id.substr(begin + 1, end - begin - 1);
  if (!reply.value().IsNull()) row.reply.text = TextOf(&reply.value());
  return row;
}

constexpr std::pair<std::string_view, ReadRow> kFormats[] = {{"spatium", ReadSpatium},
                                                             {"blink", ReadBlink},
                                                             {"lmms-eval", ReadLmmsEval},
                                                             {"spazer", ReadRecord},
                                                             {"tab", ReadRecord}};

// Finds the item that a row is about: by id; by "TASK/ID" where ids are unique within a split only;
// by its question where that is unique and the id says otherwise, as in the logs of one split of
// many.
class ItemIndex {
 public:
  explicit ItemIndex(const std::vector<Item>* items) {
    if (items == nullptr) return;
    for (const Item& item : *items) {
      by_id_.emplace(item.id, &item);
      const auto [it, added] = by_question_.emplace(item.question, &item);
      if (!added) it->second = nullptr;  // several: no key
    }
  }
  const Item* Find(const Item& row) const {
    const Item* item = At(by_id_, row.id);
    if (item == nullptr) item = At(by_id_, StrCat(row.task, "/", row.id));
    if (row.question.empty() || (item != nullptr && item->question == row.question)) return item;
    const Item* same = At(by_question_, row.question);
    return same != nullptr ? same : item;
  }

 private:
  using Map = std::unordered_map<std::string_view, const Item*>;
  static const Item* At(const Map& map, std::string_view key) {
    const auto it = map.find(key);
    return it == map.end() ? nullptr : it->second;
  }
  Map by_id_, by_question_;
};

// What a row's "meta" says and the data do not: a model's name, a run's settings.
void AddFields(const Json& meta, Item& item) {
  if (!meta.IsObject()) return;
  for (const auto& [key, value] : meta.AsObject())
    if (item.fields.Find(key) == nullptr && (item.fields.IsObject() || item.fields.IsNull()))
      item.fields.Set(key, value);
}

Result<std::string> ReadAll(const Path& file) {
  if (file != "-") return ReadFile(file);
  std::string text;
  SPATIUM_TRY_DO(ForEachLine(file, [&](int64_t, std::string_view line) -> Result<void> {
    text.append(line).push_back('\n');
    return {};
  }));
  return text;
}

// JSON Lines, on all cores: the text is cut at newlines into pieces that are parsed side by side.
Result<std::vector<Row>> ReadLines(std::string_view text,
                                   const std::string& where,
                                   ReadRow read,
                                   unsigned threads) {
  constexpr size_t kPieceBytes = size_t{1} << 20;
  struct Piece {
    std::string_view text;
    int64_t first_line = 1;
    std::vector<Row> rows;
    std::optional<Error> error;
  };
  std::vector<Piece> pieces;
  int64_t line = 1;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = std::min(begin + kPieceBytes, text.size());
    end = std::min(text.find('\n', end == text.size() ? end - 1 : end), text.size() - 1) + 1;
    const std::string_view piece = text.substr(begin, end - begin);
    pieces.push_back({.text = piece, .first_line = line, .rows = {}, .error = {}});
    line += std::count(piece.begin(), piece.end(), '\n');
    begin = end;
  }
  ParallelFor(pieces.size(), threads, [&](size_t k) {
    Piece& piece = pieces[k];
    int64_t number = piece.first_line;
    for (const std::string_view each : Split(piece.text, '\n')) {
      const int64_t here = number++;
      if (Trim(each).empty()) continue;
      const std::string path = StrCat(where, ":", here);
      auto json = Json::Parse(each, path);
      auto row = json ? read(JsonCursor(*json, path), here) : Result<Row>(json.error());
      if (!row) {
        piece.error = std::move(row).error();
        return;
      }
      piece.rows.push_back(*std::move(row));
    }
  });
  std::vector<Row> rows;
  for (Piece& piece : pieces) {
    if (piece.error) return *std::move(piece.error);
    std::move(piece.rows.begin(), piece.rows.end(), std::back_inserter(rows));
  }
  return rows;
}

Result<std::vector<Row>> ReadArray(std::string_view text, const std::string& where, ReadRow read) {
  SPATIUM_TRY(const Json json, Json::Parse(text, where));
  std::vector<Row> rows;
  const JsonCursor root(json, where);
  SPATIUM_TRY(const auto items, root.Items());
  for (const JsonCursor& item : items) {
    SPATIUM_TRY(Row row, read(item, static_cast<int64_t>(rows.size()) + 1));
    rows.push_back(std::move(row));
  }
  return rows;
}

// BLINK's files are one object: {"val":[rows],"test":[rows]} of saved outputs, or the letters that
// the authors' script took from them, {"val_Jigsaw_1":"(A)"}. Of those only "(A)" to "(E)" as such
// can be right; the rest stands as their judge's "(Z)".
Result<std::vector<Row>> ReadBlinkObject(std::string_view text, const std::string& where) {
  SPATIUM_TRY(const Json json, Json::Parse(text, where));
  if (!json.IsObject())
    return Error{ErrorCode::kBadValue, where, "an object", std::string(text.substr(0, 60))};
  std::vector<Row> rows;
  for (const auto& [key, value] : json.AsObject()) {
    if (value.IsArray()) {
      const JsonCursor list(value, StrCat(where, ".", key));
      SPATIUM_TRY(const auto items, list.Items());
      for (const JsonCursor& item : items) {
        SPATIUM_TRY(rows.emplace_back(), ReadBlink(item, 0));
      }
      continue;
    }
    Row& row = rows.emplace_back();
    row.item.id = key;
    const std::string letter = TextOf(&value);
    const bool choice = letter.size() == 3 && letter[0] == '(' && letter[1] >= 'A' &&
                        letter[1] <= 'E' && letter[2] == ')';
    row.reply.text = choice ? letter : "(Z)";
  }
  return rows;
}

}  // namespace

Result<Predictions> ReadPredictions(const Path& file,
                                    std::string_view format,
                                    const std::vector<Item>* data,
                                    unsigned threads) {
  const auto known = std::find_if(
      std::begin(kFormats), std::end(kFormats), [&](const auto& f) { return f.first == format; });
  if (known == std::end(kFormats))
    return Error{
        ErrorCode::kUsage, "--format", "spatium, lmms-eval, spazer, tab or blink", Quote(format)};
  SPATIUM_TRY(const std::string text, ReadAll(file));
  const bool array = Trim(std::string_view(text).substr(0, 64)).starts_with('[');
  SPATIUM_TRY(std::vector<Row> rows,
              array               ? ReadArray(text, file.string(), known->second)
              : format == "blink" ? ReadBlinkObject(text, file.string())
                                  : ReadLines(text, file.string(), known->second, threads));
  const ItemIndex index(data);
  Predictions predictions;
  predictions.items.reserve(rows.size());
  predictions.replies.reserve(rows.size());
  for (Row& row : rows) {
    if (data != nullptr) {
      const Item* item = index.Find(row.item);
      if (item == nullptr)
        return Error{ErrorCode::kNotFound,
                     file.string(),
                     StrCat("an item with id ", row.item.id, " in --data"),
                     "none"};
      const Json meta = std::move(row.item.fields);
      row.item = *item;
      AddFields(meta, row.item);
    }
    predictions.items.push_back(std::move(row.item));
    predictions.replies.push_back(std::move(row.reply));
  }
  return predictions;
}

Result<std::vector<Item>> LoadItems(const BenchmarkInfo& info,
                                    const Path& data,
                                    const std::vector<std::string>& tasks,
                                    size_t limit) {
  std::vector<Item> items;
  SPATIUM_TRY_DO(info.load(data, [&](Item item) -> Result<void> {
    const bool wanted =
        tasks.empty() || std::find(tasks.begin(), tasks.end(), item.task) != tasks.end();
    if (wanted && (limit == 0 || items.size() < limit)) items.push_back(std::move(item));
    return {};
  }));
  if (items.empty())
    return Error{ErrorCode::kNotFound,
                 data.string(),
                 tasks.empty() ? "at least one item" : "items of task " + Join(tasks, ", "),
                 "none"};
  return items;
}

}  // namespace spatium
