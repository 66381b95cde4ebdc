#pragma once
#include <span>
#include <string>
#include <string_view>

#include "spatium/base/random.h"

namespace spatium {

// What stands for a slot of a template.
struct Slot {
  std::string_view name;  // "red"
  std::string_view text;  // "chair (red point)"
  bool plural = false;    // "doors (red point) are"
};

// Appends a template with its slots filled:
//   {red}         the slot's text
//   {the red}     with "the" in front;   {The red}: at the start of a sentence
//   {a red}       with "a" or "an";      {A red} likewise
//   {red?is|are}  the first word for a singular slot, the second for a plural one
// A name without a slot is a bug in the template.
void Expand(std::string& out, std::string_view text, std::span<const Slot> slots);

// One of them, drawn.
std::string_view Pick(RandomStream& rng, std::span<const std::string_view> choices);

// "1.5", "-0.3" with `decimals` digits after the point, rounded half away from zero on the decimal
// value; fast. |value| < 1e9, decimals <= 9. Never "-0.0".
void AppendFixed(std::string& out, double value, int decimals);
// The same without trailing zeros, for JSON: "1.5", "3".
void AppendNumber(std::string& out, double value, int decimals);
void AppendInt(std::string& out, int64_t value);

}  // namespace spatium
