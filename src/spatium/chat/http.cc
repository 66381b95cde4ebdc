#include "spatium/chat/http.h"

#include <curl/curl.h>

#include <cstdlib>
#include <memory>
#include <mutex>

#include "spatium/base/interrupt.h"
#include "spatium/base/text.h"

namespace spatium {
namespace {

// What a thread keeps from request to request: its connections, and sessions of TLS for new ones.
// Handles are made anew, because libcurl before 8.1 keeps a pointer into the headers of a handle's
// last reply, which is freed with them and which the next reply can make it follow (a line of
// blanks behind the status line).
class Connections {
 public:
  Connections() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    multi_ = curl_multi_init();
    share_ = curl_share_init();
    curl_share_setopt(share_, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
  }
  ~Connections() {
    curl_multi_cleanup(multi_);
    curl_share_cleanup(share_);
  }
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  // As curl_easy_perform, which would make connections of its own for each handle.
  CURLcode Perform(CURL* handle) {
    curl_easy_setopt(handle, CURLOPT_SHARE, share_);
    if (curl_multi_add_handle(multi_, handle) != CURLM_OK) return CURLE_FAILED_INIT;
    constexpr int kWait_ms = 1000;  // how long a request to stop may go unseen
    int running = 1;
    CURLMcode code = CURLM_OK;
    while (running > 0 && code == CURLM_OK) {
      code = curl_multi_perform(multi_, &running);
      if (running > 0 && code == CURLM_OK)
        code = curl_multi_poll(multi_, nullptr, 0, kWait_ms, nullptr);
    }
    CURLcode result = code == CURLM_OUT_OF_MEMORY ? CURLE_OUT_OF_MEMORY : CURLE_FAILED_INIT;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left))
      if (message->msg == CURLMSG_DONE && message->easy_handle == handle)
        result = message->data.result;
    curl_multi_remove_handle(multi_, handle);
    return result;
  }

 private:
  CURLM* multi_ = nullptr;
  CURLSH* share_ = nullptr;
};

struct Sink {
  const HttpPost& request;
  std::string body = {};
  size_t header_bytes = 0;
  bool overflow = false;
};

size_t OnBody(char* data, size_t, size_t n, void* user) {
  auto& sink = *static_cast<Sink*>(user);
  sink.overflow = sink.body.size() + n > sink.request.max_reply_bytes;
  if (sink.overflow) return 0;
  sink.body.append(data, n);
  return n;
}

size_t OnHeader(char*, size_t, size_t n, void* user) {
  auto& sink = *static_cast<Sink*>(user);
  sink.header_bytes += n;
  sink.overflow = sink.header_bytes > sink.request.max_header_bytes;
  return sink.overflow ? 0 : n;
}

int OnProgress(void*, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return StopRequested() ? 1 : 0;
}

}  // namespace

Result<HttpReply> Post(const HttpPost& request) {
  thread_local Connections connections;
  char detail[CURL_ERROR_SIZE] = "";
  Sink sink{.request = request};
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(nullptr, curl_slist_free_all);
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(),
                                                                   curl_easy_cleanup);
  CURL* curl = handle.get();
  if (curl == nullptr) return Error{ErrorCode::kNetwork, request.url, "libcurl to start", ""};
  const auto add_header = [&](const std::string& line) {
    headers.reset(curl_slist_append(headers.release(), line.c_str()));
  };
  for (const auto& [name, value] : request.headers) add_header(name + ": " + value);
  add_header("Expect:");  // no round trip before large bodies

  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  // The authorities to trust, under the name that OpenSSL and Python's clients have for it.
  if (const char* file = std::getenv("SSL_CERT_FILE"); file != nullptr && *file != '\0')
    curl_easy_setopt(curl, CURLOPT_CAINFO, file);
  curl_easy_setopt(curl, CURLOPT_POST, 1L);
  // The size goes with it, on the next line.
  // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage)
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, OnBody);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &sink);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, OnHeader);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &sink);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout_s * 1000));
  curl_easy_setopt(
      curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout_s * 1000));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TCP_NODELAY, 1L);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, OnProgress);

  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, detail);
  const CURLcode code = connections.Perform(curl);
  if (code == CURLE_ABORTED_BY_CALLBACK)
    return Error{ErrorCode::kCancelled, request.url, "a reply", "SIGINT or SIGTERM"};
  if (code == CURLE_OPERATION_TIMEDOUT)
    return Error{ErrorCode::kTimeout,
                 request.url,
                 StrCat("a reply within ", request.timeout_s, " s"),
                 curl_easy_strerror(code)};
  if (sink.overflow)
    return Error{ErrorCode::kBadValue,
                 request.url,
                 StrCat("a reply of at most ",
                        request.max_reply_bytes,
                        " bytes, and ",
                        request.max_header_bytes,
                        " of headers"),
                 "more"};
  if (code != CURLE_OK)
    return Error{ErrorCode::kNetwork,
                 request.url,
                 "a whole reply",
                 detail[0] != '\0' ? detail : curl_easy_strerror(code)};

  HttpReply reply;
  reply.body = std::move(sink.body);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  reply.status = static_cast<int>(status);
  const char* type = nullptr;
  curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
  if (type != nullptr) reply.content_type = type;
  curl_off_t retry_after = 0;
  if (curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_after) == CURLE_OK && retry_after > 0)
    reply.retry_after_s = static_cast<double>(retry_after);
  return reply;
}

std::unique_lock<std::mutex> TurnOfLargeBody(std::string_view body) {
  constexpr size_t kLarge = size_t{1} << 20;
  static std::mutex mutex;
  std::unique_lock lock(mutex, std::defer_lock);
  if (body.size() > kLarge) lock.lock();
  return lock;
}

}  // namespace spatium
