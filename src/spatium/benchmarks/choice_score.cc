#include "spatium/benchmarks/choice_score.h"

#include "spatium/benchmarks/fields.h"
#include "spatium/benchmarks/strict.h"

namespace spatium {

ItemScore ChoiceScore(const Item& item,
                      std::string_view reply,
                      Profile profile,
                      const std::function<Letter(py::View)>& rule) {
  const py::Scratch text = py::Scratch::FromUtf8(reply);
  const std::string gold = GoldLetter(item);
  if (gold.empty()) return {.outcome = Outcome::kSkipped};
  switch (profile) {
    case Profile::kStrict:
      return LetterScore(StrictLetter(text, item.options.size()), gold);
    case Profile::kEasi:
      return LetterScore(EasiLetter(text), gold);
    case Profile::kOfficial:
    case Profile::kLmmsEval:
      break;
  }
  return LetterScore(rule(text), gold);
}

ItemScore KitScore(const Item& item, std::string_view reply) {
  const std::string gold = GoldLetter(item);
  if (gold.empty()) return {.outcome = Outcome::kSkipped};
  std::vector<py::Str> options;
  for (const std::string& option : item.options) options.push_back(py::FromUtf8(option));
  Letter letter = KitLetter(py::FromUtf8(reply), options);
  if (letter == U"Z") letter.reset();
  return LetterScore(letter, gold);
}

std::vector<ScoredQuestion> QuestionsOf(const ScoredItems& run, std::string_view category) {
  std::vector<ScoredQuestion> questions;
  for (size_t i = 0; i < run.size(); ++i) {
    const Item& item = run.item(i);
    const ItemScore& score = run.score(i);
    if (!Counts(score)) continue;
    questions.push_back(
        {.id = item.id,
         .category = category.empty() ? item.task : FieldText(item.fields, category),
         .score = score.score,
         .num_options = static_cast<int>(item.options.size()),
         .time = run.time(i)});
  }
  return questions;
}

}  // namespace spatium
