#include "spatium/grounding/parse.h"

#include <algorithm>
#include <set>

#include "spatium/base/text.h"
#include "spatium/grounding/mentions.h"
#include "spatium/grounding/parse_lexicon.h"

namespace spatium {
namespace {

constexpr std::string_view kNames[kNumRelations] = {
    "near",   "far",   "on",     "under",   "above",    "below",  "in",     "left",
    "right",  "front", "behind", "between", "opposite", "facing", "around", "with",
    "corner", "wall",  "middle", "alone",   "row",      "big",    "small",  "tall",
    "short",  "long",  "narrow", "wide",    "round",    "square", "high",   "low",
    "end",    "east",  "west",   "north",   "south"};

class Parser {
 public:
  Parser(std::string_view sentence, const Lexicon& lexicon, const NameSet* scene_names) {
    parse_.words = SplitWords(sentence);
    parse_.mentions = FindMentions(parse_.words, lexicon, scene_names, false);
    // "the ceiling": said with nothing else, it is a thing.
    if (parse_.mentions.empty())
      parse_.mentions = FindMentions(parse_.words, lexicon, scene_names, true);
    used_.assign(parse_.mentions.size(), false);
  }

  Parse Run() {
    FindObserver();
    FindTarget();
    FindClauses();
    return std::move(parse_);
  }

 private:
  const Word& W(size_t i) const { return parse_.words[i]; }
  size_t size() const { return parse_.words.size(); }
  bool IsStop(size_t i) const { return W(i).text == "." || W(i).text == ","; }

  // The first mention that starts in [at, at + reach), before a full stop.
  int MentionFrom(size_t at, size_t reach) const {
    for (size_t i = at; i < std::min(size(), at + reach); ++i) {
      if (W(i).text == ".") return -1;
      for (size_t m = 0; m < parse_.mentions.size(); ++m)
        if (parse_.mentions[m].begin == i) return static_cast<int>(m);
    }
    return -1;
  }

  // "facing the desk", "looking at the beds", "when you enter", "standing at the door".
  void FindObserver() {
    constexpr size_t kReach = 7;
    for (size_t i = 0; i < size(); ++i) {
      const bool face = IsFacing(W(i)) && !(i + 1 < size() && IsWord(W(i + 1), {"for"}));
      bool stand = IsWord(W(i), {"standing", "stand", "sitting", "sit", "laying", "lying"}) &&
                   i > 0 && !IsWord(W(i - 1), {"night", "tv", "is", "light", "music"});
      if (IsWord(W(i), {"enter", "entering", "walk", "walking", "coming", "come", "entered"}))
        parse_.entering = stand = true;
      // "from the door": where one looks from, unless something is far from it.
      if (IsWord(W(i), {"from"}) &&
          (i == 0 || IsStop(i - 1) || IsWord(W(i - 1), {"room", "when", "as"})))
        stand = true;
      if (!face && !stand) continue;
      // "the chair facing the window" speaks of the chair: a mention right before takes the word.
      const bool after_mention =
          std::any_of(parse_.mentions.begin(), parse_.mentions.end(), [&](const Mention& m) {
            return m.end == i ||
                   (m.end + 1 == i && IsWord(W(i - 1), {"is", "that", "are", "which"})) ||
                   (m.end + 2 == i && IsWord(W(i - 1), {"is"}));
          });
      if (after_mention) continue;
      const int mention = MentionFrom(i + 1, kReach);
      if (mention < 0) continue;
      int& slot = face ? parse_.facing : parse_.standing_at;
      if (slot < 0) slot = mention;
      if (stand && mention >= 0 && parse_.facing == mention) parse_.facing = -1;
      used_[static_cast<size_t>(mention)] = true;
      observer_.insert(mention);
      observer_spans_.emplace_back(i, parse_.mentions[static_cast<size_t>(mention)].end);
    }
  }

