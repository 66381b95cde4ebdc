#include "spatium/base/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>

namespace spatium {
namespace {

spdlog::logger& Sink() {
  static const auto logger = [] {
    auto made =
        spdlog::stderr_color_mt("spatium",
                                std::getenv("NO_COLOR") != nullptr ? spdlog::color_mode::never
                                                                   : spdlog::color_mode::automatic);
    made->set_pattern("%^%l%$ %v");
    return made;
  }();
  return *logger;
}

spdlog::level::level_enum Level(LogLevel level) {
  return static_cast<spdlog::level::level_enum>(level);
}
static_assert(static_cast<int>(LogLevel::kWarn) == SPDLOG_LEVEL_WARN);

}  // namespace

void SetLogLevel(LogLevel level) {
  Sink().set_level(level == LogLevel::kOff ? spdlog::level::off : Level(level));
}

void Log(LogLevel level, std::string_view message) {
  Sink().log(Level(level), "{}", spdlog::string_view_t(message.data(), message.size()));
}

}  // namespace spatium
