#pragma once
#include <string>
#include <string_view>

#include "spatium/base/json.h"
#include "spatium/metrics/python.h"

namespace spatium {

namespace py {
// int(text) as decimal digits, with "-" in front if it is negative; "" if it raises ValueError.
std::string IntegerDigits(View text);
// The digits of an integer times a small one, not negative.
std::string ProductDigits(std::string_view digits, int factor);
}  // namespace py

// An integer of Python that a double does not hold, as a value of a rule. Json has no such numbers:
// it stands there as an object that no rule gives otherwise, and ExactText writes its digits.
Json ExactInteger(std::string digits);
// A number of Json if 64 bits hold it, else an ExactInteger.
Json IntegerJson(const std::string& digits);
// value.Dump() with exact integers as numbers.
std::string ExactText(const Json& value);

}  // namespace spatium
