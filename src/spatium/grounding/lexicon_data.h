#pragma once
#include <span>
#include <string_view>

namespace spatium {

// Our own list of names for things in rooms. A line is one thing: names that people use for it, the
// same thing or nearly; and lines of kin: different things that are often called, or mistaken for,
// one another.
std::span<const std::string_view> AliasLines();
std::span<const std::string_view> KinLines();

}  // namespace spatium
