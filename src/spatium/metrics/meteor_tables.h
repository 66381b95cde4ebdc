#pragma once
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/metrics/meteor_text.h"

namespace spatium {

// METEOR's English word tables, read when first needed: data of METEOR's jar (LGPL, never
// shipped), else WordNet's dict folder and a short list of function words of Spatium's own.
class MeteorTables {
 public:
  static Result<MeteorTables> FromJar(const Path& jar);
  static Result<MeteorTables> FromWordNet(const Path& dict);
  // The jar that SPATIUM_METEOR_JAR names (empty: none is wanted), else the one that `./run setup`
  // puts into the user's cache folder.
  static std::optional<Path> Jar();
  // Of the jar, else of WordNet; with neither, no synonyms.
  static MeteorTables FromEnvironment();
  // What the environment said when they were first asked for.
  static const MeteorTables& Default();

  // "METEOR jar", "WordNet, Spatium's function words, no paraphrases", …: what a report states; a
  // jar that cannot be read is named first.
  const std::string& source() const { return source_; }
  bool is_official() const { return official_; }
  // The paraphrase table beside the jar; none if it is not there.
  const std::optional<Path>& paraphrases() const { return paraphrases_; }

  const NonbreakingPrefixes& prefixes() const { return prefixes_; }
  bool IsFunctionWord(const std::string& word) const { return function_.contains(word); }
  // The synsets of a word and of its base forms: those of an irregular form, else the first that a
  // regular ending gives; sorted.
  std::vector<uint32_t> Synsets(const std::string& word) const;

 private:
  void AddBuiltInWords();

  std::string source_ = "no synonyms, no paraphrases, Spatium's function words";
  bool official_ = false;
  std::optional<Path> paraphrases_;
  NonbreakingPrefixes prefixes_;
  std::unordered_set<std::string> function_;
  std::unordered_map<std::string, std::vector<uint32_t>> synsets_;
  std::unordered_map<std::string, std::vector<std::string>> bases_;  // of irregular forms
};

}  // namespace spatium
