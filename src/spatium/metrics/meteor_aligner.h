#pragma once
#include <span>
#include <vector>

namespace spatium {

// A match of words [test, test + test_length) with [ref, ref + ref_length).
struct MeteorMatch {
  int test = 0, test_length = 1;
  int ref = 0, ref_length = 1;
  int module = 0;  // MeteorStats::Module
};

// Chooses matches that cover each word at most once, by beam search over the reference's words,
// as METEOR 1.5's jar does (found from its outputs: the alignments that it writes of made-up lines
// under made-up paraphrase tables and many widths of the beam). A match that is the only one to
// cover its words is always taken. Every other word of the reference starts each of its candidates
// that is still free, or none. Paths are ordered by
//   1. worth, more first: 2 for an exact match, else half of each side's length, rounded down (so
//      that a match of two single words is worth nothing);
//   2. chunks that have ended, fewer first; one ends at a word that does not go on from it;
//   3. displacement passed over, less first: of the candidates that a path could have taken before
//      the one that it took, |test - ref| summed (that of what it took does not count);
//   4. the order of their parents, then of the candidates, then none,
// and the first 40 go on. At the end chunks that are still open have ended too.
//   candidates  sorted by ref; those of one word in the order in which they are tried: exact, stem,
//               synonym, by test; then paraphrases (meteor.cc). One listed twice is two.
std::vector<MeteorMatch> AlignMeteor(std::span<const MeteorMatch> candidates,
                                     int test_words,
                                     int ref_words);
// Runs of matches that are next to each other on both sides.
int CountChunks(std::span<const MeteorMatch> matches);

}  // namespace spatium