  // "choose the X", "you are looking for the X": the thing named next is the one meant.
  int MentionAfterCue() const {
    constexpr size_t kReach = 7;
    for (size_t i = size(); i > 0; --i) {
      const size_t at = i - 1;
      const bool cue =
          IsWord(W(at), {"choose", "select", "pick", "find", "want", "need", "locate"}) ||
          (IsWord(W(at), {"for"}) && at > 0 && IsWord(W(at - 1), {"look", "looking"}));
      if (!cue) continue;
      const int mention = MentionFrom(at + 1, kReach);
      if (mention < 0 || observer_.contains(mention)) continue;
      // "find the one between the beds": a relation comes first, so the mention is its anchor.
      bool anchored = false;
      for (size_t k = at + 1; k < parse_.mentions[static_cast<size_t>(mention)].begin; ++k) {
        const PhraseMatch match = MatchRelation(parse_.words, k);
        if (IsWord(W(k), {"one"}) ||
            (match.phrase != nullptr && TakesAnchor(match.phrase->relation) &&
             IsArticle(W(std::min(size() - 1, k + match.length)))))
          anchored = true;
      }
      if (!anchored) return mention;
    }
    return -1;
  }

  // The thing asked for: the first mention that no observer's clause and no relation before it has
  // taken; with "it is the X" and "this is an X" the X.
  void FindTarget() {
    parse_.target = MentionAfterCue();
    if (parse_.target >= 0) {
      used_[static_cast<size_t>(parse_.target)] = true;
      return;
    }
    for (size_t m = 0; m < parse_.mentions.size(); ++m) {
      if (observer_.contains(static_cast<int>(m))) continue;
      const Mention& mention = parse_.mentions[m];
      // A relation phrase between the start of its clause and the mention makes it an anchor,
      // unless only the target's own side words stand there ("the left chair").
      bool anchored = false;
      size_t begin = mention.begin;
      while (begin > 0 && !IsStop(begin - 1) && mention.begin - begin < 5) --begin;
      for (size_t i = begin; i < mention.begin; ++i) {
        const PhraseMatch match = MatchRelation(parse_.words, i);
        if (match.phrase != nullptr && TakesAnchor(match.phrase->relation) &&
            i + match.length < mention.begin && IsArticle(W(i + match.length)))
          anchored = true;
      }
      if (anchored && m + 1 < parse_.mentions.size() && parse_.target < 0) {
        if (fallback_ < 0) fallback_ = static_cast<int>(m);
        continue;
      }
      parse_.target = static_cast<int>(m);
      break;
    }
    if (parse_.target < 0) parse_.target = fallback_;
    // Everything was looked at or stood at: what comes last is what is meant.
    if (parse_.target < 0 && !parse_.mentions.empty())
      parse_.target = static_cast<int>(parse_.mentions.size()) - 1;
    if (parse_.target >= 0) used_[static_cast<size_t>(parse_.target)] = true;
  }

  bool IsTargetName(int m) const {
    return parse_.target >= 0 && parse_.mentions[static_cast<size_t>(m)].name ==
                                     parse_.mentions[static_cast<size_t>(parse_.target)].name;
  }

  bool NegatedBefore(size_t at) const {
    for (size_t i = at; i > 0 && at - i < 3; --i)
      if (IsWord(W(i - 1), {"not", "isn", "no", "without", "aren", "doesn", "nt"})) return true;
    return false;
  }

  std::string TextOf(size_t begin, size_t end) const {
    std::string text;
    for (size_t i = begin; i < end; ++i) text += (i > begin ? " " : "") + W(i).text;
    return text;
  }

  void FindClauses() {
    for (size_t i = 0; i < size(); ++i) {
      if (const auto n = NumberOf(W(i).text); n && *n >= 2 && !parse_.count) parse_.count = n;
      if (const auto ordinal = OrdinalOf(W(i).text)) pending_ordinal_ = {i, *ordinal};
      const bool inside_name =
          std::any_of(parse_.mentions.begin(), parse_.mentions.end(), [&](const Mention& m) {
            return m.begin <= i && i < m.end;
          });
      const bool of_observer =
          std::any_of(observer_spans_.begin(), observer_spans_.end(), [&](const auto& span) {
            return span.first <= i && i < span.second;
          });
      if (inside_name || of_observer) continue;
      const PhraseMatch match = MatchRelation(parse_.words, i);
      if (match.phrase == nullptr) continue;
      AddClause(i, match);
      i += match.length - 1;
    }
  }

