// Free prose: mentions of objects, numbers with their units, directions.
#include <algorithm>
#include <bit>

#include "spatium/base/text.h"
#include "spatium/qa/verify/text.h"

namespace spatium::verify {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 128; }
bool IsWordChar(char c) { return IsDigit(c) || IsLetter(c) || c == '_'; }

struct Name {
  std::string label;
  uint32_t objects = 0;
};

// Longest first, so that "office chair" is not read as "chair".
std::vector<Name> Names(const std::vector<Mentionable>& objects) {
  std::vector<Name> names;
  for (size_t i = 0; i < objects.size(); ++i)
    for (const std::string& raw : objects[i].labels) {
      const std::string label = NormalName(raw);
      if (label.empty()) continue;
      const auto it = std::ranges::find(names, label, &Name::label);
      Name& name = it == names.end() ? names.emplace_back(Name{label, 0}) : *it;
      name.objects |= uint32_t{1} << i;
    }
  std::ranges::sort(names, [](const Name& a, const Name& b) {
    return std::pair(b.label.size(), a.label) < std::pair(a.label.size(), b.label);
  });
  return names;
}

// Plurals that do not just add an s, by the singular's ending; the longest ending that fits counts.
constexpr std::pair<std::string_view, std::string_view> kPlurals[] = {{"person", "people"},
                                                                      {"child", "children"},
                                                                      {"mouse", "mice"},
                                                                      {"foot", "feet"},
                                                                      {"man", "men"},
                                                                      {"knife", "knives"},
                                                                      {"fe", "ves"},
                                                                      {"f", "ves"},
                                                                      {"y", "ies"}};

// Length of `label`, or of its plural, at the start of `rest`, ending at a word's end; 0 if absent.
size_t MatchLabel(std::string_view rest, std::string_view label) {
  const auto match = [&](std::string_view stem, std::string_view ending) -> size_t {
    const size_t n = stem.size() + ending.size();
    if (!rest.starts_with(stem) || !rest.substr(stem.size()).starts_with(ending)) return 0;
    return n == rest.size() || !IsWordChar(rest[n]) ? n : 0;
  };
  for (const std::string_view ending : {"", "s", "es"})
    if (const size_t n = match(label, ending)) return n;
  for (const auto& [singular, plural] : kPlurals)
    if (label.ends_with(singular))
      if (const size_t n = match(label.substr(0, label.size() - singular.size()), plural)) return n;
  return 0;
}

const std::string kOtherUnit = "other";

// Of a word right after digits ("1.5m") or the next word.
std::string UnitOf(std::string_view word) {
  for (const std::string_view m : {"m", "meter", "meters", "metre", "metres"})
    if (word == m) return "m";
  for (const std::string_view d : {"deg", "degree", "degrees", "\xc2\xb0"})
    if (word == d) return "deg";
  for (const std::string_view o : {"cm", "mm", "dm", "km", "ft", "rad"})
    if (word == o) return kOtherUnit;
  return "";
}

class Reader {
 public:
  Reader(std::string_view text, const std::vector<Mentionable>& objects)
      : text_(ToLower(text)), objects_(objects), names_(Names(objects)) {}

  std::vector<Token> Read() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (ReadLabel() || ReadNumber()) continue;
      if (IsWordChar(c))
        ReadWord();
      else
        ReadSign(c);
    }
    return MergeMentions();
  }

 private:
  bool AtWordStart() const { return at_ == 0 || !IsWordChar(text_[at_ - 1]); }

  bool ReadLabel() {
    if (!AtWordStart()) return false;
    const std::string_view rest = std::string_view(text_).substr(at_);
    for (const Name& name : names_)
      if (const size_t n = MatchLabel(rest, name.label)) {
        tokens_.push_back(
            {.kind = TokenKind::kObject, .text = name.label, .objects = name.objects});
        at_ += n;
        return true;
      }
    return false;
  }

  bool ReadNumber() {
    if (!AtWordStart()) return false;
    size_t end = at_;
    const bool minus =
        text_[end] == '-' && (at_ == 0 || text_[at_ - 1] == ' ' || text_[at_ - 1] == '[');
    if (minus) ++end;
    const size_t digits = end;
    while (end < text_.size() && IsDigit(text_[end])) ++end;
    if (end == digits) return false;
    int decimals = 0;
    if (end + 1 < text_.size() && text_[end] == '.' && IsDigit(text_[end + 1])) {
      const size_t point = end++;
      while (end < text_.size() && IsDigit(text_[end])) ++end;
      decimals = static_cast<int>(end - point) - 1;
    }
    // What follows at once is a unit ("1.5m"), or this is a name ("3d", "2nd").
    size_t word_end = end;
    while (word_end < text_.size() && IsLetter(text_[word_end])) ++word_end;
    std::string unit;
    if (word_end > end) {
      unit = UnitOf(std::string_view(text_).substr(end, word_end - end));
      if (unit.empty()) return false;
    }
    const auto value = ParseDouble(std::string_view(text_).substr(at_, end - at_));
    if (!value) return false;
    tokens_.push_back({.kind = TokenKind::kNumber,
                       .text = text_.substr(at_, end - at_),
                       .number = *value,
                       .decimals = decimals,
                       .unit = unit});
    at_ = word_end;
    return true;
  }

  void ReadWord() {
    const size_t start = at_;
    while (at_ < text_.size() && IsWordChar(text_[at_])) ++at_;
    std::string word = text_.substr(start, at_ - start);
    uint32_t marked = 0;
    for (size_t i = 0; i < objects_.size(); ++i)
      if (!objects_[i].color.empty() && objects_[i].color == word) marked |= uint32_t{1} << i;
    if (marked) {
      tokens_.push_back(
          {.kind = TokenKind::kObject, .text = word, .objects = marked, .by_color = true});
      return;
    }
    if (!tokens_.empty() && tokens_.back().kind == TokenKind::kNumber &&
        tokens_.back().unit.empty())
      tokens_.back().unit = UnitOf(word);
    tokens_.push_back({.kind = TokenKind::kWord, .text = std::move(word)});
  }

  void ReadSign(char c) {
    ++at_;
    if (c == '.' || c == ';' || c == '?' || c == '!' || c == '\n')
      tokens_.push_back({.kind = TokenKind::kStop, .text = std::string(1, c)});
    else if (c == ',' || c == '(' || c == ')' || c == ':')
      tokens_.push_back({.kind = TokenKind::kWord, .text = std::string(1, c)});
  }

  // "chair (red point)" and "red point on the chair" are one mention each.
  std::vector<Token> MergeMentions() {
    static constexpr std::string_view kBetween[] = {"(",
                                                    "the",
                                                    "a",
                                                    "point",
                                                    "bbox",
                                                    "box",
                                                    "marker",
                                                    "dot",
                                                    "marked",
                                                    "with",
                                                    "in",
                                                    "by",
                                                    "at",
                                                    "on",
                                                    "bounding",
                                                    "outlined",
                                                    "labelled",
                                                    "labeled"};
    std::vector<Token> out;
    for (size_t i = 0; i < tokens_.size(); ++i) {
      Token token = tokens_[i];
      if (token.kind == TokenKind::kObject) {
        size_t j = i + 1;
        while (j < tokens_.size() && j - i <= 4 && tokens_[j].kind == TokenKind::kWord &&
               std::ranges::find(kBetween, tokens_[j].text) != std::end(kBetween))
          ++j;
        if (j < tokens_.size() && tokens_[j].kind == TokenKind::kObject &&
            (tokens_[j].objects & token.objects) && tokens_[j].by_color != token.by_color) {
          token.objects &= tokens_[j].objects;
          token.by_color = true;
          i = j;
        }
      }
      out.push_back(std::move(token));
    }
    return out;
  }

  std::string text_;
  const std::vector<Mentionable>& objects_;
  std::vector<Name> names_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
};

}  // namespace

