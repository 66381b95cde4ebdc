#include "spatium/benchmarks/score_file.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <unordered_map>

#include "spatium/base/line_pieces.h"
#include "spatium/base/parallel.h"
#include "spatium/base/text.h"
#include "spatium/benchmarks/prediction_row.h"

namespace spatium {
namespace {

struct Mark {
  Outcome outcome = Outcome::kFailed;
  double score = 0;
};

// What is kept of the records of one piece of the file.
struct Piece {
  std::vector<std::string> tasks;  // by first appearance
  std::vector<uint32_t> task;      // of each record, into `tasks`
  std::vector<uint64_t> keys;      // RecordKey of each
  std::vector<double> expected;    // of an even choice among its options; empty: some have none
  std::vector<std::vector<Mark>> marks;  // [profile][record]
  std::optional<Error> error;
};

class Reader {
 public:
  Reader(const BenchmarkInfo& info,
         const LinePieces& lines,
         const Path& file,
         ReadPredictionRow read,
         std::span<const Profile> profiles)
      : info_(info), lines_(lines), file_(file), read_(read), profiles_(profiles) {}

  Piece Read(size_t k) {
    thread_local std::string buffer;
    Piece piece;
    auto text = lines_.Read(k, buffer);
    if (!text) {
      piece.error = std::move(text).error();
      return piece;
    }
    const auto num_lines = static_cast<size_t>(std::ranges::count(*text, '\n')) + 1;
    piece.marks.resize(profiles_.size());
    for (auto& marks : piece.marks) marks.reserve(num_lines);
    piece.task.reserve(num_lines);
    piece.keys.reserve(num_lines);
    piece.expected.reserve(num_lines);
    int64_t line = 0;
    for (size_t begin = 0; begin < text->size(); ++line) {
      const size_t end = std::min(text->find('\n', begin), text->size());
      const std::string_view record = text->substr(begin, end - begin);
      begin = end + 1;
      if (Trim(record).empty()) continue;
      auto row = read_(record);
      if (!row) {
        const auto first = lines_.FirstLine(k);
        piece.error =
            std::move(row).error().Within(StrCat(file_.string(), ":", (first ? *first : 0) + line));
        return piece;
      }
      Add(*row, piece);
    }
    return piece;
  }
  // The id of the n-th record of a piece that was read.
  std::string IdOf(size_t k, size_t n) {
    std::string buffer;
    const auto text = lines_.Read(k, buffer);
    if (!text) return "";
    for (const std::string_view record : Split(*text, '\n')) {
      if (Trim(record).empty() || n-- > 0) continue;
      const auto row = read_(record);
      return row ? row->item.id : "";
    }
    return "";
  }
  bool every_item_has_options() const { return !some_without_options_; }

 private:
  void Add(const PredictionRow& row, Piece& piece) {
    const auto known = std::ranges::find(piece.tasks, row.item.task);
    piece.task.push_back(static_cast<uint32_t>(known - piece.tasks.begin()));
    piece.keys.push_back(RecordKey(row));
    if (known == piece.tasks.end()) piece.tasks.push_back(row.item.task);
    if (!some_without_options_) {
      const size_t n =
          info_.choices != nullptr ? info_.choices(row.item).size() : row.item.options.size();
      if (n == 0) some_without_options_ = true;
      piece.expected.push_back(n == 0 ? 0 : 1.0 / static_cast<double>(n));
    }
    for (size_t p = 0; p < profiles_.size(); ++p) {
      Mark& mark = piece.marks[p].emplace_back();
      if (!row.reply.text) continue;
      const ItemScore score = ScoreReply(info_, row.item, *row.reply.text, profiles_[p], nullptr);
      mark = {.outcome = score.outcome, .score = score.score};
    }
  }

