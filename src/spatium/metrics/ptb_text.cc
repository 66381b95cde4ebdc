#include "spatium/metrics/ptb_text.h"

#include <unordered_set>

#include "spatium/base/text.h"

namespace spatium::ptb {
namespace {

// Abbreviations that keep their period, found by trying words on the reference tokenizer: always,
// and among those the ones that may end a sentence; only with a capital (which may, too); only
// before a digit.
constexpr std::string_view kAbbreviations =
    "cf dr ft lt mr ms mt ph st vs wm adj adm adv ave cie col cpl det drs ens gen gov hon "
    "jos maj mfg mme mrs mtg pfc pvt rep rev sen sfc sgt spc ste alex asst atty brig capt "
    "cmdr dept elec govs insp invt mlle msgr natl pres prof reps sens supt comdr messrs "
    "lieut assoc profs attys ";
constexpr std::string_view kFinalAbbreviations =
    "al co ct ga jr ky md mo rd rt sq sr va vt ala apr aug bhd cos dak dec esq est etc ext "
    "feb fla fri inc ind jan jul jun kan ltd mar mon neb nev nov oct plc pte pty sep seq sys "
    "tel thu tue wed wis wyo ariz assn bldg blvd bros colo conn corp intl kans mich minn "
    "mont okla penn ppte ppty ptes ptys sept tenn tues univ wisc calif bancorp thurs ";
constexpr std::string_view kCapitalAbbreviations = "az la pa ark del ill ore tex mass miss wash";
// Words that begin a sentence where, with a capital, they follow a single letter and a period.
constexpr std::string_view kStarters =
    "a about according additionally after an as at but earlier he her here however if in it last "
    "many more now once one other our she since so some such that the their then there these they "
    "this we what when while yet you";
// Endings of files whose names are one token.
constexpr std::string_view kFileEndings =
    "bat bmp c cgi class cpp dll doc docx exe gif gz h htm html jar java jpeg jpg mov mp3 pdf php "
    "pl "
    "png ppt ps py sql tar txt wav x xml zip";
constexpr std::string_view kNumberAbbreviations = "ca no op pp art nos fig figs prop";

struct Range {
  char32_t low, high;
};
// Signs outside ASCII that are tokens of their own; other signs are dropped like blanks.
constexpr Range kSigns[] = {
    {0xa1, 0xa1},     {0xa5, 0xa9},     {0xac, 0xac},     {0xae, 0xb4},     {0xb6, 0xb9},
    {0xbf, 0xbf},     {0xd7, 0xd7},     {0xf7, 0xf7},     {0x37e, 0x37e},   {0x387, 0x387},
    {0x589, 0x589},   {0x5be, 0x5be},   {0x5c0, 0x5c0},   {0x5c3, 0x5c3},   {0x5c6, 0x5c6},
    {0x5f3, 0x5f4},   {0x600, 0x603},   {0x606, 0x60c},   {0x614, 0x614},   {0x61b, 0x61b},
    {0x61e, 0x61f},   {0x66a, 0x66a},   {0x66d, 0x66d},   {0x6d4, 0x6d4},   {0x700, 0x70d},
    {0x7f6, 0x7f8},   {0x964, 0x965},   {0xe3f, 0xe3f},   {0xe4f, 0xe4f},   {0x1fbd, 0x1fbd},
    {0x2016, 0x2017}, {0x201a, 0x201a}, {0x201e, 0x2023}, {0x2030, 0x2038}, {0x203b, 0x203b},
    {0x203e, 0x2042}, {0x2044, 0x2044}, {0x2070, 0x2070}, {0x2074, 0x207e}, {0x2080, 0x208e},
    {0x20a4, 0x20a4}, {0x2100, 0x2101}, {0x2103, 0x2106}, {0x2108, 0x2109}, {0x2114, 0x2114},
    {0x2116, 0x2118}, {0x211e, 0x2123}, {0x2125, 0x2125}, {0x2127, 0x2127}, {0x2129, 0x2129},
    {0x212e, 0x212e}, {0x213a, 0x213b}, {0x2140, 0x2144}, {0x214a, 0x214d}, {0x214f, 0x214f},
    {0x2155, 0x215e}, {0x2190, 0x2bff}, {0x3001, 0x3002}, {0x3012, 0x3012}, {0x30fb, 0x30fb},
    {0xff01, 0xff0f}, {0xff1a, 0xff20}, {0xff3b, 0xff40}, {0xff5b, 0xff65}, {0xffe0, 0xffe1},
    {0xffe5, 0xffe6}};

struct SignText {
  char32_t sign;
  py::View token;
};
constexpr SignText kReplacements[] = {
    {U'(', U"-lrb-"}, {U')', U"-rrb-"}, {U'[', U"-lsb-"}, {U']', U"-rsb-"}, {U'{', U"-lcb-"},
    {U'}', U"-rcb-"}, {0xa2, U"cents"}, {0xa3, U"#"},     {0xa4, U"$"},     {0x20a0, U"$"},
    {0x20ac, U"$"},   {0xbc, U"1/4"},   {0xbd, U"1/2"},   {0xbe, U"3/4"},   {0x2153, U"1/3"},
    {0x2154, U"2/3"}, {U'.', U""},      {U',', U""},      {U':', U""},      {U';', U""},
    {U'?', U""},      {U'!', U""},      {U'-', U""},      {U'\'', U""},     {U'"', U""},
    {U'`', U""},      {0x2013, U""},    {0x2014, U""},    {0x2015, U""},    {0x2026, U""},
    {0x2018, U""},    {0x2019, U""},    {0x201b, U""},    {0x2039, U""},    {0x203a, U""},
    {0xab, U""},      {0xbb, U""},      {0x201c, U""},    {0x201d, U""}};

std::unordered_set<std::string> Words(std::string_view list) {
  std::unordered_set<std::string> out;
  for (const std::string_view word : SplitWhitespace(list)) out.emplace(word);
  return out;
}

}  // namespace

bool IsAsciiLetter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
bool IsAsciiDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

bool IsSign(char32_t c) {
  if (c < 0x80) return c > U' ' && !IsAsciiLetter(c) && !IsAsciiDigit(c);
  for (const Range& range : kSigns) {
    if (c >= range.low && c <= range.high) return true;
  }
  return false;
}

bool IsLetter(char32_t c) {
  if (c < 0x80) return IsAsciiLetter(c);
  if (c > 0xffff || IsSign(c) || (c >= 0xfe00 && c <= 0xfe0f)) return false;  // nor selectors
  return py::IsAlpha(c) || py::IsMark(c) || py::IsDecimal(c);
}
bool IsAlnum(char32_t c) { return IsAsciiDigit(c) || IsLetter(c); }

py::View QuoteText(char32_t quote) {
  switch (quote) {
    case 0x201c:
    case 0xab:
      return U"``";
    case 0x201d:
    case 0xbb:
      return U"''";
    case 0x2018:
    case 0x201b:
    case 0x2039:
    case U'`':
      return U"`";
    case 0x2019:
    case 0x203a:
      return U"'";
    case 0x201e:
      return U"\u201e";
    case 0x201a:
      return U"\u201a";
    case 0x201f:
      return U"\u201f";
    default:
      return {};
  }
}

const py::View* Replacement(char32_t sign) {
  for (const SignText& entry : kReplacements) {
    if (entry.sign == sign) return &entry.token;
  }
  return nullptr;
}

Abbreviation AbbreviationKind(const std::string& lower_word) {
  static const auto always = Words(kAbbreviations);
  static const auto final = Words(kFinalAbbreviations);
  static const auto capital = Words(kCapitalAbbreviations);
  static const auto before_digit = Words(kNumberAbbreviations);
  if (always.contains(lower_word)) return Abbreviation::kAlways;
  if (final.contains(lower_word)) return Abbreviation::kFinal;
  if (capital.contains(lower_word)) return Abbreviation::kCapital;
  return before_digit.contains(lower_word) ? Abbreviation::kBeforeDigit : Abbreviation::kNone;
}

bool IsFileEnding(py::View lower_ending) {
  static const auto endings = Words(kFileEndings);
  return endings.contains(py::ToUtf8(lower_ending));
}

bool StartsSentences(const std::string& lower_word) {
  static const auto starters = Words(kStarters);
  return starters.contains(lower_word);
}

}  // namespace spatium::ptb
