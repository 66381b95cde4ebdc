#include "spatium/qa/wording/tails.h"

#include "spatium/qa/wording/phrase.h"

namespace spatium {
namespace {

constexpr std::string_view kBasis[] = {
    " Every object stands for the center of its 3D box.",
    " Work with the centers of the objects' 3D bounding boxes.",
    " Measure at the 3D center of each object.",
    " Take the middle of each object's 3D box as its position.",
    " An object's position is the center of its 3D box.",
    " What counts is the center of each object in 3D.",
    " Positions refer to the centers of the 3D boxes around the objects.",
    " Use each object's center in space, not its surface.",
    " The reference for each object is the middle of its 3D extent.",
    " Treat each object as a point at the center of its 3D box."};

constexpr std::string_view kMeters[] = {" Give one number, in meters.",
                                        " Reply with a single number in meters and no other text.",
                                        " The answer is just a number; the unit is the meter.",
                                        " State only the value in meters.",
                                        " Write one numeric value (meters).",
                                        " Your reply holds one number in meters, nothing more.",
                                        " Answer in meters with a bare number.",
                                        " No words, only the number of meters.",
                                        " Return the figure in meters alone.",
                                        " A lone number in meters is all that is wanted.",
                                        " Put down a single figure, measured in meters.",
                                        " Respond with the number of meters only."};

constexpr std::string_view kSentence[] = {" Answer in a sentence.",
                                          " Reply with one full sentence.",
                                          " Tell it in plain words.",
                                          " Please put the answer into a sentence.",
                                          "",
                                          " Explain briefly in one sentence.",
                                          " Say it in a short sentence.",
                                          " Phrase your reply as a complete sentence.",
                                          " Describe the result in words.",
                                          " State your answer as a sentence."};

constexpr std::string_view kJudge[] = {" Answer Yes or No.",
                                       " Reply with Yes or No only.",
                                       " Is this true? Say Yes or No.",
                                       " One word is enough: Yes or No.",
                                       " Decide between Yes and No.",
                                       " Respond with either Yes or No.",
                                       " Your reply must be Yes or No.",
                                       " State Yes if it holds and No if it does not.",
                                       " Give a plain Yes or No.",
                                       " Settle it with Yes or No."};

constexpr std::string_view kChoose[] = {" Choose from these options:",
                                        " Which of the following is right?",
                                        " Pick the correct option.",
                                        " One of these answers is true:",
                                        " The candidates are listed below.",
                                        " Select one of the following:",
                                        " Find the right answer in this list:",
                                        " Here are the options to choose from:",
                                        " Decide which entry is correct:",
                                        " Only one of the following holds:"};

constexpr std::string_view kFourLetters[] = {
    "\nReply with one letter: A, B, C or D.",
    "\nAnswer with A, B, C or D only.",
    "\nGive just the letter of your choice (A, B, C or D).",
    "\nState the letter A, B, C or D and nothing else.",
    "\nA single letter from A to D is the whole answer.",
    "\nRespond with the option's letter: A, B, C or D."};
constexpr std::string_view kTwoLetters[] = {"\nReply with one letter: A or B.",
                                            "\nAnswer with A or B only.",
                                            "\nGive just the letter of your choice (A or B).",
                                            "\nState the letter A or B and nothing else.",
                                            "\nA single letter, A or B, is the whole answer.",
                                            "\nRespond with the option's letter: A or B."};

}  // namespace

void AppendBasis(std::string& out, RandomStream& rng) { out += Pick(rng, kBasis); }
void AppendMetersTail(std::string& out, RandomStream& rng) { out += Pick(rng, kMeters); }
void AppendSentenceTail(std::string& out, RandomStream& rng) { out += Pick(rng, kSentence); }
void AppendJudgeTail(std::string& out, RandomStream& rng) { out += Pick(rng, kJudge); }

char OptionLetter(size_t index) { return static_cast<char>('A' + index); }

void AppendOptions(std::string& out, RandomStream& rng, const Question& question) {
  out += Pick(rng, kChoose);
  for (size_t i = 0; i < question.num_options; ++i) {
    out += '\n';
    out += OptionLetter(i);
    out += ". ";
    out += question.options[i].text;
  }
  out += question.num_options == 2 ? Pick(rng, kTwoLetters) : Pick(rng, kFourLetters);
}

}  // namespace spatium
