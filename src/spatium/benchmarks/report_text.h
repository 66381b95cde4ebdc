#pragma once
#include <string>

#include "spatium/base/json.h"

namespace spatium {

// The report of ReportJson as Markdown: counts first (unparsable, failed, skipped), then scores
// with intervals per profile, per task and category, beside published rows and chance.
std::string ReportMarkdown(const Json& report);

}  // namespace spatium
