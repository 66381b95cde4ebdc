#include "spatium/benchmarks/facts.h"

#include <map>

#include "spatium/base/hash.h"

namespace spatium {
namespace {

std::vector<std::string> Letters(const Item& item) {
  std::vector<std::string> letters;
  for (size_t i = 0; i < item.options.size() && i < 26; ++i)
    letters.emplace_back(1, static_cast<char>('A' + i));
  return letters;
}

}  // namespace

std::vector<ItemFacts> FactsOf(const BenchmarkInfo& info, std::span<const Item> items) {
  std::vector<ItemFacts> facts;
  std::map<std::string_view, std::vector<std::string>> answers;
  for (const Item& item : items) {
    ItemFacts& fact = facts.emplace_back();
    fact.id = item.id;
    fact.task = item.task;
    fact.options = info.choices != nullptr ? info.choices(item) : Letters(item);
    fact.answer = info.oracle != nullptr ? info.oracle(item) : item.answer;
    answers[item.task].push_back(fact.answer);
  }
  std::map<std::string_view, std::shared_ptr<const std::vector<std::string>>> shared;
  for (auto& [task, list] : answers)
    shared[task] = std::make_shared<const std::vector<std::string>>(std::move(list));
  for (ItemFacts& fact : facts) fact.task_answers = shared[fact.task];
  return facts;
}

std::string HashOfItems(std::span<const Item> items) {
  std::string text;
  for (const Item& item : items) {
    Json::MakeObject({{"id", item.id},
                      {"task", item.task},
                      {"question", item.question},
                      {"options", item.options},
                      {"answer", item.answer},
                      {"gold", item.gold}})
        .DumpTo(text);
    text += '\n';
    // One block at a time: a million items need no gigabyte.
    if (text.size() > size_t{1} << 20) text = Sha256Hex(text);
  }
  return Sha256Hex(text);
}

}  // namespace spatium
