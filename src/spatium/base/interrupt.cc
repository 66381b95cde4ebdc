#include "spatium/base/interrupt.h"

#include <csignal>
#include <cstdlib>

namespace spatium {
namespace {

volatile std::sig_atomic_t stop = 0;

void OnSignal(int) {
  constexpr int kExitOnSecondSignal = 130;
  if (stop != 0) std::_Exit(kExitOnSecondSignal);
  stop = 1;
}

}  // namespace

void InstallStopHandler() {
  struct sigaction action{};
  action.sa_handler = OnSignal;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ,
              SIG_IGN);  // a file-size limit is then an error of write(), reported like a full disk
}

bool StopRequested() { return stop != 0; }

Result<void> CheckStop(std::string_view where) {
  if (!StopRequested()) return {};
  return Error{ErrorCode::kCancelled,
               std::string(where),
               "to run to its end",
               "SIGINT or SIGTERM; run again to continue"};
}

}  // namespace spatium
