#pragma once
#include <initializer_list>
#include <string_view>
#include <vector>

#include "spatium/grounding/parse.h"

namespace spatium {

bool IsWord(const Word& word, std::initializer_list<std::string_view> list);
bool IsArticle(const Word& word);  // and what stands in an article's place: "this", "both"
bool IsPronoun(const Word& word);
bool IsFacing(const Word& word);  // "looking", "facing": what an observer does

// Mentions: the longest names, none overlapping. A name right before another belongs to it
// ("kitchen chair" is found as such or by its last word).
//   scene_names  names of things here, whatever the lexicon knows; may be null
//   structure    walls and floors count as well, where the scene has them
std::vector<Mention> FindMentions(const std::vector<Word>& words,
                                  const Lexicon& lexicon,
                                  const NameSet* scene_names,
                                  bool structure);

}  // namespace spatium
