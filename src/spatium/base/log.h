#pragma once
#include <string_view>

namespace spatium {

// One sink, standard error, key=value text. error: something was lost. warn: done otherwise than
// asked. info: rare, by commands only. debug: per scene. trace: per ray or token.
enum class LogLevel { kTrace, kDebug, kInfo, kWarn, kError, kOff };
void SetLogLevel(LogLevel level);
void Log(LogLevel level, std::string_view message);
inline void LogError(std::string_view m) { Log(LogLevel::kError, m); }
inline void LogWarn(std::string_view m) { Log(LogLevel::kWarn, m); }
inline void LogInfo(std::string_view m) { Log(LogLevel::kInfo, m); }
inline void LogDebug(std::string_view m) { Log(LogLevel::kDebug, m); }

}  // namespace spatium
