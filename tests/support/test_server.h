#pragma once
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace spatium {

// For tests: runs tests/chat_server and stops it at the end of the scope.
class TestServer {
 public:
  explicit TestServer(const std::string& flags = "") {
    char fifo[] = "/tmp/spatium-port-XXXXXX";
    ::close(::mkstemp(fifo));
    const std::string command =
        "'" SPATIUM_TEST_PROGRAMS "/chat_server/chat_server' " + flags + " > " + fifo;
    in_ = ::popen(command.c_str(), "w");
    for (int i = 0; i < 500 && port_ == 0; ++i) {
      if (FILE* file = std::fopen(fifo, "r")) {
        if (std::fscanf(file, "port %d", &port_) != 1) port_ = 0;
        std::fclose(file);
      }
      if (port_ == 0) ::usleep(20000);
    }
    std::remove(fifo);
  }
  ~TestServer() {
    if (in_ != nullptr) ::pclose(in_);
  }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;
  bool ok() const { return port_ != 0; }
  std::string Uri(const std::string& model = "test") const {
    return "openai:" + Base() + "/v1#" + model;
  }
  std::string Base() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  FILE* in_ = nullptr;
  int port_ = 0;
};

}  // namespace spatium