  const BenchmarkInfo& info_;
  const LinePieces& lines_;
  const Path& file_;
  ReadPredictionRow read_;
  std::span<const Profile> profiles_;
  std::atomic<bool> some_without_options_{false};
};

// An error if the file holds no record, or two about one item.
Result<void> CheckRecords(Reader& reader, const std::vector<Piece>& pieces, const Path& file) {
  std::vector<uint64_t> keys;
  for (const Piece& piece : pieces) keys.insert(keys.end(), piece.keys.begin(), piece.keys.end());
  if (keys.empty()) return NoRecords(file.string());
  const auto repeat = FirstRepeat(keys);
  if (!repeat) return {};
  size_t k = 0, n = repeat->second;
  while (n >= pieces[k].keys.size()) n -= pieces[k++].keys.size();
  return RepeatedRecord(file.string(), *repeat, reader.IdOf(k, n));
}

// The tasks of all pieces, sorted, and each record's.
TaskIndex IndexOf(const std::vector<Piece>& pieces, std::vector<std::string>& names) {
  for (const Piece& piece : pieces)
    names.insert(names.end(), piece.tasks.begin(), piece.tasks.end());
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  TaskIndex index{.names = {names.begin(), names.end()}, .of_item = {}};
  size_t num_items = 0;
  for (const Piece& piece : pieces) num_items += piece.task.size();
  index.of_item.reserve(num_items);
  for (const Piece& piece : pieces) {
    std::vector<uint32_t> place;
    for (const std::string& task : piece.tasks)
      place.push_back(static_cast<uint32_t>(std::ranges::lower_bound(names, task) - names.begin()));
    for (const uint32_t task : piece.task) index.of_item.push_back(place[task]);
  }
  return index;
}

}  // namespace

bool CanScoreFile(const BenchmarkInfo& info, const Path& file) {
  std::error_code error;
  if (info.from_tasks == nullptr || info.corpus != nullptr || info.judge != nullptr ||
      !std::filesystem::is_regular_file(file, error))
    return false;
  const auto lines = LinePieces::Open(file, 64);
  std::string buffer;
  if (!lines || lines->count() == 0) return false;
  const auto text = lines->Read(0, buffer);
  return text && Trim(*text).starts_with('{');
}

Result<std::vector<ProfileResult>> ScoreFile(const BenchmarkInfo& info,
                                             const Path& file,
                                             std::string_view format,
                                             std::span<const Profile> profiles,
                                             unsigned threads) {
  const ReadPredictionRow read = FindPredictionFormat(format);
  if (read == nullptr) return Error{ErrorCode::kUsage, "--format", "a known format", Quote(format)};
  SPATIUM_TRY(const LinePieces lines, LinePieces::Open(file));
  Reader reader(info, lines, file, read, profiles);
  std::vector<Piece> pieces(lines.count());
  ParallelFor(pieces.size(), threads, [&](size_t k) { pieces[k] = reader.Read(k); });
  for (Piece& piece : pieces)
    if (piece.error) return *std::move(piece.error);
  SPATIUM_TRY_DO(CheckRecords(reader, pieces, file));

  std::vector<std::string> names;
  const TaskIndex tasks = IndexOf(pieces, names);
  double chance = std::nan("");
  if (reader.every_item_has_options()) {
    std::vector<ItemScore> expected;
    for (const Piece& piece : pieces)
      for (const double score : piece.expected)
        expected.push_back({.outcome = Outcome::kScored, .score = score});
    chance = AggregateRun(info, {{}, expected, &tasks}, profiles[0]).overall.value;
  }
  std::vector<ProfileResult> results;
  for (size_t p = 0; p < profiles.size(); ++p) {
    ProfileResult& result = results.emplace_back();
    result.profile = profiles[p];
    result.chance = chance;
    result.items.reserve(tasks.of_item.size());
    for (Piece& piece : pieces) {
      for (const Mark& mark : piece.marks[p])
        result.items.push_back({.outcome = mark.outcome, .score = mark.score});
      piece.marks[p] = std::vector<Mark>();  // "= {}" would keep its memory
    }
    Finish(info, {{}, result.items, &tasks}, threads, result);
  }
  return results;
}

}  // namespace spatium
