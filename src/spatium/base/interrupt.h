#pragma once
#include "spatium/base/result.h"

namespace spatium {

// SIGINT and SIGTERM ask a job to stop at the next safe point; a second signal ends it at once.
void InstallStopHandler();
bool StopRequested();
// kCancelled if a stop was requested: SPATIUM_TRY_DO(CheckStop("qa make"));
Result<void> CheckStop(std::string_view where);

}  // namespace spatium
