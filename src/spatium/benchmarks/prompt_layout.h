#pragma once
#include <string>
#include <string_view>

#include "spatium/benchmarks/benchmark.h"

namespace spatium {

// Where pictures stand in a prompt; greedy. PicturesThenText is in fields.h.

Prompt TextThenPictures(const Item& item, std::string text, int max_tokens);

// Pictures where the text says <image>, in order. Placeholders beyond the pictures vanish, pictures
// beyond the placeholders stand before the last piece of text; a text without any has all in front.
//   strip  pieces of text lose the white space around them
Prompt Interleaved(const Item& item, std::string_view text, bool strip, int max_tokens);

}  // namespace spatium
