#include "spatium/benchmarks/predictions.h"

#include <algorithm>
#include <mutex>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "spatium/base/parallel.h"
#include "spatium/base/text.h"
#include "spatium/benchmarks/prediction_row.h"

namespace spatium {
namespace {

using Rows = std::vector<std::vector<PredictionRow>>;  // pieces of the file, in its order

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
Result<Rows> ReadLines(std::string_view text,
                       const std::string& where,
                       ReadPredictionRow read,
                       unsigned threads) {
  constexpr size_t kPieceBytes = size_t{1} << 20;
  struct Piece {
    std::string_view text;
    int64_t first_line = 1;
    std::vector<PredictionRow> rows;
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
    piece.rows.reserve(static_cast<size_t>(std::count(piece.text.begin(), piece.text.end(), '\n')) +
                       1);
    for (size_t begin = 0; begin < piece.text.size(); ++number) {
      const size_t end = std::min(piece.text.find('\n', begin), piece.text.size());
      const std::string_view line = piece.text.substr(begin, end - begin);
      begin = end + 1;
      if (Trim(line).empty()) continue;
      auto read_row = read(line, piece.rows.emplace_back());
      if (!read_row) {
        piece.error = std::move(read_row).error().Within(StrCat(where, ":", number));
        return;
      }
    }
  });
  Rows rows;
  for (Piece& piece : pieces) {
    if (piece.error) return *std::move(piece.error);
    rows.push_back(std::move(piece.rows));
  }
  return rows;
}

Result<Rows> ReadArray(std::string_view text, const std::string& where, ReadPredictionRow read) {
  SPATIUM_TRY(const Json json, Json::Parse(text, where));
  Rows rows(1);
  for (const Json& item : json.AsArray()) {
    auto row = read(item.Dump(), rows[0].emplace_back());
    if (!row) return std::move(row).error().Within(StrCat(where, "[", rows[0].size() - 1, "]"));
  }
  return rows;
}

// Finds the item that a row is about: by id; by "TASK/ID" where ids are unique within a split only;
// by its question where that is unique and the id says otherwise, as in the logs of one split of
// many; by its place in the data set where the row tells that and no question.
class ItemIndex {
 public:
  explicit ItemIndex(const std::vector<Item>& items) : items_(items) {
    for (const Item& item : items) {
      if (!by_id_.emplace(item.id, &item).second) repeated_.insert(item.id);
      const auto [it, added] = by_question_.emplace(item.question, &item);
      if (!added) it->second = nullptr;  // several: no key
    }
  }
  const Item* Find(const PredictionRow& row) const {
    const std::string& question = row.known_question;
    const Item* item = At(by_id_, row.item.id);
    if (item == nullptr) item = At(by_id_, StrCat(row.item.task, "/", row.item.id));
    if (!question.empty() && (item == nullptr || item->question != question)) {
      const Item* same = At(by_question_, question);
      if (same != nullptr) return same;
    }
    if (item != nullptr || row.number < 0) return item;
    const auto n = static_cast<size_t>(row.number);
    return n < items_.size() && (question.empty() || items_[n].question == question) ? &items_[n]
                                                                                     : nullptr;
  }

  // No other item's; 0 where the data set has an id twice, so that rows cannot say which they mean.
  uint64_t KeyOf(const Item& item) const {
    const bool repeated = repeated_.contains(item.id);
    return repeated ? 0 : static_cast<uint64_t>(&item - items_.data()) + 1;
  }

 private:
  using Map = std::unordered_map<std::string_view, const Item*>;
  static const Item* At(const Map& map, std::string_view key) {
    const auto it = map.find(key);
    return it == map.end() ? nullptr : it->second;
  }
  const std::vector<Item>& items_;
  Map by_id_, by_question_;
  std::unordered_set<std::string_view> repeated_;
};

}  // namespace

