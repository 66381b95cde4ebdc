#pragma once
#include <string>
#include <string_view>

#include "spatium/qa/fact.h"
#include "spatium/qa/format.h"
#include "spatium/qa/qa_scene.h"
#include "spatium/qa/question.h"

namespace spatium {

// How much of what an answer follows from goes into its record.
enum class ProvenanceDetail { kFull, kIds, kNone };

// The name of a question: a hash of its fact and format, independent of the seed.
std::string QuestionKey(const Fact& fact, AnswerFormat format);

// Appends a record of SPAR's JSONL (one line with its newline): id, conversations, image, type,
// depth, the markers, and "provenance" (CLI.md, Questions; `kIds` keeps key, scene, frames and the
// objects' roles, ids and labels). Bytes are appended without building a JSON tree.
void AppendRecord(std::string& out,
                  const QaScene& scene,
                  std::string_view task,
                  AnswerFormat format,
                  const Fact& fact,
                  const Question& question,
                  ProvenanceDetail detail);

// Appends `text` as a JSON string.
void AppendQuoted(std::string& out, std::string_view text);

}  // namespace spatium