  void AddClause(size_t at, const PhraseMatch& match) {
    constexpr size_t kReach = 6;
    const size_t after = at + match.length;
    Clause clause{.relation = match.phrase->relation,
                  .anchors = {},
                  .superlative = match.phrase->superlative,
                  .negated = NegatedBefore(at),
                  .ordinal = {},
                  .text = {}};
    if (pending_ordinal_ && at - pending_ordinal_->first <= 4)
      clause.ordinal = pending_ordinal_->second;
    size_t end = after;
    if (clause.superlative && AddNearObserver(clause, after)) return;
    if (TakesAnchor(clause.relation)) {
      const bool of_it = after < size() && IsPronoun(W(after));
      int anchor = of_it ? -1 : MentionFrom(after, kReach);
      // Not across another relation phrase with its own anchor, nor across a comma.
      if (anchor >= 0) {
        const Mention& mention = parse_.mentions[static_cast<size_t>(anchor)];
        for (size_t i = after; i < mention.begin; ++i) {
          const PhraseMatch other = MatchRelation(parse_.words, i);
          if (W(i).text == "," || (other.phrase != nullptr && TakesAnchor(other.phrase->relation) &&
                                   !IsWord(W(i), {"left", "right", "front", "back", "far"})))
            anchor = -1;
        }
      }
      if (anchor >= 0 && anchor != parse_.target) {
        clause.anchors.push_back(anchor);
        end = parse_.mentions[static_cast<size_t>(anchor)].end;
        if (clause.relation == Relation::kBetween) {
          if (const int second = MentionFrom(end, kReach); second >= 0 && second != parse_.target) {
            clause.anchors.push_back(second);
            end = parse_.mentions[static_cast<size_t>(second)].end;
          }
        }
      } else if (of_it || anchor == parse_.target) {
        // "a lamp is to the left of it": the relation seen from the other end.
        const int other = LastMentionBefore(at);
        const auto inverse = Inverse(clause.relation);
        if (other < 0 || !inverse) return;
        clause.relation = *inverse;
        clause.anchors.push_back(other);
        end = after + 1;
      }
      if (clause.anchors.empty() && !MeansSomethingAlone(clause)) return;
      for (const int m : clause.anchors) used_[static_cast<size_t>(m)] = true;
    } else if (const int owner = AnchorItBelongsTo(after); owner >= 0) {
      parse_.mentions[static_cast<size_t>(owner)].attributes.push_back(clause.relation);
      return;
    } else if (IsCompass(clause.relation) && after < size() && IsWord(W(after), {"of"})) {
      // "north of the table"; alone it is the northernmost.
      if (const int anchor = MentionFrom(after + 1, 4); anchor >= 0 && anchor != parse_.target) {
        clause.anchors.push_back(anchor);
        end = parse_.mentions[static_cast<size_t>(anchor)].end;
      }
    }
    clause.text = TextOf(at, std::min(end, size()));
    parse_.clauses.push_back(std::move(clause));
  }

  // "the chair by the big table": an adjective right before a mention that is not the target.
  int AnchorItBelongsTo(size_t after) const {
    const int next = MentionFrom(after, 3);
    if (next < 0 || next == parse_.target || IsTargetName(next)) return -1;
    for (size_t i = after; i < parse_.mentions[static_cast<size_t>(next)].begin; ++i)
      if (IsArticle(W(i)) || IsStop(i) || IsWord(W(i), {"of", "with", "by"})) return -1;
    return next;
  }

  static bool IsCompass(Relation relation) { return relation >= Relation::kEast; }

