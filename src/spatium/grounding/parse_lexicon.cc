#include "spatium/grounding/parse_lexicon.h"

#include <algorithm>
#include <map>
#include <string>

#include "spatium/base/text.h"

namespace spatium {
namespace {

using R = Relation;

constexpr RelationPhrase kPhrases[] = {
    // Nearness.
    {"next to", R::kNear},
    {"near", R::kNear},
    {"near to", R::kNear},
    {"beside", R::kNear},
    {"besides", R::kNear},
    {"by", R::kNear},
    {"close to", R::kNear},
    {"close by", R::kNear},
    {"adjacent to", R::kNear},
    {"right next to", R::kNear},
    {"directly next to", R::kNear},
    {"along side", R::kNear},
    {"alongside", R::kNear},
    {"against", R::kNear},
    {"at", R::kNear},
    {"touching", R::kNear},
    {"connected to", R::kNear},
    {"attached to", R::kNear},
    {"pushed up to", R::kNear},
    {"up against", R::kNear},
    {"pushed under", R::kUnder},
    {"tucked under", R::kUnder},
    {"side of", R::kNear},
    {"nearby", R::kNear},
    {"surrounding", R::kAround},
    {"around", R::kAround},
    {"neighboring", R::kNear},
    {"bordering", R::kNear},
    {"leaning on", R::kNear},
    {"leaning against", R::kNear},
    {"toward", R::kNear},
    {"towards", R::kNear},
    {"along", R::kNear},
    {"belonging to", R::kNear},
    {"associated with", R::kNear},
    {"closest to", R::kNear, true},
    {"nearest to", R::kNear, true},
    {"nearest", R::kNear, true},
    {"closest", R::kNear, true},
    {"closer to", R::kNear, true},
    {"nearer to", R::kNear, true},
    {"closer", R::kNear, true},
    {"immediately next to", R::kNear, true},
    {"farthest from", R::kFar, true},
    {"furthest from", R::kFar, true},
    {"farthest away from", R::kFar, true},
    {"furthest away from", R::kFar, true},
    {"far from", R::kFar},
    {"far away from", R::kFar},
    {"away from", R::kFar},
    {"farther from", R::kFar, true},
    {"further from", R::kFar, true},
    {"farther away from", R::kFar, true},
    {"further away from", R::kFar, true},
    {"most far from", R::kFar, true},
    {"farthest to", R::kFar, true},
    // Support and height.
    {"on", R::kOn},
    {"on top of", R::kOn},
    {"sitting on", R::kOn},
    {"resting on", R::kOn},
    {"atop", R::kOn},
    {"hanging on", R::kOn},
    {"top of", R::kOn},
    {"laying on", R::kOn},
    {"lying on", R::kOn},
    {"placed on", R::kOn},
    {"mounted on", R::kOn},
    {"hanging from", R::kOn},
    {"under", R::kUnder},
    {"underneath", R::kUnder},
    {"beneath", R::kUnder},
    {"under neath", R::kUnder},
    {"directly under", R::kUnder},
    {"below", R::kBelow},
    {"directly below", R::kBelow},
    {"lower than", R::kBelow},
    {"above", R::kAbove},
    {"over", R::kAbove},
    {"directly above", R::kAbove},
    {"higher than", R::kAbove},
    {"right above", R::kAbove},
    {"in", R::kIn},
    {"inside", R::kIn},
    {"inside of", R::kIn},
    {"within", R::kIn},
    // Sides.
    {"left of", R::kLeft},
    {"to the left of", R::kLeft},
    {"on the left of", R::kLeft},
    {"on the left side of", R::kLeft},
    {"left side of", R::kLeft},
    {"left hand side of", R::kLeft},
    {"to left of", R::kLeft},
    {"at the left of", R::kLeft},
    {"to the immediate left of", R::kLeft},
    {"right of", R::kRight},
    {"to the right of", R::kRight},
    {"on the right of", R::kRight},
    {"on the right side of", R::kRight},
    {"right side of", R::kRight},
    {"right hand side of", R::kRight},
    {"to right of", R::kRight},
    {"at the right of", R::kRight},
    {"to the immediate right of", R::kRight},
    {"in front of", R::kFront},
    {"infront of", R::kFront},
    {"front of", R::kFront},
    {"at the front of", R::kFront},
    {"directly in front of", R::kFront},
    {"before", R::kFront},
    {"behind", R::kBehind},
    {"in back of", R::kBehind},
    {"directly behind", R::kBehind},
    {"back of", R::kBehind},
    {"left", R::kLeft},
    {"on the left", R::kLeft},
    {"to the left", R::kLeft},
    {"on the left side", R::kLeft},
    {"left hand", R::kLeft},
    {"left hand side", R::kLeft},
    {"left side", R::kLeft},
    {"leftmost", R::kLeft, true},
    {"left most", R::kLeft, true},
    {"far left", R::kLeft, true},
    {"furthest left", R::kLeft, true},
    {"farthest left", R::kLeft, true},
    {"furthest to the left", R::kLeft, true},
    {"farthest to the left", R::kLeft, true},
    {"most left", R::kLeft, true},
    {"right", R::kRight},
    {"on the right", R::kRight},
    {"to the right", R::kRight},
    {"on the right side", R::kRight},
    {"right hand", R::kRight},
    {"right hand side", R::kRight},
    {"right side", R::kRight},
    {"rightmost", R::kRight, true},
    {"right most", R::kRight, true},
    {"far right", R::kRight, true},
    {"furthest right", R::kRight, true},
    {"farthest right", R::kRight, true},
    {"furthest to the right", R::kRight, true},
    {"farthest to the right", R::kRight, true},
    {"most right", R::kRight, true},
    {"front", R::kFront},
    {"in front", R::kFront},
    {"back", R::kBehind},
    {"rear", R::kBehind},
    {"in the back", R::kBehind},
    {"far", R::kBehind},
    {"at the back", R::kBehind},
    {"farthest", R::kFar, true},
    {"furthest", R::kFar, true},
    {"farthest away", R::kFar, true},
    {"furthest away", R::kFar, true},
    {"between", R::kBetween},
    {"in between", R::kBetween},
    {"inbetween", R::kBetween},
    {"across from", R::kOpposite},
    {"opposite", R::kOpposite},
    {"opposite of", R::kOpposite},
    {"opposite to", R::kOpposite},
    {"across", R::kOpposite},
    {"opposite side", R::kOpposite},
    {"opposite side of", R::kOpposite},
    {"other side of", R::kOpposite},
    {"opposite from", R::kOpposite},
    {"faces", R::kFacing},
    {"that faces", R::kFacing},
    {"that is facing", R::kFacing},
    {"pointing at", R::kFacing},
    {"turned towards", R::kFacing},
    {"with", R::kWith},
    {"has", R::kWith},
    {"having", R::kWith},
    {"holding", R::kWith},
    {"containing", R::kWith},
    {"that has", R::kWith},
    {"which has", R::kWith},
    // Of the target alone.
    {"corner", R::kCorner},
    {"in the corner", R::kCorner},
    {"corners", R::kCorner},
    {"against the wall", R::kWall},
    {"on the wall", R::kWall},
    {"along the wall", R::kWall},
    {"by the wall", R::kWall},
    {"next to the wall", R::kWall},
    {"closest to the wall", R::kWall},
    {"near the wall", R::kWall},
    {"at the wall", R::kWall},
    {"middle", R::kMiddle},
    {"center", R::kMiddle},
    {"centre", R::kMiddle},
    {"central", R::kMiddle},
    {"in the middle", R::kMiddle},
    {"alone", R::kAlone},
    {"by itself", R::kAlone},
    {"lone", R::kAlone},
    {"isolated", R::kAlone},
    {"separate", R::kAlone},
    {"standing alone", R::kAlone},
    {"single", R::kAlone},
    {"row", R::kRow},
    {"line", R::kRow},
    {"group", R::kRow},
    {"pair", R::kRow},
    {"cluster", R::kRow},
    {"stack", R::kRow},
    {"end", R::kEnd},
    {"at the end", R::kEnd},
    {"ends", R::kEnd},
    {"head", R::kEnd},
    {"big", R::kBig},
    {"bigger", R::kBig},
    {"large", R::kBig},
    {"larger", R::kBig},
    {"huge", R::kBig},
    {"biggest", R::kBig, true},
    {"largest", R::kBig, true},
    {"main", R::kBig},
    {"full", R::kBig},
    {"small", R::kSmall},
    {"smaller", R::kSmall},
    {"little", R::kSmall},
    {"tiny", R::kSmall},
    {"smallest", R::kSmall, true},
    {"mini", R::kSmall},
    {"half", R::kSmall},
    {"tall", R::kTall},
    {"taller", R::kTall},
    {"tallest", R::kTall, true},
    {"short", R::kShort},
    {"shorter", R::kShort},
    {"shortest", R::kShort, true},
    {"long", R::kLong},
    {"longer", R::kLong},
    {"longest", R::kLong, true},
    {"narrow", R::kNarrow},
    {"thin", R::kNarrow},
    {"skinny", R::kNarrow},
    {"thinner", R::kNarrow},
    {"narrower", R::kNarrow},
    {"thinnest", R::kNarrow, true},
    {"narrowest", R::kNarrow, true},
    {"slim", R::kNarrow},
    {"wide", R::kWide},
    {"wider", R::kWide},
    {"widest", R::kWide, true},
    {"thick", R::kWide},
    {"fat", R::kWide},
    {"round", R::kRound},
    {"circular", R::kRound},
    {"oval", R::kRound},
    {"square", R::kSquare},
    {"rectangular", R::kLong},
    {"rectangle", R::kLong},
    {"upper", R::kHigh},
    {"top", R::kHigh},
    {"higher", R::kHigh},
    {"high", R::kHigh},
    {"highest", R::kHigh, true},
    {"topmost", R::kHigh, true},
    {"uppermost", R::kHigh, true},
    {"top most", R::kHigh, true},
    {"lower", R::kLow},
    {"bottom", R::kLow},
    {"low", R::kLow},
    {"lowest", R::kLow, true},
    {"bottommost", R::kLow, true},
    {"bottom most", R::kLow, true},
    {"floor", R::kLow},
    {"on the floor", R::kLow},
    {"on the ground", R::kLow},
    {"east", R::kEast},
    {"west", R::kWest},
    {"north", R::kNorth},
    {"south", R::kSouth},
    {"eastern", R::kEast},
    {"western", R::kWest},
    {"northern", R::kNorth},
    {"southern", R::kSouth},
};

// Phrases by first word, longest first.
const std::map<std::string_view,
               std::vector<std::pair<std::vector<std::string_view>, const RelationPhrase*>>>&
Index() {
  static const auto index = [] {
    std::map<std::string_view,
             std::vector<std::pair<std::vector<std::string_view>, const RelationPhrase*>>>
        made;
    for (const RelationPhrase& phrase : kPhrases) {
      auto words = Split(phrase.words, ' ');
      made[words[0]].emplace_back(std::move(words), &phrase);
    }
    for (auto& entry : made)
      std::sort(entry.second.begin(), entry.second.end(), [](const auto& a, const auto& b) {
        return a.first.size() > b.first.size();
      });
    return made;
  }();
  return index;
}

constexpr std::string_view kNumbers[] = {"zero",
                                         "one",
                                         "two",
                                         "three",
                                         "four",
                                         "five",
                                         "six",
                                         "seven",
                                         "eight",
                                         "nine",
                                         "ten",
                                         "eleven",
                                         "twelve"};
constexpr std::string_view kOrdinals[] = {"",
                                          "first",
                                          "second",
                                          "third",
                                          "fourth",
                                          "fifth",
                                          "sixth",
                                          "seventh",
                                          "eighth",
                                          "ninth",
                                          "tenth"};

}  // namespace

PhraseMatch MatchRelation(const std::vector<Word>& words, size_t at) {
  const auto it = Index().find(words[at].text);
  if (it == Index().end()) return {};
  for (const auto& [phrase_words, phrase] : it->second) {
    if (at + phrase_words.size() > words.size()) continue;
    bool equal = true;
    for (size_t i = 0; i < phrase_words.size() && equal; ++i)
      equal = words[at + i].text == phrase_words[i];
    if (equal) return {.phrase = phrase, .length = phrase_words.size()};
  }
  return {};
}

std::optional<int> OrdinalOf(std::string_view word) {
  for (size_t i = 1; i < std::size(kOrdinals); ++i)
    if (word == kOrdinals[i]) return static_cast<int>(i);
  if (word.size() >= 3 && word[0] >= '1' && word[0] <= '9' &&
      (word.ends_with("st") || word.ends_with("nd") || word.ends_with("rd") ||
       word.ends_with("th")))
    if (const auto n = ParseInt(word.substr(0, word.size() - 2)); n && *n < 20)
      return static_cast<int>(*n);
  return std::nullopt;
}

std::optional<int> NumberOf(std::string_view word) {
  for (size_t i = 0; i < std::size(kNumbers); ++i)
    if (word == kNumbers[i]) return static_cast<int>(i);
  if (const auto n = ParseInt(word); n && *n >= 0 && *n < 100) return static_cast<int>(*n);
  return std::nullopt;
}

}  // namespace spatium