Result<Predictions> ReadPredictions(const Path& file,
                                    std::string_view format,
                                    const std::vector<Item>* data,
                                    unsigned threads) {
  const ReadPredictionRow read = FindPredictionFormat(format);
  if (read == nullptr)
    return Error{
        ErrorCode::kUsage, "--format", "spatium, lmms-eval, spazer, tab or blink", Quote(format)};
  SPATIUM_TRY(const std::string text, ReadAll(file));
  const bool array = Trim(std::string_view(text).substr(0, 64)).starts_with('[');
  Rows pieces;
  if (format == "blink" && !array) {
    SPATIUM_TRY(pieces.emplace_back(), ReadBlinkObject(text, file.string()));
  } else {
    SPATIUM_TRY(pieces,
                array ? ReadArray(text, file.string(), read)
                      : ReadLines(text, file.string(), read, threads));
  }
  std::optional<ItemIndex> index;
  if (data != nullptr) index.emplace(*data);
  std::vector<size_t> first = {0};
  for (const auto& rows : pieces) first.push_back(first.back() + rows.size());
  Predictions predictions;
  predictions.items.resize(first.back());
  predictions.replies.resize(first.back());
  if (first.back() == 0) return NoRecords(file.string());
  std::vector<uint64_t> keys(first.back());
  std::vector<std::optional<Error>> errors(pieces.size());
  ParallelFor(pieces.size(), threads, [&](size_t p) {
    for (size_t k = 0; k < pieces[p].size(); ++k) {
      PredictionRow& row = pieces[p][k];
      const size_t i = first[p] + k;
      keys[i] = RecordKey(row);
      if (row.item.id.empty()) row.item.id = StrCat(i);
      if (index) {
        const Item* item = index->Find(row);
        if (item == nullptr) {
          errors[p] = Error{ErrorCode::kNotFound,
                            StrCat(file.string(), ": record ", i + 1),
                            StrCat("an item with id ", row.item.id, " in --data"),
                            "none"};
          return;
        }
        keys[i] = index->KeyOf(*item);
        const Json meta = std::move(row.item.fields);
        row.item = *item;
        if (format == "spatium") AddFields(meta, row.item);
      }
      predictions.items[i] = std::move(row.item);
      predictions.replies[i] = std::move(row.reply);
    }
    pieces[p] = std::vector<PredictionRow>();  // "= {}" would keep its memory
  });
  for (auto& error : errors)
    if (error) return *std::move(error);
  if (const auto repeat = FirstRepeat(keys))
    return RepeatedRecord(file.string(), *repeat, predictions.items[repeat->second].id);
  if (data != nullptr)
    predictions.missing = data->size() - std::min(data->size(), predictions.items.size());
  return predictions;
}

Result<std::vector<Item>> LoadItems(const BenchmarkInfo& info,
                                    const Path& data,
                                    const std::vector<std::string>& tasks,
                                    size_t limit) {
  std::vector<Item> items;
  std::set<std::string> there;  // tasks of the file, where some are asked for
  // Enough is no error of the file: it only ends the loading.
  const Error enough{ErrorCode::kCancelled, "limit", "", ""};
  const auto loaded = info.load(data, [&](Item item) -> Result<void> {
    if (!tasks.empty()) {
      there.insert(item.task);
      if (std::find(tasks.begin(), tasks.end(), item.task) == tasks.end()) return {};
    }
    items.push_back(std::move(item));
    if (limit > 0 && items.size() == limit) return enough;
    return {};
  });
  if (!loaded && (limit == 0 || items.size() < limit)) return loaded.error();
  // All of them: a name mistyped among others would leave its items out and nobody would know.
  if (loaded)
    for (const std::string& task : tasks)
      if (!there.contains(task))
        return Error{ErrorCode::kNotFound,
                     data.string(),
                     StrCat("items of task ", Quote(task)),
                     "tasks " + Join({there.begin(), there.end()}, ", ")};
  if (items.empty()) return Error{ErrorCode::kNotFound, data.string(), "at least one item", "none"};
  return items;
}

}  // namespace spatium
