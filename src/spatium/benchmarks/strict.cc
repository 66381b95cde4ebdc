#include "spatium/benchmarks/strict.h"

#include <algorithm>
#include <vector>

namespace spatium {
namespace {

constexpr size_t kLongestReply = size_t{1} << 16;  // of a longer reply its end is read

py::View Between(py::View text, py::View open, py::View close) {
  const size_t begin = text.rfind(open);
  if (begin == py::View::npos) return {};
  const size_t from = begin + open.size();
  const size_t end = text.find(close, from);
  return text.substr(from, end == py::View::npos ? py::View::npos : end - from);
}

// What the reply says last and most plainly: a tag's content, a box's, what follows "answer is".
py::View Committed(py::View reply) {
  if (reply.size() > kLongestReply) reply.remove_prefix(reply.size() - kLongestReply);
  if (const size_t think = reply.rfind(U"</think>"); think != py::View::npos)
    reply.remove_prefix(think + 8);
  for (const auto& [open, close] :
       {std::pair<py::View, py::View>{U"<answer>", U"</answer>"}, {U"\\boxed{", U"}"}})
    if (const py::View inner = Between(reply, open, close); !py::Strip(inner).empty())
      return py::Strip(inner);
  const py::Scratch scratch = py::Scratch::Lower(reply);
  const py::View lower = scratch;
  for (const py::View phrase :
       {py::View(U"answer is"), py::View(U"answer:"), py::View(U"option ")}) {
    const size_t at = lower.rfind(phrase);
    if (at != py::View::npos && lower.size() == reply.size()) {
      const py::View rest = py::Strip(reply.substr(at + phrase.size()), U" :*\t\n");
      if (!rest.empty()) return rest;
    }
  }
  return py::Strip(reply);
}

}  // namespace

std::optional<py::Str> StrictLetter(py::View reply, size_t num_options) {
  const py::View text = Committed(reply);
  const char32_t last =
      num_options == 0 ? U'Z' : static_cast<char32_t>(U'A' + std::min<size_t>(num_options, 26) - 1);
  const auto is_option = [&](char32_t c) { return c >= U'A' && c <= last; };
  // "B", "(b).", "**C**", "D. left": one letter first, then no word character.
  const py::View bare = py::Strip(text, U" ()[]*.:\"'`\t\n");
  if (bare.size() == 1) {
    const char32_t c = bare[0] >= U'a' && bare[0] <= U'z' ? bare[0] - 32 : bare[0];
    if (is_option(c)) return py::Str(1, c);
    return std::nullopt;
  }
  if (bare.size() > 1 && is_option(bare[0]) && !py::IsWord(bare[1]) && bare[1] != U'\'') {
    const py::View rest = bare.substr(1);
    const bool undecided =
        rest.starts_with(U" or ") || rest.starts_with(U" and ") || rest.starts_with(U"/");
    // "A chair" begins with an article.
    const bool article = bare[0] == U'A' && rest.starts_with(U" ") &&
                         !rest.starts_with(U" because") && !rest.starts_with(U" since") &&
                         !rest.starts_with(U" is ");
    if (!undecided && !article) return py::Str(1, bare[0]);
  }
  // Else the only capital letter that stands alone.
  std::optional<char32_t> found;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool alone = is_option(text[i]) && (i == 0 || !py::IsWord(text[i - 1])) &&
                       (i + 1 == text.size() || (!py::IsWord(text[i + 1]) && text[i + 1] != U'\''));
    const py::View rest = text.substr(i + 1);
    // "A chair" begins with an article; "A or B" and "A is right" with an option.
    const bool article = text[i] == U'A' && rest.starts_with(U" ") && !rest.starts_with(U" or ") &&
                         !rest.starts_with(U" and ") && !rest.starts_with(U" is ");
    if (!alone || article) continue;
    if (found && *found != text[i]) return std::nullopt;
    found = text[i];
  }
  if (!found) return std::nullopt;
  return py::Str(1, *found);
}

std::optional<bool> StrictYesNo(py::View reply) {
  const py::Str text = py::Lower(Committed(reply));
  bool yes = false, no = false, first = true;
  for (size_t i = 0; i < text.size();) {
    size_t end = i;
    while (end < text.size() && py::IsWord(text[end])) ++end;
    const py::View word = py::View(text).substr(i, end - i);
    if (first && (word == U"yes" || word == U"no")) return word == U"yes";
    yes = yes || word == U"yes";
    no = no || word == U"no";
    first = first && word.empty();
    i = std::max(end, i + 1);
  }
  if (yes == no) return std::nullopt;
  return yes;
}

std::optional<double> StrictNumber(py::View reply) {
  const py::View text = Committed(reply);
  std::optional<double> found;
  for (size_t i = 0; i < text.size();) {
    const bool digit = py::IsDecimal(text[i]);
    const bool starts =
        digit || (text[i] == U'.' && i + 1 < text.size() && py::IsDecimal(text[i + 1]));
    if (!starts || (i > 0 && (py::IsWord(text[i - 1])))) {
      ++i;
      continue;
    }
    const bool negative = i > 0 && text[i - 1] == U'-' && (i == 1 || !py::IsWord(text[i - 2]));
    const size_t begin = negative ? i - 1 : i;
    bool commas = false;
    for (; i < text.size(); ++i) {
      const bool comma = text[i] == U',' && i + 3 < text.size() && py::IsDecimal(text[i + 1]) &&
                         py::IsDecimal(text[i + 2]) && py::IsDecimal(text[i + 3]);
      commas = commas || comma;
      if (!comma && !py::IsDecimal(text[i]) &&
          !(text[i] == U'.' && i + 1 < text.size() && py::IsDecimal(text[i + 1])))
        break;
    }
    const py::View number = text.substr(begin, i - begin);
    const auto value = commas ? py::Float(py::Replace(number, U",", U"")) : py::Float(number);
    if (!value) return std::nullopt;
    if (found && *found != *value) return std::nullopt;  // two numbers: no commitment
    found = value;
  }
  return found;
}

}  // namespace spatium
