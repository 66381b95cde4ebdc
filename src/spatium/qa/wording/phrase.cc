#include "spatium/qa/wording/phrase.h"

#include <charconv>
#include <cmath>

#include "spatium/base/check.h"
#include "spatium/qa/wording/language.h"

namespace spatium {
namespace {

const Slot& FindSlot(std::span<const Slot> slots, std::string_view name, std::string_view text) {
  for (const Slot& slot : slots)
    if (slot.name == name) return slot;
  SPATIUM_CHECK(false) << "no slot {" << name << "} for: " << text;
  return slots.front();
}

// The part of a slot between its braces.
void ExpandSlot(std::string& out,
                std::string_view inner,
                std::span<const Slot> slots,
                std::string_view text) {
  if (const size_t question = inner.find('?'); question != std::string_view::npos) {
    const size_t bar = inner.find('|', question);
    SPATIUM_CHECK(bar != std::string_view::npos) << text;
    const bool plural = FindSlot(slots, inner.substr(0, question), text).plural;
    out += plural ? inner.substr(bar + 1) : inner.substr(question + 1, bar - question - 1);
    return;
  }
  const size_t blank = inner.find(' ');
  if (blank == std::string_view::npos) {
    out += FindSlot(slots, inner, text).text;
    return;
  }
  const std::string_view word = inner.substr(0, blank);
  const Slot& slot = FindSlot(slots, inner.substr(blank + 1), text);
  if (word == "the" || word == "The") {
    out += word;
    out += ' ';
  } else if (!slot.plural) {  // "a" or "A"; plurals take no article
    const std::string_view article = IndefiniteArticle(slot.text);
    out += word == "A" ? (article == "an" ? "An" : "A") : article;
    out += ' ';
  }
  out += slot.text;
}

constexpr int64_t kPowers[] = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};

void AppendScaled(std::string& out, int64_t scaled, int decimals, bool strip) {
  if (scaled < 0) {
    out += '-';
    scaled = -scaled;
  }
  AppendInt(out, scaled / kPowers[decimals]);
  int64_t rest = scaled % kPowers[decimals];
  if (decimals == 0 || (strip && rest == 0)) return;
  char digits[10];
  for (int i = decimals; i > 0; --i) {
    digits[i - 1] = static_cast<char>('0' + rest % 10);
    rest /= 10;
  }
  int n = decimals;
  while (strip && digits[n - 1] == '0') --n;
  out += '.';
  out.append(digits, static_cast<size_t>(n));
}

}  // namespace

void Expand(std::string& out, std::string_view text, std::span<const Slot> slots) {
  size_t from = 0;
  while (true) {
    const size_t open = text.find('{', from);
    if (open == std::string_view::npos) break;
    const size_t close = text.find('}', open);
    SPATIUM_CHECK(close != std::string_view::npos) << text;
    out += text.substr(from, open - from);
    ExpandSlot(out, text.substr(open + 1, close - open - 1), slots, text);
    from = close + 1;
  }
  out += text.substr(from);
}

std::string_view Pick(RandomStream& rng, std::span<const std::string_view> choices) {
  return choices[rng.Index(choices.size())];
}

void AppendFixed(std::string& out, double value, int decimals) {
  AppendScaled(out, std::llround(value * static_cast<double>(kPowers[decimals])), decimals, false);
}

void AppendNumber(std::string& out, double value, int decimals) {
  AppendScaled(out, std::llround(value * static_cast<double>(kPowers[decimals])), decimals, true);
}

void AppendInt(std::string& out, int64_t value) {
  char digits[24];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
  (void)error;
  out.append(digits, end);
}

}  // namespace spatium