std::string NormalName(std::string_view label) {
  std::string out;
  const std::string plain = ReplaceAll(ToLower(label), "_", " ");
  for (const std::string_view word : SplitWhitespace(plain)) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

std::vector<Token> Tokens(std::string_view text, const std::vector<Mentionable>& objects) {
  return Reader(text, objects).Read();
}

std::string ForeignUnit(const std::vector<Token>& tokens) {
  static constexpr std::string_view kStems[] = {"centimeter",
                                                "centimetre",
                                                "millimeter",
                                                "millimetre",
                                                "decimeter",
                                                "decimetre",
                                                "kilometer",
                                                "kilometre",
                                                "inch",
                                                "radian"};
  static constexpr std::string_view kWords[] = {
      "cm", "mm", "dm", "km", "feet", "ft", "inches", "yards", "miles", "rad"};
  for (const Token& token : tokens) {
    const std::string_view word = token.text;
    const std::string_view one = word.ends_with('s') ? word.substr(0, word.size() - 1) : word;
    if (token.kind == TokenKind::kWord && (std::ranges::find(kStems, one) != std::end(kStems) ||
                                           std::ranges::find(kWords, word) != std::end(kWords)))
      return token.text;
    if (token.kind == TokenKind::kNumber && token.unit == kOtherUnit)
      return StrCat(token.text, " in another unit");
  }
  return "";
}

bool SpeaksOfDepth(const std::vector<Token>& tokens) {
  static constexpr std::string_view kWords[] = {
      "depth", "depths", "deep", "deeper", "z", "viewing", "optical", "plane"};
  return std::ranges::any_of(tokens, [](const Token& token) {
    return token.kind == TokenKind::kWord &&
           std::ranges::find(kWords, token.text) != std::end(kWords);
  });
}

std::vector<int> PicturesNamed(const std::vector<Token>& tokens) {
  static constexpr std::string_view kPictures[] = {
      "image", "picture", "view", "photo", "photograph", "frame"};
  std::vector<int> named;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    const auto counts = i + 1 < tokens.size() ? CountWord(tokens[i + 1].text) : std::nullopt;
    if (counts && *counts >= 2) continue;  // "the first three values"
    const bool after_picture =
        i > 0 && std::ranges::find(kPictures, tokens[i - 1].text) != std::end(kPictures);
    if (token.text == "first" || (after_picture && (token.text == "one" || token.text == "1")))
      named.push_back(1);
    if (token.text == "second" || (after_picture && (token.text == "two" || token.text == "2")))
      named.push_back(2);
  }
  return named;
}

std::vector<std::string> WrongNames(std::string_view text,
                                    const std::vector<Mentionable>& objects) {
  std::vector<std::string> wrong;
  const std::string lower = ToLower(text);
  for (const Mentionable& object : objects) {
    if (object.color.empty()) continue;
    const std::string open = StrCat("(", object.color, " ");
    for (size_t at = lower.find(open); at != std::string::npos; at = lower.find(open, at + 1)) {
      const std::string_view before = Trim(std::string_view(lower).substr(0, at));
      const bool fits = std::ranges::any_of(object.labels, [&](const std::string& raw) {
        const std::string label = NormalName(raw);
        return before.ends_with(label) && (before.size() == label.size() ||
                                           !IsWordChar(before[before.size() - label.size() - 1]));
      });
      if (!fits)
        wrong.push_back(StrCat(before.substr(before.size() - std::min<size_t>(before.size(), 24)),
                               " ",
                               lower.substr(at, lower.find(')', at) - at + 1)));
    }
  }
  return wrong;
}

}  // namespace spatium::verify
