#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/metrics/python.h"

namespace spatium {

// SpatialScore, the version of 2026. Its repository does not hold the scorer; written from the
// behaviour of what calls itself a byte-identical copy of it (MIT), Algorythmsz/
// Spatial_Reasoning_Benchmarks_Evaluation, benchmarks/vendor/spatialscore. Differs on replies above
// 16 Ki characters, of which the end is read.

struct SpatialScoreV1Question {
  std::string question_type;  // "multi-choice", "judgement", "open-ended", ...
  std::string task, sub_task;
  std::vector<std::string> options;
  std::string gold;
};

// Stage 1, the rules: letters, yes or no, and the mean relative accuracy of numbers (the last one
// for counts; lengths in centimetres, of a range the larger end). 0..1; an unknown type scores 0.
double ScoreSpatialScoreV1(const SpatialScoreV1Question& question, py::View reply);
// The mean relative accuracy of a number or length alone, as for an open question.
double SpatialScoreV1Open(const SpatialScoreV1Question& question, py::View reply);

// Neither side more than so many times the other, of two texts that each name a length; none if
// one does not. Also the strict rule of version 0.
std::optional<double> LengthRatio(py::View reply, py::View gold);

// Stage 2 asks a language model for the same number, for open questions only; the score is the mean
// of both.
bool SpatialScoreV1AsksModel(const SpatialScoreV1Question& question);
std::string SpatialScoreV1JudgePrompt(const SpatialScoreV1Question& question,
                                      std::string_view reply);
// What the last "output: 0.83" says, within 0..1; 0 without one.
double ReadSpatialScoreV1Verdict(py::View verdict);

// The instruction that goes before the question, in the assistant's name.
std::string SpatialScoreV1Instruction(std::string_view question_type, bool has_value_and_unit);
// Version 0: by the item's source and type; "" for a source that the script refuses.
std::string SpatialScoreV0Instruction(std::string_view source, std::string_view question_type);

}  // namespace spatium
