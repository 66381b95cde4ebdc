#include "spatium/benchmarks/score_file.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <unordered_map>

#include "spatium/base/line_pieces.h"
#include "spatium/base/parallel.h"
#include "spatium/base/text.h"
#include "spatium/benchmarks/interval.h"
#include "spatium/benchmarks/prediction_row.h"

namespace spatium {
namespace {

// What is kept of some records: the scores that count, in their order.
struct Piece {
  // [column][task by first appearance]; a column for each profile, the last for the score that an
  // even choice among a record's options would expect.
  std::vector<std::vector<TaskScores>> columns;
  std::vector<std::map<Outcome, size_t>> outcomes;  // [profile]
  std::vector<uint64_t> keys;                       // RecordKey of each record
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
    thread_local PredictionRow row;
    Piece piece;
    piece.columns.resize(profiles_.size() + 1);
    piece.outcomes.resize(profiles_.size());
    auto text = lines_.Read(k, buffer);
    if (!text) {
      piece.error = std::move(text).error();
      return piece;
    }
    std::unordered_map<std::string, size_t> tasks;
    int64_t line = 0;
    for (size_t begin = 0; begin < text->size(); ++line) {
      const size_t end = std::min(text->find('\n', begin), text->size());
      const std::string_view record = text->substr(begin, end - begin);
      begin = end + 1;
      if (Trim(record).empty()) continue;
      if (auto read = read_(record, row); !read) {
        const auto first = lines_.FirstLine(k);
        piece.error = std::move(read).error().Within(
            StrCat(file_.string(), ":", (first ? *first : 0) + line));
        return piece;
      }
      auto task = tasks.find(row.item.task);
      if (task == tasks.end()) {
        task = tasks.emplace(row.item.task, tasks.size()).first;
        for (auto& column : piece.columns) column.push_back({.task = row.item.task, .scores = {}});
      }
      Score(row, task->second, piece);
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
      PredictionRow row;
      return read_(record, row) ? row.item.id : "";
    }
    return "";
  }
  bool every_item_has_options() const { return !some_without_options_; }

 private:
  void Score(const PredictionRow& row, size_t task, Piece& piece) {
    piece.keys.push_back(RecordKey(row));
    for (size_t p = 0; p < profiles_.size(); ++p) {
      ItemScore score{.outcome = Outcome::kFailed};
      if (row.reply.text)
        score = ScoreReply(info_, row.item, *row.reply.text, profiles_[p], nullptr);
      ++piece.outcomes[p][score.outcome];
      if (Counts(score)) piece.columns[p][task].scores.push_back(score.score);
    }
    if (some_without_options_) return;
    const size_t n =
        info_.choices != nullptr ? info_.choices(row.item).size() : row.item.options.size();
    if (n == 0)
      some_without_options_ = true;
    else
      piece.columns.back()[task].scores.push_back(1.0 / static_cast<double>(n));
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

// A column of all pieces in the file's order, its tasks sorted by name.
std::vector<TaskScores> Join(const std::vector<Piece>& pieces, size_t column) {
  std::map<std::string, std::vector<std::span<const double>>> parts;
  for (const Piece& piece : pieces)
    for (const TaskScores& task : piece.columns[column]) parts[task.task].push_back(task.scores);
  std::vector<TaskScores> joined;
  for (const auto& [task, spans] : parts) {
    auto& scores = joined.emplace_back(TaskScores{.task = task, .scores = {}}).scores;
    size_t n = 0;
    for (const auto& span : spans) n += span.size();
    scores.reserve(n);
    for (const auto& span : spans) scores.insert(scores.end(), span.begin(), span.end());
  }
  return joined;
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

  const auto value = [&](std::span<const TaskScores> tasks, Profile profile) {
    return info.from_tasks(TallyTasks(tasks), profile);
  };
  double chance = std::nan("");
  if (reader.every_item_has_options())
    chance = value(Join(pieces, profiles.size()), profiles[0]).overall.value;
  std::vector<ProfileResult> results(profiles.size());
  for (size_t p = 0; p < profiles.size(); ++p) {
    ProfileResult& result = results[p];
    result.profile = profiles[p];
    result.chance = chance;
    result.outcomes = {{Outcome::kScored, 0},
                       {Outcome::kSkipped, 0},
                       {Outcome::kUnparsable, 0},
                       {Outcome::kFailed, 0}};
    for (const Piece& piece : pieces) {
      result.n += piece.keys.size();
      for (const auto& [outcome, n] : piece.outcomes[p]) result.outcomes[outcome] += n;
    }
    const std::vector<TaskScores> tasks = Join(pieces, p);
    result.scores = value(tasks, profiles[p]);
    SetIntervals(info, tasks, profiles[p], threads, result.scores);
    result.interval95 = result.scores.overall.interval95;
  }
  return results;
}

}  // namespace spatium
