#pragma once
#include "spatium/report/run_page.h"

namespace spatium {

// The samples of a run's page as the data that report/assets/run.js reads:
//   {"benchmark","unit","profiles":[P],"tasks":[T],"samples":[[id, task, prompt, reply | null,
//   gold, [[outcome, score, parsed]...], [picture...], overlay | null]...]}, outcomes by their
//   order in Outcome, overlay as in answer_overlay.h.
struct RunSamples {
  Json json;
  Thumbnails pictures;
  size_t shown = 0;
};
RunSamples CollectSamples(const RunView& run, const RunPageOptions& options);

// The filters and the empty list that run.js fills.
std::string SampleSection(const RunView& run, const RunSamples& samples);

}  // namespace spatium
