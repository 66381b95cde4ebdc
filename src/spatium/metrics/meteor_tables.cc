#include "spatium/metrics/meteor_tables.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "spatium/base/text.h"
#include "spatium/metrics/wordnet.h"
#include "spatium/metrics/zip_text.h"

namespace spatium {
namespace {

// Calls fn for each line, without its newline.
template <class Fn>
void ForEachTextLine(std::string_view text, Fn fn) {
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    fn(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// The endings of WordNet's morphology for nouns, verbs and adjectives. Source: morphy(7WN).
constexpr std::pair<std::string_view, std::string_view> kEndings[] = {{"s", ""},
                                                                      {"ses", "s"},
                                                                      {"xes", "x"},
                                                                      {"zes", "z"},
                                                                      {"ches", "ch"},
                                                                      {"shes", "sh"},
                                                                      {"men", "man"},
                                                                      {"ies", "y"},
                                                                      {"es", "e"},
                                                                      {"es", ""},
                                                                      {"ed", "e"},
                                                                      {"ed", ""},
                                                                      {"ing", "e"},
                                                                      {"ing", ""},
                                                                      {"er", ""},
                                                                      {"est", ""},
                                                                      {"er", "e"},
                                                                      {"est", "e"}};

// Spatium's own short lists, for use without the jar.
constexpr std::string_view kFunctionWords =
    "a an the this that these those and or but nor so yet of in on at by to from for with without "
    "into onto over under above below between behind beside near next up down out off about after "
    "before than as is are was were be been being am has have had do does did can could will would "
    "shall should may might must not no n't i you he she it we they me him her us them my your his "
    "its our their who whom whose which what there here when where how if then all both each some "
    "any . , : ; ! ? ' \" ( ) - -- $ % 's one two";
constexpr std::string_view kPrefixes = "Mr Mrs Ms Dr Prof St Sr Jr vs v i.e e.g rev";
constexpr std::string_view kNumberPrefixes = "No Art pp";

}  // namespace

Result<MeteorTables> MeteorTables::FromJar(const Path& jar) {
  const std::vector<std::string> names = {"function/english.words",
                                          "nonbreaking/english.prefixes",
                                          "synonym/english.synsets",
                                          "synonym/english.exceptions"};
  SPATIUM_TRY(const auto members, ReadZipMembers(jar, names));
  MeteorTables out;
  out.source_ = "METEOR jar";
  out.official_ = true;
  ForEachTextLine(members.at(names[0]), [&](std::string_view line) {
    // A word, or a word and its frequency.
    if (const auto words = SplitWhitespace(line); !words.empty()) {
      out.function_.emplace(words[0]);
    }
  });
  ForEachTextLine(members.at(names[1]), [&](std::string_view line) {
    const auto words = SplitWhitespace(line);
    if (words.empty() || words[0].starts_with('#')) return;
    const bool numeric = words.size() > 1 && words[1] == "#NUMERIC_ONLY#";
    (numeric ? out.prefixes_.before_number : out.prefixes_.any).emplace(words[0]);
  });
  // A word on one line, its synsets on the next; a base form, then its irregular forms.
  std::string previous;
  bool is_key = true;
  ForEachTextLine(members.at(names[2]), [&](std::string_view line) {
    if (is_key) {
      previous = std::string(line);
    } else {
      auto& synsets = out.synsets_[previous];
      for (const std::string_view id : SplitWhitespace(line)) {
        if (const auto value = ParseInt(id)) synsets.push_back(static_cast<uint32_t>(*value));
      }
    }
    is_key = !is_key;
  });
  is_key = true;
  ForEachTextLine(members.at(names[3]), [&](std::string_view line) {
    if (is_key) {
      previous = std::string(line);
    } else {
      for (const std::string_view form : SplitWhitespace(line)) {
        out.bases_[std::string(form)].push_back(previous);
      }
    }
    is_key = !is_key;
  });
  const Path table = jar.parent_path() / "data" / "paraphrase-en.gz";
  std::error_code error;
  if (std::filesystem::exists(table, error)) out.paraphrases_ = table;
  return out;
}

void MeteorTables::AddBuiltInWords() {
  for (const std::string_view word : SplitWhitespace(kFunctionWords)) function_.emplace(word);
  for (char c = 'A'; c <= 'Z'; ++c) prefixes_.any.emplace(1, c);
  for (const std::string_view word : SplitWhitespace(kPrefixes)) prefixes_.any.emplace(word);
  for (const std::string_view word : SplitWhitespace(kNumberPrefixes)) {
    prefixes_.before_number.emplace(word);
  }
}

Result<MeteorTables> MeteorTables::FromWordNet(const Path& dict) {
  MeteorTables out;
  out.source_ = "WordNet, Spatium's function words, no paraphrases";
  out.AddBuiltInWords();
  uint32_t pos_number = 0;
  for (const char* pos : {"noun", "verb", "adj", "adv"}) {
    ++pos_number;
    // "lemma pos synset_cnt p_cnt [ptr_symbol...] sense_cnt tagsense_cnt offset [offset...]"
    SPATIUM_TRY_DO(ForEachLine(
        dict / (std::string("index.") + pos), [&](int64_t, std::string_view line) -> Result<void> {
          if (line.empty() || line[0] == ' ') return {};
          const auto fields = SplitWhitespace(line);
          const auto count = fields.size() > 3 ? ParseInt(fields[2]) : std::nullopt;
          if (!count || *count < 0 || static_cast<size_t>(*count) > fields.size()) return {};
          auto& synsets = out.synsets_[std::string(fields[0])];
          for (size_t i = fields.size() - static_cast<size_t>(*count); i < fields.size(); ++i) {
            if (const auto offset = ParseInt(fields[i])) {
              synsets.push_back(static_cast<uint32_t>(*offset) * 4 + pos_number - 1);
            }
          }
          return {};
        }));
    SPATIUM_TRY_DO(ForEachLine(dict / (std::string(pos) + ".exc"),
                               [&](int64_t, std::string_view line) -> Result<void> {
                                 const auto words = SplitWhitespace(line);
                                 for (size_t i = 1; i < words.size(); ++i) {
                                   out.bases_[std::string(words[0])].emplace_back(words[i]);
                                 }
                                 return {};
                               }));
  }
  return out;
}

std::optional<Path> MeteorTables::Jar() {
  const auto environment = [](const char* name) -> std::optional<Path> {
    const char* value = std::getenv(name);
    return value != nullptr ? std::optional<Path>(value) : std::nullopt;
  };
  if (const auto jar = environment("SPATIUM_METEOR_JAR")) {
    return jar->empty() ? std::nullopt : jar;
  }
  std::optional<Path> cache = environment("SPATIUM_CACHE");
  if (const auto folder = environment("XDG_CACHE_HOME"); !cache && folder) {
    cache = *folder / "spatium";
  }
  if (const auto home = environment("HOME"); !cache && home) cache = *home / ".cache/spatium";
  if (!cache) return std::nullopt;
  const Path jar = *cache / "meteor/meteor-1.5.jar";
  std::error_code ignored;
  return std::filesystem::exists(jar, ignored) ? std::optional(jar) : std::nullopt;
}

MeteorTables MeteorTables::FromEnvironment() {
  std::string unread;
  if (const auto jar = Jar()) {
    if (Result<MeteorTables> read = FromJar(*jar)) return *std::move(read);
    unread = StrCat(jar->string(), " cannot be read; ");
  }
  MeteorTables out;
  if (const auto dict = WordNetFolder()) {
    if (Result<MeteorTables> read = FromWordNet(*dict)) out = *std::move(read);
  }
  if (out.function_.empty()) out.AddBuiltInWords();
  out.source_ = unread + out.source_;
  return out;
}

const MeteorTables& MeteorTables::Default() {
  // Never destroyed: to free a million words one by one takes longer than to score with them.
  static const MeteorTables& tables = *new MeteorTables(FromEnvironment());
  return tables;
}

std::vector<uint32_t> MeteorTables::Synsets(const std::string& word) const {
  std::vector<uint32_t> out;
  const auto add = [&](const std::string& form) {
    const auto it = synsets_.find(form);
    if (it == synsets_.end()) return false;
    out.insert(out.end(), it->second.begin(), it->second.end());
    return true;
  };
  add(word);
  constexpr size_t kShortest = 3;  // shorter words have no regular endings
  if (const auto it = bases_.find(word); it != bases_.end()) {
    for (const std::string& base : it->second) add(base);
  } else if (word.size() >= kShortest && !word.ends_with("ss")) {
    // The first ending whose base form is known.
    for (const auto& [ending, replacement] : kEndings) {
      if (word.size() > ending.size() && word.ends_with(ending) &&
          add(word.substr(0, word.size() - ending.size()) + std::string(replacement))) {
        break;
      }
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace spatium
