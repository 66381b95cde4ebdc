#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spatium/metrics/python.h"

// How each harness reads an option letter from a reply. They disagree on the same text; a
// benchmark names the one that its profile uses. Source unless said: lmms-eval 0.7.2,
// lmms_eval/tasks/TASK/utils.py.
namespace spatium {

using Letter = std::optional<py::Str>;  // none where the official function returns None

// CV-Bench, BLINK, EmbSpatial: the first letter of any word behind blanks and "(" ("The" gives
// "T"); "" if the reply begins with anything else.
py::Str FirstLetter(py::View reply);
// ERQA and shared code: candidates in ten formats ranked by priority, then by place; "" if none.
//   choices  the valid letters; none: A to H
py::Str RankedLetter(py::View reply, std::span<const py::Str> choices = {});
// SITE: "(A)", " A ", "A.", "A:" in turn; of several the last " A ". none: the official script
// draws one at random. The reply is to be stripped by the caller.
Letter SiteLetter(py::View reply, std::span<const py::Str> choices);
// 3DSRBench: eight patterns in order; case matters.
Letter ThreeDsrLetter(py::View reply);
// MindCube: the last "X." anywhere, else an <Answer> tag's content, phrases, lines.
Letter MindCubeLetter(py::View reply);
// ViewSpatial: the first standalone A-D, case aside (also the word "a").
Letter StandaloneLetter(py::View reply);
// The same of the last line: ViewSpatial's own script.
Letter StandaloneLetterOfLastLine(py::View reply);
// MMSI-Bench: 1 or 0; none if no letter is found (which also scores 0).
std::optional<double> MmsiScore(py::View reply, py::View gold);
// MMSI-Video: "O" if there is none.
py::Str MmsiVideoLetter(py::View reply);
// MMSI-Video's own script, without lmms-eval's later tries: what follows the first phrase found, if
// that is a letter A-F.
Letter MmsiVideoOwnLetter(py::View reply);
// STI-Bench's own script: a pattern's letter, else the last character of the reply.
Letter StiLetter(py::View reply);
Letter StiOwnLetter(py::View reply);
// SAT (lmms-eval's filter): the letter of an option that the question lists and the reply repeats,
// else the reply's first word without punctuation.
py::Str SatAnswer(py::View reply, py::View question);
// OmniSpatial. re: the last "Answer: X" as it is written; json: "answer" of the (fenced) object;
// both default to "A". direct: the first character, upper case.
enum class OmniSpatialFormat { kRe, kJson, kDirect };
py::Str OmniSpatialLetter(py::View reply, OmniSpatialFormat format);
// SpatialViz: the one distinct letter A-D of the <answer> (with a <think> before it), or of what
// follows a phrase such as "Final answer"; none if there is not exactly one.
//   own_script  the authors' list of phrases lacks a comma, which loses its last two
Letter SpatialVizLetter(py::View reply, bool own_script = false);
// EASI / VLMEvalKit: seven steps from an <answer> block to a unique capital; none: no reliable one.
//   choices  restrict the letters A to J; none: A to F
Letter EasiLetter(py::View reply, std::span<const py::Str> choices = {});
// VLMEvalKit without a language model ("exact_matching"): how EASI reads BLINK, CV-Bench and
// 3DSRBench. The only option letter among the words, if it is one of the last four, else the only
// option whose text the reply repeats. "Z": the reply declines; none: undecided.
Letter KitLetter(py::View reply, std::span<const py::Str> options);
// BLINK's own rules: "(A)" … where they decide; none where the script asks a language model.
//   num_choices  of the question
Letter BlinkChoice(py::View reply, size_t num_choices = 5);

// lmms-eval's removal of reasoning blocks: each pair is an opening and a closing tag. Linear in the
// reply for any number of blocks.
py::Str StripReasoning(py::View reply, std::span<const std::pair<py::Str, py::Str>> tags);

}  // namespace spatium
