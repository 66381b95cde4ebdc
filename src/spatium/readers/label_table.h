#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "spatium/base/files.h"
#include "spatium/base/result.h"

namespace spatium {

// ScanNet's scannetv2-labels.combined.tsv: which category each raw label belongs to.
class LabelTable {
 public:
  // Tab-separated, with a header line that names raw_category and category.
  // Errors: kNotFound, kParse with the line.
  static Result<LabelTable> Read(const Path& path);
  static Result<LabelTable> Parse(std::string_view text, std::string_view where);

  // The category of a raw label (case and blanks around it do not count); none if unknown.
  std::optional<std::string> Category(std::string_view label) const;

 private:
  std::map<std::string, std::string> category_;
};

}  // namespace spatium
