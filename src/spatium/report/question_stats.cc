#include "spatium/report/question_stats.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <unordered_set>

#include "spatium/base/hash.h"
#include "spatium/base/text.h"

namespace spatium {
namespace {

// Fill answers beyond so many different texts are one "other": names, boxes.
constexpr size_t kMaxTexts = 40;
constexpr size_t kMaxTextBytes = 40;

void CountText(QuestionStats::Counts& counts, const std::string& text) {
  if (counts.contains(text) || (counts.size() < kMaxTexts && text.size() <= kMaxTextBytes)) {
    ++counts[text];
  } else {
    ++counts["(other)"];
  }
}

// The bare letter of "B", "B." or "B. a sofa"; nothing for other texts.
std::optional<std::string> OptionLetter(const std::string& answer) {
  const std::string_view text = Trim(answer);
  if (text.empty() || text[0] < 'A' || text[0] > 'Z') return std::nullopt;
  if (text.size() > 1 && std::isalnum(static_cast<unsigned char>(text[1]))) return std::nullopt;
  return std::string(1, text[0]);
}

void CountAnswer(QuestionStats::Task& task, const PlacedQuestion& question) {
  const std::string answer = question.answer();
  const std::string& format = question.place.format;
  auto& counts = task.answers[format];
  if (format == "select") {
    ++counts[OptionLetter(answer).value_or("(no letter)")];
  } else if (format == "judge") {
    const std::string word = ToLower(Trim(answer));
    CountText(counts, word.starts_with("yes") ? "yes" : word.starts_with("no") ? "no" : word);
  } else if (format == "fill") {
    if (const auto number = ParseDouble(Trim(answer))) {
      task.numbers["answer"].values.push_back(*number);
    } else {
      CountText(counts, answer);
    }
  }
}

// Words and numbers of the provenance's value, by key.
void CountValue(QuestionStats::Task& task, const std::string& key, const Json& value) {
  if (value.IsString()) {
    CountText(task.sides[key], value.AsString());
  } else if (value.IsNumber()) {
    task.numbers[key].values.push_back(value.AsDouble());
  } else if (value.IsObject()) {
    for (const auto& [name, inner] : value.AsObject())
      CountValue(task, key.empty() ? name : StrCat(key, ".", name), inner);
  } else if (value.IsArray() && key != "ids") {
    const auto& items = value.AsArray();
    for (size_t i = 0; i < items.size() && i < 8; ++i)
      CountValue(task, StrCat(key, "[", i, "]"), items[i]);
  }
}

class Collector {
 public:
  Result<void> Add(const QuestionPlace& place, std::string_view line) {
    const std::string where = StrCat(place.file.string(), ":", place.line);
    SPATIUM_TRY(Json record, Json::Parse(line, where));
    if (!record.IsObject())
      return Error{ErrorCode::kParse, where, "a JSON object", Quote(line, 40)};
    const PlacedQuestion question{place, std::move(record)};
    QuestionStats::Task& task = stats.tasks[place.task];
    ++stats.num_questions;
    ++stats.datasets[place.dataset];
    ++task.formats[place.format];
    CountAnswer(task, question);
    for (const std::string& image : question.images())
      if (images_.insert(Hash64(image, Hash64(place.dataset))).second) ++stats.num_images;
    const Json* provenance = question.record.Find("provenance");
    std::string fact = StrCat(where, "#");
    if (provenance && provenance->IsObject()) AddProvenance(task, *provenance, fact);
    if (facts_[place.task].insert(Hash64(fact)).second) ++task.num_facts;
    return {};
  }

  QuestionStats stats;

 private:
  void AddProvenance(QuestionStats::Task& task, const Json& provenance, std::string& fact) {
    if (const Json* value = provenance.Find("value")) CountValue(task, "", *value);
    if (const Json* scene = provenance.Find("scene"); scene && scene->IsString())
      ++stats.scenes[scene->AsString()];
    const Json* objects = provenance.Find("objects");
    std::vector<std::string> ids;
    if (objects && objects->IsArray())
      for (const Json& object : objects->AsArray()) {
        const Json* id = object.Find("id");
        ids.push_back(id ? id->Dump() : "");
        if (const Json* label = object.Find("label"); label && label->IsString())
          ++stats.labels[label->AsString()];
      }
    // What is asked: frames and objects in their roles, and the category where things are counted.
    // The words and the answer format are not part of it.
    const Json* frames = provenance.Find("frames");
    if (!frames || !provenance.Find("scene")) return;
    const Json* value = provenance.Find("value");
    const Json* category = value ? value->Find("category") : nullptr;
    fact = StrCat(provenance.Find("scene")->Dump(),
                  frames->Dump(),
                  Join(ids, ","),
                  category ? category->Dump() : "");
  }

