// What a server sends over the wire, through a socket of this machine: status, headers, chunks. The
// reply that comes out is read as both protocols read it.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <mutex>
#include <string>
#include <thread>

#include "spatium/base/files.h"
#include "spatium/chat/http.h"
#include "spatium/chat/openai_protocol.h"
#include "spatium/chat/roborefer_protocol.h"

namespace spatium {
namespace {

// Answers every connection with the bytes at hand and closes it.
class Server {
 public:
  Server() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
        ::listen(socket_, 16) != 0 ||
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
      std::abort();
    url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/v1";
    std::thread([this] { Serve(); }).detach();
  }
  const std::string& url() const { return url_; }
  void Set(std::string_view bytes) {
    const std::scoped_lock lock(mutex_);
    bytes_ = bytes;
  }

 private:
  void Serve() {
    while (true) {
      const int client = ::accept(socket_, nullptr, nullptr);
      if (client < 0) continue;
      char request[4096];
      (void)!::recv(client, request, sizeof request, 0);
      std::string bytes;
      {
        const std::scoped_lock lock(mutex_);
        bytes = bytes_;
      }
      (void)!::send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      ::shutdown(client, SHUT_WR);
      while (::recv(client, request, sizeof request, 0) > 0) {
      }
      ::close(client);
    }
  }

  int socket_;
  std::string url_;
  std::mutex mutex_;
  std::string bytes_;
};

}  // namespace
}  // namespace spatium

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium;
  static Server& server = *new Server;
  constexpr size_t kMostBody = 1 << 16, kMostHeader = 1 << 12;
  server.Set(AsText({data, size}));
  const auto reply = Post({.url = server.url(),
                           .headers = {{"Content-Type", "application/json"}},
                           .body = "{}",
                           .timeout_s = 2,
                           .max_reply_bytes = kMostBody,
                           .max_header_bytes = kMostHeader});
  if (!reply) return 0;
  if (reply->body.size() > kMostBody) __builtin_trap();
  (void)ReadOpenAiCompletion("server", reply->body);
  (void)ReadRoboReferReply("server", reply->body);
  return 0;
}
