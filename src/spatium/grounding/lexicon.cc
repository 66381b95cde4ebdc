#include "spatium/grounding/lexicon.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "spatium/base/text.h"
#include "spatium/grounding/lexicon_data.h"

namespace spatium {
namespace {

// Similarities by kind of evidence (chosen: an order, not a measurement).
constexpr double kAlias = 0.9;
constexpr double kKindOf = 0.85;       // phrase "chair", label "office chair"
constexpr double kPlainerLabel = 0.7;  // phrase "office chair", label "chair"
constexpr double kSynset = 0.75;
constexpr double kKin = 0.35;
constexpr double kSharedHeadOnly = 0.45;  // "coffee table", "dining table"
constexpr double kSharedWord = 0.3;       // "paper towel", "paper cutter"
// WordNet's first senses only: later ones of furniture words are rarely things in rooms.
constexpr size_t kSensesUsed = 3;

std::string_view Head(std::string_view name) {
  const size_t space = name.rfind(' ');
  return space == std::string_view::npos ? name : name.substr(space + 1);
}

template <class T>
bool Share(const std::vector<T>& a, const std::vector<T>& b) {
  return std::any_of(
      a.begin(), a.end(), [&](const T& x) { return std::find(b.begin(), b.end(), x) != b.end(); });
}

}  // namespace

Lexicon::Lexicon(std::optional<Path> wordnet) {
  AddAliases();
  if (!wordnet) {
    const char* folder = std::getenv("SPATIUM_WORDNET");
    wordnet = folder != nullptr ? Path(folder) : Path("/usr/share/wordnet");
  }
  AddWordNet(*wordnet);
}

const Lexicon& Lexicon::Default() {
  static const Lexicon lexicon;
  return lexicon;
}

std::string Lexicon::Normalize(std::string_view label) {
  std::string name;
  for (const Word& word : SplitWords(label)) {
    if (word.text == "." || word.text == ",") continue;
    if (!name.empty()) name += ' ';
    name += word.lemma;
  }
  return name;
}

void Lexicon::AddAliases() {
  int group = 0;
  const auto add = [&](std::span<const std::string_view> lines, std::vector<int> Entry::* groups) {
    for (const std::string_view line : lines) {
      std::string first;
      for (const std::string_view name : Split(line, ',')) {
        const std::string normal = Normalize(Trim(name));
        if (first.empty()) first = normal;
        Entry& entry = known_[normal];
        (entry.*groups).push_back(group);
        if (groups == &Entry::strong && entry.canonical.empty()) entry.canonical = first;
      }
      ++group;
    }
  };
  add(AliasLines(), &Entry::strong);
  add(KinLines(), &Entry::loose);
}

void Lexicon::AddWordNet(const Path& folder) {
  const auto index = ReadFile(folder / "index.noun");
  if (!index) return;
  has_wordnet_ = true;
  // index.noun: lemma pos synset_cnt p_cnt [ptr_symbol...] sense_cnt tagsense_cnt synset_offset...
  for (const std::string_view line : Split(*index, '\n')) {
    if (line.empty() || line.front() == ' ') continue;
    const std::string name = ReplaceAll(std::string(line.substr(0, line.find(' '))), "_", " ");
    const auto it = known_.find(name);
    if (it == known_.end()) continue;
    const auto fields = SplitWhitespace(line);
    if (fields.size() < 6) continue;
    const auto pointers = ParseInt(fields[3]);
    if (!pointers || *pointers < 0) continue;
    const size_t first = 6 + static_cast<size_t>(*pointers);
    for (size_t i = first; i < std::min(fields.size(), first + kSensesUsed); ++i)
      if (const auto offset = ParseInt(
              fields[i].substr(std::min(fields[i].find_first_not_of('0'), fields[i].size() - 1))))
        it->second.synsets.push_back(*offset);
  }
}

std::string Lexicon::Canonical(const std::string& name) const {
  const auto it = known_.find(name);
  return it == known_.end() || it->second.canonical.empty() ? name : it->second.canonical;
}

double Lexicon::Similarity(const std::string& phrase, const std::string& label) const {
  if (phrase == label) return 1;
  if (phrase.empty() || label.empty()) return 0;
  double best = 0;
  const auto a = known_.find(phrase);
  const auto b = known_.find(label);
  if (a != known_.end() && b != known_.end()) {
    if (Share(a->second.strong, b->second.strong)) return kAlias;
    if (Share(a->second.synsets, b->second.synsets)) best = kSynset;
    if (Share(a->second.loose, b->second.loose)) best = std::max(best, kKin);
  }
  const std::string_view phrase_head = Head(phrase), label_head = Head(label);
  if (phrase_head == label_head) {
    if (phrase == phrase_head)
      best = std::max(best, kKindOf);
    else if (label == label_head)
      best = std::max(best, kPlainerLabel);
    else
      best = std::max(best, kSharedHeadOnly);
  } else if (best == 0) {
    for (const std::string_view word : Split(phrase, ' '))
      for (const std::string_view other : Split(label, ' '))
        if (word == other) best = kSharedWord;
  }
  return best;
}

}  // namespace spatium