  std::unordered_set<uint64_t> images_;
  std::map<std::string, std::unordered_set<uint64_t>> facts_;
};

Result<void> ReadRefusals(const Path& file, QuestionStats& stats) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return {};
  SPATIUM_TRY(const Json run, ReadJsonFile(file));
  const Json* refused = run.Find("refused");
  if (!refused || !refused->IsObject()) return {};
  for (const auto& [task, reasons] : refused->AsObject()) {
    if (!reasons.IsObject()) continue;
    for (const auto& [reason, n] : reasons.AsObject())
      if (n.IsNumber()) stats.tasks[task].refused[reason] = static_cast<int64_t>(n.AsDouble());
  }
  return {};
}

Json CountsJson(const QuestionStats::Counts& counts) {
  Json out = Json::MakeObject({});
  for (const auto& [name, n] : counts) out.Set(name, n);
  return out;
}

double Rounded(double v) { return *ParseDouble(FormatFixed(v, 6)); }

Json NumbersJson(const NumberStats& numbers) {
  constexpr size_t kBins = 20;
  std::vector<double> sorted = numbers.values;
  std::ranges::sort(sorted);
  double sum = 0;
  for (const double v : sorted) sum += v;
  return Json::MakeObject({{"n", sorted.size()},
                           {"min", Rounded(sorted.front())},
                           {"median", Rounded(sorted[sorted.size() / 2])},
                           {"mean", Rounded(sum / static_cast<double>(sorted.size()))},
                           {"max", Rounded(sorted.back())},
                           {"histogram", MakeHistogram(sorted, kBins).counts}});
}

}  // namespace

Result<QuestionStats> CollectQuestionStats(const Path& out) {
  Collector collector;
  SPATIUM_TRY_DO(ForEachQuestionLine(out, [&](const QuestionPlace& place, std::string_view line) {
    return collector.Add(place, line);
  }));
  SPATIUM_TRY_DO(ReadRefusals(out / "run.json", collector.stats));
  return std::move(collector.stats);
}

Json StatsJson(const QuestionStats& stats) {
  Json by_task = Json::MakeObject({}), refused = by_task, answers = by_task, sides = by_task,
       numbers = by_task;
  for (const auto& [name, task] : stats.tasks) {
    Json row = Json::MakeObject({{"facts", task.num_facts}});
    for (const char* format : {"fill", "select", "sentence", "judge"}) {
      const auto found = task.formats.find(format);
      row.Set(format, found == task.formats.end() ? int64_t{0} : found->second);
    }
    by_task.Set(name, std::move(row));
    if (!task.refused.empty()) refused.Set(name, CountsJson(task.refused));
    Json task_answers = Json::MakeObject({});
    Json task_sides = Json::MakeObject({});
    Json task_numbers = Json::MakeObject({});
    for (const auto& [format, counts] : task.answers)
      if (!counts.empty()) task_answers.Set(format, CountsJson(counts));
    for (const auto& [key, counts] : task.sides) task_sides.Set(key, CountsJson(counts));
    for (const auto& [key, values] : task.numbers) task_numbers.Set(key, NumbersJson(values));
    answers.Set(name, std::move(task_answers));
    sides.Set(name, std::move(task_sides));
    numbers.Set(name, std::move(task_numbers));
  }
  return Json::MakeObject({{"questions", stats.num_questions},
                           {"images", stats.num_images},
                           {"datasets", CountsJson(stats.datasets)},
                           {"scenes", CountsJson(stats.scenes)},
                           {"by_task", std::move(by_task)},
                           {"refused", std::move(refused)},
                           {"answers", std::move(answers)},
                           {"sides", std::move(sides)},
                           {"numbers", std::move(numbers)},
                           {"labels", CountsJson(stats.labels)}});
}

}  // namespace spatium
