#include <algorithm>

#include "spatium/metrics/answer_match.h"

namespace spatium {
namespace {

using py::Str;
using py::View;

struct WordPair {
  View from, to;
};
// The contractions of the VQA evaluation's answer normaliser, as ScanQA uses it (a data table).
// Source: MILVLG/mcan-vqa, core/data/ans_punct.py, by way of ATR-DBI/ScanQA.
constexpr WordPair kContractions[] = {{U"aint", U"ain't"},
                                      {U"arent", U"aren't"},
                                      {U"cant", U"can't"},
                                      {U"couldve", U"could've"},
                                      {U"couldnt", U"couldn't"},
                                      {U"couldn'tve", U"couldn't've"},
                                      {U"couldnt've", U"couldn't've"},
                                      {U"didnt", U"didn't"},
                                      {U"doesnt", U"doesn't"},
                                      {U"dont", U"don't"},
                                      {U"hadnt", U"hadn't"},
                                      {U"hadnt've", U"hadn't've"},
                                      {U"hadn'tve", U"hadn't've"},
                                      {U"hasnt", U"hasn't"},
                                      {U"havent", U"haven't"},
                                      {U"hed", U"he'd"},
                                      {U"hed've", U"he'd've"},
                                      {U"he'dve", U"he'd've"},
                                      {U"hes", U"he's"},
                                      {U"howd", U"how'd"},
                                      {U"howll", U"how'll"},
                                      {U"hows", U"how's"},
                                      {U"Id've", U"I'd've"},
                                      {U"I'dve", U"I'd've"},
                                      {U"Im", U"I'm"},
                                      {U"Ive", U"I've"},
                                      {U"isnt", U"isn't"},
                                      {U"itd", U"it'd"},
                                      {U"itd've", U"it'd've"},
                                      {U"it'dve", U"it'd've"},
                                      {U"itll", U"it'll"},
                                      {U"let's", U"let's"},
                                      {U"maam", U"ma'am"},
                                      {U"mightnt", U"mightn't"},
                                      {U"mightnt've", U"mightn't've"},
                                      {U"mightn'tve", U"mightn't've"},
                                      {U"mightve", U"might've"},
                                      {U"mustnt", U"mustn't"},
                                      {U"mustve", U"must've"},
                                      {U"neednt", U"needn't"},
                                      {U"notve", U"not've"},
                                      {U"oclock", U"o'clock"},
                                      {U"oughtnt", U"oughtn't"},
                                      {U"ow's'at", U"'ow's'at"},
                                      {U"'ows'at", U"'ow's'at"},
                                      {U"'ow'sat", U"'ow's'at"},
                                      {U"shant", U"shan't"},
                                      {U"shed've", U"she'd've"},
                                      {U"she'dve", U"she'd've"},
                                      {U"she's", U"she's"},
                                      {U"shouldve", U"should've"},
                                      {U"shouldnt", U"shouldn't"},
                                      {U"shouldnt've", U"shouldn't've"},
                                      {U"shouldn'tve", U"shouldn't've"},
                                      {U"somebody'd", U"somebodyd"},
                                      {U"somebodyd've", U"somebody'd've"},
                                      {U"somebody'dve", U"somebody'd've"},
                                      {U"somebodyll", U"somebody'll"},
                                      {U"somebodys", U"somebody's"},
                                      {U"someoned", U"someone'd"},
                                      {U"someoned've", U"someone'd've"},
                                      {U"someone'dve", U"someone'd've"},
                                      {U"someonell", U"someone'll"},
                                      {U"someones", U"someone's"},
                                      {U"somethingd", U"something'd"},
                                      {U"somethingd've", U"something'd've"},
                                      {U"something'dve", U"something'd've"},
                                      {U"somethingll", U"something'll"},
                                      {U"thats", U"that's"},
                                      {U"thered", U"there'd"},
                                      {U"thered've", U"there'd've"},
                                      {U"there'dve", U"there'd've"},
                                      {U"therere", U"there're"},
                                      {U"theres", U"there's"},
                                      {U"theyd", U"they'd"},
                                      {U"theyd've", U"they'd've"},
                                      {U"they'dve", U"they'd've"},
                                      {U"theyll", U"they'll"},
                                      {U"theyre", U"they're"},
                                      {U"theyve", U"they've"},
                                      {U"twas", U"'twas"},
                                      {U"wasnt", U"wasn't"},
                                      {U"wed've", U"we'd've"},
                                      {U"we'dve", U"we'd've"},
                                      {U"weve", U"we've"},
                                      {U"werent", U"weren't"},
                                      {U"whatll", U"what'll"},
                                      {U"whatre", U"what're"},
                                      {U"whats", U"what's"},
                                      {U"whatve", U"what've"},
                                      {U"whens", U"when's"},
                                      {U"whered", U"where'd"},
                                      {U"wheres", U"where's"},
                                      {U"whereve", U"where've"},
                                      {U"whod", U"who'd"},
                                      {U"whod've", U"who'd've"},
                                      {U"who'dve", U"who'd've"},
                                      {U"wholl", U"who'll"},
                                      {U"whos", U"who's"},
                                      {U"whove", U"who've"},
                                      {U"whyll", U"why'll"},
                                      {U"whyre", U"why're"},
                                      {U"whys", U"why's"},
                                      {U"wont", U"won't"},
                                      {U"wouldve", U"would've"},
                                      {U"wouldnt", U"wouldn't"},
                                      {U"wouldnt've", U"wouldn't've"},
                                      {U"wouldn'tve", U"wouldn't've"},
                                      {U"yall", U"y'all"},
                                      {U"yall'll", U"y'all'll"},
                                      {U"y'allll", U"y'all'll"},
                                      {U"yall'd've", U"y'all'd've"},
                                      {U"y'alld've", U"y'all'd've"},
                                      {U"y'all'dve", U"y'all'd've"},
                                      {U"youd", U"you'd"},
                                      {U"youd've", U"you'd've"},
                                      {U"you'dve", U"you'd've"},
                                      {U"youll", U"you'll"},
                                      {U"youre", U"you're"},
                                      {U"youve", U"you've"}};
constexpr WordPair kDigits[] = {{U"none", U"0"},
                                {U"zero", U"0"},
                                {U"one", U"1"},
                                {U"two", U"2"},
                                {U"three", U"3"},
                                {U"four", U"4"},
                                {U"five", U"5"},
                                {U"six", U"6"},
                                {U"seven", U"7"},
                                {U"eight", U"8"},
                                {U"nine", U"9"},
                                {U"ten", U"10"}};
constexpr View kPunctuation = U";/[]\"{}()=+\\_-><@`,?!";
constexpr int kMaxPeriods = 32;  // the script passes re.UNICODE where `count` belongs

template <size_t kN>
View Lookup(const WordPair (&pairs)[kN], View word) {
  for (const auto& [from, to] : pairs) {
    if (word == from) return to;
  }
  return word;
}

bool HasDigitCommaDigit(View text) {
  for (size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == U',' && py::IsDecimal(text[i - 1]) && py::IsDecimal(text[i + 1])) return true;
  }
  return false;
}

// Each sign becomes a blank, or nothing if it stands beside one somewhere in the text.
Str ProcessPunctuation(View text) {
  const bool comma_number = HasDigitCommaDigit(text);
  Str out(text);
  for (const char32_t c : kPunctuation) {
    const Str sign(1, c);
    const bool beside_blank = py::Contains(text, sign + U" ") || py::Contains(text, U" " + sign);
    out = py::Replace(out, sign, beside_blank || comma_number ? View() : View(U" "));
  }
  Str kept;
  int removed = 0;
  for (size_t i = 0; i < out.size(); ++i) {
    const bool before_digit = i + 1 < out.size() && py::IsDecimal(out[i + 1]);
    if (out[i] == U'.' && !before_digit && removed < kMaxPeriods) {
      ++removed;
    } else {
      kept += out[i];
    }
  }
  return kept;
}

}  // namespace

Str ScanQaPrepareAnswer(View answer) {
  Str out;
  const Str lower = py::Lower(ProcessPunctuation(answer));
  for (const View raw : py::Split(lower)) {
    const View word = Lookup(kDigits, raw);
    if (word == U"a" || word == U"an" || word == U"the") continue;
    if (!out.empty()) out += U' ';
    out += Lookup(kContractions, word);
  }
  return py::Replace(out, U",", U"");
}

}  // namespace spatium
