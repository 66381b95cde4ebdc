#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/json.h"
#include "spatium/base/result.h"

namespace spatium {

// The fields of an options struct, listed once: flags, --help, validation and the run record all
// come from this list. A field is bound to a variable, whose value before parsing is its default.
class OptionList {
 public:
  using Target = std::variant<bool*,
                              int*,
                              int64_t*,
                              uint64_t*,
                              unsigned*,
                              double*,
                              std::string*,
                              Path*,
                              std::vector<std::string>*,
                              std::vector<Path>*,
                              std::optional<double>*,
                              std::optional<int64_t>*,
                              std::optional<Path>*,
                              std::optional<std::string>*>;
  struct Field {
    std::string name;  // "--axis-alignment", "-o", or "STORE" for a positional argument
    Target target;
    std::string help;  // says the unit
    bool required = false;
    std::optional<double> min = std::nullopt, max = std::nullopt;  // closed range of a number
    std::vector<std::string> choices =
        {};                        // allowed words; also of each word of a comma-separated list
    bool comma_separated = false;  // one argument "a,b,c" for a list
  };

  // Positional arguments are required unless `optional`; a list takes one or more.
  Field& Positional(std::string name, Target target, std::string help);
  // name: "--per-task" or "-o,--out".
  Field& Flag(std::string name, Target target, std::string help);
  std::span<const Field> fields() const { return fields_; }

  // Values as they are now, by name without dashes: the record of a run.
  Json Values() const;

 private:
  std::vector<Field> fields_;
};

struct ParsedOptions {
  std::optional<std::string> help;  // the text to print, if --help was given
};
// Fills the bound variables from `args` (without the program's and the command's name).
// Errors: kUsage naming the flag, what it takes, what it got; unknown flags name the nearest one.
Result<ParsedOptions> ParseOptions(std::string_view command,
                                   std::string_view summary,
                                   std::string_view example,
                                   const OptionList& options,
                                   std::span<const std::string> args);

}  // namespace spatium
