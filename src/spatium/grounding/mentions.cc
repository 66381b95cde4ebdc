#include "spatium/grounding/mentions.h"

#include <algorithm>

#include "spatium/grounding/parse_lexicon.h"

namespace spatium {

bool IsWord(const Word& word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word.text) != list.end();
}

bool IsArticle(const Word& w) {
  return IsWord(w,
                {"the",
                 "a",
                 "an",
                 "this",
                 "that",
                 "these",
                 "those",
                 "its",
                 "their",
                 "your",
                 "another",
                 "other",
                 "both",
                 "all",
                 "some",
                 "each",
                 "any"});
}
bool IsPronoun(const Word& w) { return IsWord(w, {"it", "them", "which"}); }

bool IsFacing(const Word& w) {
  return IsWord(w, {"facing", "face", "look", "looking", "viewing", "view", "staring", "watching"});
}

namespace {

// Words that name no thing here, although the lexicon has them as names ("back", "front", "top").
bool NeverAName(const Word& w) {
  return IsWord(
      w, {"one",   "object",  "thing",     "item",      "room",  "top",     "back",   "front",
          "left",  "right",   "end",       "side",      "wall",  "floor",   "ground", "ceiling",
          "step",  "exit",    "range",     "case",      "wood",  "plastic", "weight", "art",
          "iron",  "garbage", "structure", "furniture", "stand", "bar",     "can",    "tap",
          "scale", "safe",    "machine",   "map"});
}

// A scene may hold a "bar" or a "case", but these words are not used for things even there.
bool NeverInAnyScene(const Word& w) {
  return IsWord(w, {"one",     "object", "thing", "item", "room", "top",       "back",     "front",
                    "left",    "right",  "end",   "side", "wall", "floor",     "ground",   "can",
                    "ceiling", "step",   "range", "wood", "art",  "structure", "furniture"});
}

bool FollowsFacing(const std::vector<Word>& words, size_t at) {
  constexpr size_t kReach = 3;
  for (size_t back = 1; back <= kReach && back <= at; ++back)
    if (IsFacing(words[at - back])) return true;
  return false;
}

}  // namespace

std::vector<Mention> FindMentions(const std::vector<Word>& words,
                                  const Lexicon& lexicon,
                                  const NameSet* scene_names,
                                  bool structure) {
  std::vector<Mention> mentions;
  for (size_t at = 0; at < words.size(); ++at) {
    size_t best = 0;
    std::string best_name;
    std::string name;
    for (size_t n = 1; n <= Lexicon::kMaxNameWords && at + n <= words.size(); ++n) {
      if (words[at + n - 1].text == "." || words[at + n - 1].text == ",") break;
      if (n > 1) name += ' ';
      name += words[at + n - 1].lemma;
      const bool in_scene = scene_names != nullptr && scene_names->contains(name);
      const bool banned =
          n == 1 && (in_scene ? !structure && NeverInAnyScene(words[at]) : NeverAName(words[at]));
      if ((in_scene || lexicon.IsObjectName(name)) && !banned) {
        best = n;
        best_name = name;
      }
    }
    // "the can" is the trash can; "can" alone is a verb.
    if (best == 0 && words[at].lemma == "can" && at > 0 && IsArticle(words[at - 1])) {
      best = 1;
      best_name = "trash can";
    }
    if (best == 0) continue;
    const Word& last = words[at + best - 1];
    mentions.push_back({.begin = at,
                        .end = at + best,
                        .name = best_name,
                        .plural = last.text != last.lemma,
                        .count = {},
                        .attributes = {}});
    constexpr size_t kCountReach = 3;  // "three black office chairs"
    for (size_t back = 1; back <= kCountReach && back <= at; ++back) {
      if (words[at - back].text == "." || words[at - back].text == ",") break;
      if (const auto n = NumberOf(words[at - back].text); n && *n >= 2) {
        mentions.back().count = n;
        break;
      }
    }
    // "computer box", "kitchen table": of two names in a row the last is the thing; but "facing the
    // door chair on the left" leaves out a comma.
    if (mentions.size() >= 2 && mentions[mentions.size() - 2].end == at &&
        !FollowsFacing(words, mentions[mentions.size() - 2].begin))
      mentions.erase(mentions.end() - 2);
    at += best - 1;
  }
  return mentions;
}

}  // namespace spatium
