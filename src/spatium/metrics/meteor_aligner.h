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

// Chooses matches that cover each word at most once. A match that is the only one to cover its
// words is always taken. Of the rest: as many exact matches as possible, then as few chunks, then
// as many words, then as little displacement, by beam search over the reference.
//   candidates  sorted by ref, then by the order of preference
std::vector<MeteorMatch> AlignMeteor(std::span<const MeteorMatch> candidates,
                                     int test_words,
                                     int ref_words);
// Runs of matches that are next to each other on both sides.
int CountChunks(std::span<const MeteorMatch> matches);

}  // namespace spatium
