#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/qa/verify/vec.h"

// What a question or an answer says, read from its words alone. Nothing here knows the generator's
// templates: numbers, letters, directions and names are found as a reader would find them.
namespace spatium::verify {

// Answers that have a fixed form. None if the text does not have it.
std::optional<double> ReadNumberAnswer(std::string_view text);  // "0.9", "0.9 m", "0.9 meters."
std::optional<int> ReadLetterAnswer(std::string_view text);     // "B" -> 1
std::optional<bool> ReadYesNo(std::string_view text);           // first word Yes or No
std::optional<MarkBox> ReadBoxAnswer(std::string_view text);    // "[1, 2, 3, 4]"
// "right, , closer" -> words, "" where a slot is empty; exactly n slots.
std::optional<std::vector<std::string>> ReadSlots(std::string_view text, size_t n);

// "move_right:1.6,move_down:0,move_forward:0.2,rotate_up:15,rotate_left:75": signed right, up and
// forward in metres, yaw to the right and pitch up in degrees.
struct MotionText {
  double right_m = 0, up_m = 0, forward_m = 0, yaw_right_deg = 0, pitch_up_deg = 0;
};
std::optional<MotionText> ReadMotionAnswer(std::string_view text);
// The same from free prose ("moved 1.6 m to the right and turned 75 degrees left"); what is not
// mentioned is 0. None if a number has no direction or one axis is told twice.
std::optional<MotionText> ReadMotionProse(std::string_view text);

// The lines "A. text", "B. text", ... of a question, in order.
std::vector<std::string> OptionLines(std::string_view question);

// A label as texts spell it: lower case, underscores and runs of blanks to one blank.
std::string NormalName(std::string_view label);

// One object that a text may speak of.
struct Mentionable {
  std::string color;                // "red", or empty if nothing marks it
  std::vector<std::string> labels;  // names it goes by
};

enum class TokenKind { kWord, kNumber, kObject, kStop };
struct Token {
  TokenKind kind = TokenKind::kWord;
  std::string text = {};  // lower case
  double number = 0;      // kNumber
  int decimals = 0;       // kNumber: digits after the point as printed
  uint32_t objects = 0;   // kObject: bit i set if it may be object i
  bool by_color = false;  // kObject: its marker is named, so it is no chance word ("this picture")
  std::string unit = {};  // kNumber: "m", "deg", or empty
};
// Words, numbers and mentions of the given objects, in order. A label next to its colour is one
// mention, "chair (red point)"; a label that several objects share names all of them. Labels are
// taken out before anything else, so that "right door" is no direction.
std::vector<Token> Tokens(std::string_view text, const std::vector<Mentionable>& objects);

// The first word that is a unit of length or angle other than metres and degrees, in which all
// questions ask and answers tell; empty if there is none. Words that are also other things ("foot",
// "yard") count only where they can be nothing else ("feet").
std::string ForeignUnit(const std::vector<Token>& tokens);

// Whether a text speaks of depth, along the viewing direction or from the image plane, and not of
// distance.
bool SpeaksOfDepth(const std::vector<Token>& tokens);

// Which of two pictures a text speaks of, in the order of its words: 1 for "first" and "one" after
// a picture's word, 2 for "second" and "two" likewise; not "the first three values".
std::vector<int> PicturesNamed(const std::vector<Token>& tokens);

// Names that a text gives to markers which are not theirs: each "X (red point)" whose X does not
// end in the red object's label. Empty if all fit.
std::vector<std::string> WrongNames(std::string_view text, const std::vector<Mentionable>& objects);

// Axes of a relation and the words for their two directions.
enum class Axis { kSide, kHeight, kRange };  // right +, above +, farther +
// One thing that a sentence says about two objects: `subject` lies in direction `sign` of the
// other; 0: neither, the two are level on this axis.
struct Claim {
  Axis axis = Axis::kSide;
  int sign = 0;
  int subject = 0;
};
// All claims of the text, for objects 0 and 1. A sentence that names no subject speaks of 0.
std::vector<Claim> Claims(const std::vector<Token>& tokens);

// Which of closer and farther a text asks for or states: -1 closer, +1 farther, 0 neither or both.
int RangeAsked(const std::vector<Token>& tokens);

// "3", "three" -> 3; words up to twenty.
std::optional<int64_t> CountWord(std::string_view word);

}  // namespace spatium::verify
