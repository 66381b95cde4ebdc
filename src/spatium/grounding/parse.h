#pragma once
#include <array>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "spatium/base/json.h"
#include "spatium/grounding/lexicon.h"
#include "spatium/grounding/words.h"

namespace spatium {

// What a clause says of the target, with an anchor ("next to the desk") or alone ("the leftmost").
enum class Relation {
  kNear,
  kFar,
  kOn,
  kUnder,
  kAbove,
  kBelow,
  kIn,
  kLeft,
  kRight,
  kFront,
  kBehind,
  kBetween,
  kOpposite,
  kFacing,
  kAround,
  kWith,  // kWith: the anchor belongs to the target ("with books on it")
  kCorner,
  kWall,
  kMiddle,
  kAlone,
  kRow,  // without an anchor
  kBig,
  kSmall,
  kTall,
  kShort,
  kLong,
  kNarrow,
  kWide,
  kRound,
  kSquare,
  kHigh,
  kLow,
  kEnd,
  kEast,
  kWest,
  kNorth,
  kSouth
};
inline constexpr size_t kNumRelations = static_cast<size_t>(Relation::kSouth) + 1;
std::string_view Name(Relation relation);  // "near", "left", ...
bool TakesAnchor(Relation relation);

// A thing that the sentence names.
struct Mention {
  size_t begin = 0, end = 0;  // words
  std::string name;           // normalised: "office chair"
  bool plural = false;
  std::optional<int> count;          // "three monitors"
  std::vector<Relation> attributes;  // of an anchor: "the tall cabinet", "the upper shelf"
};

struct Clause {
  Relation relation = Relation::kNear;
  std::vector<int> anchors;    // mentions; two for kBetween; empty: of the target alone
  bool superlative = false;    // "closest", "leftmost", "largest"
  bool negated = false;        // "not next to"
  std::optional<int> ordinal;  // "second from the left": 2; from the end that the relation names
  std::string text;
};

// The logical form of one sentence. Mention indices are into `mentions`.
struct Parse {
  std::vector<Word> words;
  std::vector<Mention> mentions;
  int target = -1;  // -1: no thing named
  std::vector<Clause> clauses;
  int facing = -1;           // "facing the desk": the observer looks at this mention
  int standing_at = -1;      // "standing at the door"
  bool entering = false;     // "when you enter the room"
  std::optional<int> count;  // "one of the two chairs": how many alike
};

// Rules over words, no learning: mentions by the lexicon, clauses by a list of relation phrases
// that attach to the target unless the order of words says otherwise ("a lamp is to the left of
// it"). Any text gives a parse, an empty one if nothing is understood. Linear in the number of
// words.
//   scene_names  normalised labels of the scene: names of things here, whatever the lexicon knows
using NameSet = std::unordered_set<std::string>;
Parse ParseSentence(std::string_view sentence,
                    const Lexicon& lexicon,
                    const NameSet* scene_names = nullptr);

// The parse as `ground` prints it.
Json ToJson(const Parse& parse);

}  // namespace spatium
