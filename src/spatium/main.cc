#include <string>
#include <vector>

#include "spatium/commands/command.h"

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  return spatium::RunCommandLine(args);
}
