#include "spatium/metrics/spatial457.h"

#include <algorithm>
#include <array>

#include "spatium/metrics/regex.h"

namespace spatium {
namespace {

using py::Regex;
using py::Str;
using py::View;

constexpr View kNumberWords[] = {U"zero",
                                 U"one",
                                 U"two",
                                 U"three",
                                 U"four",
                                 U"five",
                                 U"six",
                                 U"seven",
                                 U"eight",
                                 U"nine",
                                 U"ten"};

// Each row: subtypes of a vehicle, by their first word.
constexpr std::array<View, 7> kVehicles[] = {
    {U"suv", U"wagon", U"minivan", U"sedan", U"truck", U"addi", U"car"},
    {U"articulated", U"regular", U"double", U"school", U"bus"},
    {U"chopper", U"dirtbike", U"scooter", U"cruiser", U"motorbike"},
    {U"jet", U"fighter", U"biplane", U"airliner", U"aeroplane"},
    {U"road", U"utility", U"mountain", U"tandem", U"bicycle"}};

// "zero" … "ten" as digits, else "".
Str DigitsOf(View word) {
  const auto it = std::find(std::begin(kNumberWords), std::end(kNumberWords), word);
  if (it == std::end(kNumberWords)) return {};
  const auto n = it - std::begin(kNumberWords);
  return n == 10 ? U"10" : Str(1, U'0' + static_cast<char32_t>(n));
}

int VehicleOf(View answer) {
  const Str lower = py::Lower(answer);
  const View word = py::FirstPiece(lower, U" ");
  if (word.empty()) return -1;
  for (size_t i = 0; i < std::size(kVehicles); ++i)
    if (std::find(kVehicles[i].begin(), kVehicles[i].end(), word) != kVehicles[i].end())
      return static_cast<int>(i);
  return -1;
}

}  // namespace

Str Spatial457Answer(View reply) {
  static const Regex kPatterns[] = {
      Regex(UR"(['"]?Answer['"]?\s*[:=]\s*['"]([^'"]+)['"])", Regex::kIgnoreCase),
      Regex(UR"(Answer['"]?\s*:\s*['"]?(\w+))", Regex::kIgnoreCase),
      Regex(UR"(['"]Answer['"]:\s*(\d+))", Regex::kIgnoreCase)};
  for (const Regex& pattern : kPatterns) {
    if (const auto match = pattern.Search(reply)) return Str(py::Strip(match->Group(1)));
  }
  return Str(py::Strip(reply));
}

std::optional<bool> Spatial457Correct(View gold, View answer) {
  const Str a = py::Lower(py::Strip(gold)), b = py::Lower(py::Strip(answer));
  if (a == b) return true;
  const auto in = [](const Str& text, std::initializer_list<View> words) {
    return std::find(words.begin(), words.end(), View(text)) != words.end();
  };
  if (in(a, {U"yes", U"true", U"1"}) && in(b, {U"yes", U"true", U"1"})) return true;
  if (in(a, {U"no", U"false", U"0"}) && in(b, {U"no", U"false", U"0"})) return true;
  if (!py::IsDigitText(a) || !py::IsDigitText(b)) return false;
  const auto x = py::ParseInt(a), y = py::ParseInt(b);
  if (!x || !y) return std::nullopt;
  return x->i64 && y->i64 ? *x->i64 == *y->i64 : x->value == y->value;
}

Str Spatial457KitAnswer(View reply) {
  static const Regex kPatterns[] = {
      Regex(U"Answer': '(.*?)'"), Regex(U"Answer\": \"(.*?)\""), Regex(U"Answer': (\\d)")};
  for (const Regex& pattern : kPatterns) {
    if (const auto match = pattern.Search(reply)) return Str(match->Group(1));
  }
  return Str(reply);
}

bool Spatial457KitCorrect(View gold, View answer) {
  const Str lower_gold = py::Lower(gold);
  Str text(answer);
  if (py::Lower(text) == U"none") text = U"no";
  const Str lower = py::Lower(text);
  if (lower == lower_gold) return true;
  if (text == U"0" && gold == U"No") return true;
  if (const Str digits = DigitsOf(lower); !digits.empty() && digits == gold) return true;
  if (lower_gold == U"yes" && text.size() == 1 && text[0] >= U'1' && text[0] <= U'9') return true;
  const int vehicle = VehicleOf(text);
  return vehicle >= 0 && vehicle == VehicleOf(gold);
}

bool Spatial457StrictCorrect(View gold, View reply) {
  const auto normal = [](View text) {
    const Str word = py::Lower(py::Strip(py::Strip(text), U" .*"));
    const Str digits = DigitsOf(word);
    return digits.empty() ? word : digits;
  };
  return normal(Spatial457Answer(reply)) == normal(gold);
}

}  // namespace spatium
