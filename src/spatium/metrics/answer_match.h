#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "spatium/metrics/python.h"

// Exact match of short answers: SQA3D and ScanQA under four code bases.
namespace spatium {

// The cleaner that SQA3D, LEO, Chat-Scene and Video-3D-LLM share: lower case, blanks collapsed,
// characters other than letters, digits, blanks and ,'-: dropped, frequent typing errors mended,
// 0-20 and 23 as words, articles before a word dropped.
py::Str CleanAnswer(py::View answer);

struct ExactMatch {
  int em = 0, refined = 0;
};
// LEO: refined is one containing the other when blanks are removed ("" is in everything). Both
// sides are to be cleaned by the caller.
ExactMatch MatchLeo(py::View prediction, std::span<const py::Str> gold);
// Chat-Scene: "" matches nothing; an exact match is looked for first.
ExactMatch MatchChatScene(py::View prediction, std::span<const py::Str> gold);
// What Chat-Scene does to a reply before: one final "." dropped, the first letter lower case.
py::Str ChatScenePrediction(py::View reply);
// SQA3D's own script for language models: equal, a substring, or one shared word.
bool MatchSqa3dLoose(py::View prediction, py::View gold);

// The first word of an SQA3D question: "what", "is", "how", "can", "which", else "others".
std::string_view Sqa3dQuestionType(py::View question);
// ScanQA's classes by phrases: "Place", "Number", "Color", "Object nature", "Object", "Other".
std::string_view ScanQaQuestionClass(py::View question);
// ScanQA's training-vocabulary normaliser.
py::Str ScanQaPrepareAnswer(py::View answer);

// The singular of a noun as nltk's WordNetLemmatizer finds it. Without WordNet's dict folder
// (SPATIUM_WORDNET, /usr/share/wordnet) a word is its own lemma.
py::Str NounLemma(py::View word);
// F1 of lemmatised tokens, each side's share of tokens that the other has; none where Python
// raises ZeroDivisionError (an answer without tokens).
std::optional<double> UnigramF(py::View a, py::View b);

struct ScanQaItem {
  std::vector<py::Str> top10;  // the best first, at least one
  std::vector<py::Str> gold;
};
struct ScanQaScores {  // percent
  double em1 = 0, em10 = 0, f1 = 0;
  std::string_view error;
};
ScanQaScores ScanQaOfficial(std::span<const ScanQaItem> items);

}  // namespace spatium
