#include "spatium/metrics/wordnet.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "spatium/base/text.h"
#include "spatium/metrics/answer_match.h"

namespace spatium {
namespace {

// The endings of English nouns that WordNet's morphology takes off. Source: morphy(7WN).
constexpr std::pair<std::string_view, std::string_view> kEndings[] = {{"s", ""},
                                                                      {"ses", "s"},
                                                                      {"ves", "f"},
                                                                      {"xes", "x"},
                                                                      {"zes", "z"},
                                                                      {"ches", "ch"},
                                                                      {"shes", "sh"},
                                                                      {"men", "man"},
                                                                      {"ies", "y"}};

std::vector<std::string> TakeEndings(const std::vector<std::string>& forms) {
  std::vector<std::string> out;
  for (const std::string& form : forms) {
    for (const auto& [ending, replacement] : kEndings) {
      if (form.ends_with(ending)) {
        out.push_back(form.substr(0, form.size() - ending.size()) + std::string(replacement));
      }
    }
  }
  return out;
}

}  // namespace

std::optional<Path> WordNetFolder() {
  std::vector<Path> candidates;
  if (const char* folder = std::getenv("SPATIUM_WORDNET")) candidates.emplace_back(folder);
  candidates.emplace_back("/usr/share/wordnet");
  for (const Path& folder : candidates) {
    std::error_code error;
    if (std::filesystem::exists(folder / "index.noun", error)) return folder;
  }
  return std::nullopt;
}

Result<NounForms> NounForms::Read(const Path& dict) {
  NounForms out;
  SPATIUM_TRY_DO(
      ForEachLine(dict / "index.noun", [&](int64_t, std::string_view line) -> Result<void> {
        if (!line.empty() && line[0] != ' ') out.nouns_.emplace(line.substr(0, line.find(' ')));
        return {};
      }));
  SPATIUM_TRY_DO(
      ForEachLine(dict / "noun.exc", [&](int64_t, std::string_view line) -> Result<void> {
        const auto words = SplitWhitespace(line);
        for (size_t i = 1; i < words.size(); ++i) {
          out.exceptions_[std::string(words[0])].emplace_back(words[i]);
        }
        return {};
      }));
  return out;
}

std::vector<std::string> NounForms::Known(const std::vector<std::string>& forms) const {
  std::vector<std::string> out;
  for (const std::string& form : forms) {
    if (nouns_.contains(form)) out.push_back(form);
  }
  return out;
}

std::string NounForms::Lemma(const std::string& word) const {
  std::vector<std::string> found;
  if (const auto it = exceptions_.find(word); it != exceptions_.end()) {
    std::vector<std::string> forms = {word};
    forms.insert(forms.end(), it->second.begin(), it->second.end());
    found = Known(forms);
  } else {
    std::vector<std::string> forms = TakeEndings({word}), all = {word};
    all.insert(all.end(), forms.begin(), forms.end());
    found = Known(all);
    while (found.empty() && !forms.empty()) {
      forms = TakeEndings(forms);
      found = Known(forms);
    }
  }
  if (found.empty()) return word;
  return *std::min_element(
      found.begin(), found.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
}

py::Str NounLemma(py::View word) {
  static const std::optional<NounForms> forms = []() -> std::optional<NounForms> {
    const auto folder = WordNetFolder();
    if (!folder) return std::nullopt;
    Result<NounForms> read = NounForms::Read(*folder);
    if (!read) return std::nullopt;
    return *std::move(read);
  }();
  if (!forms || word.size() > 100) return py::Str(word);
  return py::FromUtf8(forms->Lemma(py::ToUtf8(word)));
}

}  // namespace spatium
