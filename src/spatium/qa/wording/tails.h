#pragma once
#include <span>
#include <string>
#include <string_view>

#include "spatium/base/random.h"
#include "spatium/qa/question.h"

namespace spatium {

// What follows a question's first sentence: on what the answer is based and how to give it. Each
// begins with a blank or a new line.

void AppendBasis(std::string& out, RandomStream& rng);         // the centres of the 3D boxes
void AppendMetersTail(std::string& out, RandomStream& rng);    // one number in meters
void AppendSentenceTail(std::string& out, RandomStream& rng);  // in a sentence
void AppendJudgeTail(std::string& out, RandomStream& rng);     // Yes or No
// "Choose ...:\nA. ...\nB. ...\nReply with ..."
void AppendOptions(std::string& out, RandomStream& rng, const Question& question);

char OptionLetter(size_t index);

}  // namespace spatium