  // "closest to you", "the farthest": from where the observer stands, if the sentence says where.
  bool AddNearObserver(Clause& clause, size_t after) {
    if (clause.relation != Relation::kNear && clause.relation != Relation::kFar) return false;
    const bool from_you = after < size() && IsWord(W(after), {"you", "your", "yourself"});
    if (!from_you && MentionFrom(after, 6) >= 0) return false;
    const int where = parse_.standing_at;
    if (where < 0 || where == parse_.target) return false;
    clause.anchors.push_back(where);
    clause.text = TextOf(after - 1, std::min(after + 1, size()));
    parse_.clauses.push_back(std::move(clause));
    return true;
  }

  int LastMentionBefore(size_t at) const {
    int best = -1;
    for (size_t m = 0; m < parse_.mentions.size(); ++m)
      if (parse_.mentions[m].end <= at && static_cast<int>(m) != parse_.target &&
          !IsTargetName(static_cast<int>(m)) && !observer_.contains(static_cast<int>(m)))
        best = static_cast<int>(m);
    return best;
  }

  static bool MeansSomethingAlone(const Clause& clause) {
    switch (clause.relation) {
      case Relation::kLeft:
      case Relation::kRight:
      case Relation::kFront:
      case Relation::kBehind:
        return true;
      case Relation::kFar:
        return clause.superlative;
      default:  // "the closest": to what, nobody can tell
        return false;
    }
  }

  static std::optional<Relation> Inverse(Relation relation) {
    switch (relation) {
      case Relation::kNear:
        return Relation::kNear;
      case Relation::kFar:
        return Relation::kFar;
      case Relation::kOn:
        return Relation::kWith;
      case Relation::kIn:
        return Relation::kWith;
      case Relation::kUnder:
      case Relation::kBelow:
        return Relation::kAbove;
      case Relation::kAbove:
        return Relation::kBelow;
      case Relation::kLeft:
        return Relation::kRight;
      case Relation::kRight:
        return Relation::kLeft;
      case Relation::kFront:
        return Relation::kBehind;
      case Relation::kBehind:
        return Relation::kFront;
      case Relation::kOpposite:
        return Relation::kOpposite;
      case Relation::kAround:
        return Relation::kNear;
      default:
        return std::nullopt;
    }
  }

  Parse parse_;
  std::vector<bool> used_;
  std::set<int> observer_;
  std::vector<std::pair<size_t, size_t>> observer_spans_;  // words
  int fallback_ = -1;
  std::optional<std::pair<size_t, int>> pending_ordinal_;
};

}  // namespace

std::string_view Name(Relation relation) { return kNames[static_cast<size_t>(relation)]; }

bool TakesAnchor(Relation relation) { return relation <= Relation::kWith; }

Parse ParseSentence(std::string_view sentence, const Lexicon& lexicon, const NameSet* scene_names) {
  return Parser(sentence, lexicon, scene_names).Run();
}

Json ToJson(const Parse& parse) {
  const auto name = [&](int m) {
    return m < 0 ? Json() : Json(parse.mentions[static_cast<size_t>(m)].name);
  };
  Json clauses = Json::MakeArray();
  for (const Clause& clause : parse.clauses) {
    Json anchors = Json::MakeArray();
    for (const int m : clause.anchors) anchors.Push(name(m));
    Json row = Json::MakeObject({{"relation", Name(clause.relation)},
                                 {"anchors", std::move(anchors)},
                                 {"text", clause.text}});
    if (clause.superlative) row.Set("superlative", true);
    if (clause.negated) row.Set("negated", true);
    if (clause.ordinal) row.Set("ordinal", *clause.ordinal);
    clauses.Push(std::move(row));
  }
  Json mentions = Json::MakeArray();
  for (const Mention& mention : parse.mentions) mentions.Push(mention.name);
  Json json = Json::MakeObject({{"target", name(parse.target)},
                                {"mentions", std::move(mentions)},
                                {"clauses", std::move(clauses)}});
  if (parse.facing >= 0) json.Set("facing", name(parse.facing));
  if (parse.standing_at >= 0) json.Set("standing_at", name(parse.standing_at));
  if (parse.entering) json.Set("entering", true);
  if (parse.count) json.Set("count", *parse.count);
  return json;
}

}  // namespace spatium
