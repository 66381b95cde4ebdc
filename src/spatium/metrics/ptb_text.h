#pragma once
#include <string>
#include <string_view>

#include "spatium/metrics/python.h"

// Characters and words as the Penn Treebank tokenizer of CoreNLP 3.4.1 treats them, found by trying
// them on it.
namespace spatium::ptb {

bool IsAsciiLetter(char32_t c);
bool IsAsciiDigit(char32_t c);
// Letters of words: also marks and digits of other scripts.
bool IsLetter(char32_t c);
bool IsAlnum(char32_t c);
// A typewriter or a curly apostrophe.
inline bool IsApostrophe(char32_t c) { return c == U'\'' || c == 0x2019; }
// A hyphen that joins words: "-" and its Unicode twins.
inline bool IsHyphen(char32_t c) { return c == U'-' || c == 0x2010 || c == 0x2011; }
// A sign that is a token of its own; other characters outside ASCII are dropped like blanks.
bool IsSign(char32_t c);
// What a quotation mark, but a typewriter's, is written as; empty for other characters.
py::View QuoteText(char32_t quote);
// What a sign is written as; "" for punctuation, which is dropped; null for one that stays.
const py::View* Replacement(char32_t sign);

// Abbreviations by what lets them keep their period: nothing, a capital, a digit behind. Those that
// may end a sentence (kFinal, kCapital) look two characters ahead.
enum class Abbreviation { kNone, kAlways, kFinal, kCapital, kBeforeDigit };
Abbreviation AbbreviationKind(const std::string& lower_word);
// Whether files that end so ("txt") are one token, with their name.
bool IsFileEnding(py::View lower_ending);
// Words that begin a sentence where, with a capital, they follow a single letter and a period.
bool StartsSentences(const std::string& lower_word);

}  // namespace spatium::ptb
