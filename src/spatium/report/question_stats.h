#pragma once
#include <map>
#include <string>

#include "spatium/dataset/question_set.h"
#include "spatium/report/chart.h"

namespace spatium {

// Numbers of one kind: their summary and a histogram.
struct NumberStats {
  std::vector<double> values;  // in the order of the files
};

// What a set of questions holds and how its answers are spread.
struct QuestionStats {
  using Counts = std::map<std::string, int64_t>;
  struct Task {
    Counts formats;
    int64_t num_facts = 0;  // different (frames, objects); questions where there is no provenance
    // By format: "letter" of select, "yes" / "no" of judge, short texts of fill.
    std::map<std::string, Counts> answers;
    // Numbers among fill answers, and the numbers of the provenance's "value".
    std::map<std::string, NumberStats> numbers;
    // Words of the provenance's "value" by key ("ask", "slots[0]"): the sides of relations.
    std::map<std::string, Counts> sides;
    Counts refused;  // by reason, from OUT/run.json
  };
  int64_t num_questions = 0;
  std::map<std::string, Task> tasks;
  Counts datasets, scenes, labels;  // labels: objects that questions are about
  int64_t num_images = 0;           // different pictures
};

// Reads every question of OUT and OUT/run.json's {"refused": {TASK: {REASON: n}}} if it is there.
// Errors: kNotFound without a tree, kParse for a line that is not a JSON object.
Result<QuestionStats> CollectQuestionStats(const Path& out);

// {"questions","images","datasets","scenes","by_task":{TASK:{"facts","fill","select","sentence",
// "judge"}},"refused":{TASK:{REASON:n}},"answers":{TASK:{FORMAT:{ANSWER:n}}},
// "sides":{TASK:{KEY:{WORD:n}}},"numbers":{TASK:{KEY:{"n","min","median","mean","max",
// "histogram":[n]}}},"labels":{LABEL:n}}
Json StatsJson(const QuestionStats& stats);

// The same as a page with charts.
std::string StatsPage(const QuestionStats& stats, const std::string& subtitle);

}  // namespace spatium
