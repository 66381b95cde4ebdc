// An honest OpenAI-compatible server for tests, with faults to inject. It also answers RoboRefer's
// /query. Prints "port N" and serves until its standard input closes.
//   chat_server [--faults RATE] [--kinds 429,500,hangup,slow,malformed,type,empty,echo] [--seed S]
//               [--log FILE] [--bodies FILE] [--answers FILE] [--delay-ms N]
// The answer to a request is a fixed function of its text, or, with --answers (JSONL rows
// {"contains","reply"}), the reply of the first row whose text the request contains. --log gets one
// line per request: {"request": hash of the body, "fault": kind | null}; --bodies the bodies
// themselves. "echo" is a 401 that repeats the request's Authorization header, as careless servers
// do.
#include <httplib.h>
#include <xxhash.h>

#include <atomic>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

namespace {

using nlohmann::json;

struct Flags {
  double faults = 0;
  std::vector<std::string> kinds = {"429", "500", "hangup", "slow", "malformed", "type"};
  uint64_t seed = 0;
  std::string log, bodies, answers;
  int delay_ms = 0;
};

Flags ParseFlags(int argc, char** argv) {
  Flags flags;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    const std::string value = argv[i + 1];
    if (name == "--faults")
      flags.faults = std::stod(value);
    else if (name == "--seed")
      flags.seed = std::stoull(value);
    else if (name == "--log")
      flags.log = value;
    else if (name == "--bodies")
      flags.bodies = value;
    else if (name == "--answers")
      flags.answers = value;
    else if (name == "--delay-ms")
      flags.delay_ms = std::stoi(value);
    else if (name == "--kinds") {
      flags.kinds.clear();
      std::istringstream in(value);
      for (std::string kind; std::getline(in, kind, ',');) flags.kinds.push_back(kind);
    } else {
      std::cerr << "unknown flag " << name << "\n";
      std::exit(2);
    }
  }
  return flags;
}

uint64_t Hash(const std::string& text, uint64_t seed) {
  return XXH3_64bits_withSeed(text.data(), text.size(), seed);
}

// All text of a chat request, one part after the other.
std::string TextOf(const json& request) {
  std::string text;
  for (const json& message : request.at("messages")) {
    const json& content = message.at("content");
    if (content.is_string())
      text += content.get<std::string>();
    else
      for (const json& part : content)
        if (part.at("type") == "text") text += part.at("text").get<std::string>();
  }
  return text;
}

class Server {
 public:
  explicit Server(Flags flags) : flags_(std::move(flags)) {
    if (!flags_.log.empty()) log_.open(flags_.log, std::ios::app);
    if (!flags_.bodies.empty()) bodies_.open(flags_.bodies, std::ios::app);
    if (!flags_.answers.empty()) {
      std::ifstream in(flags_.answers);
      for (std::string line; std::getline(in, line);)
        if (!line.empty()) answers_.push_back(json::parse(line));
    }
    http_.set_tcp_nodelay(true);
    // As the servers of models do: a connection stays.
    http_.set_keep_alive_max_count(1 << 20);
    http_.set_payload_max_length(size_t{1} << 30);
    http_.new_task_queue = [] { return new httplib::ThreadPool(96); };
    http_.Post("/v1/chat/completions", [this](const auto& in, auto& out) {
      Serve(in, out, [this](const json& request) { return Completion(request); });
    });
    http_.Post("/query", [this](const auto& in, auto& out) {
      Serve(in, out, [this](const json& request) {
        return json{{"result", 1}, {"answer", Answer(request.at("text").get<std::string>())}};
      });
    });
  }

  int Run() {
    const int port = http_.bind_to_any_port("127.0.0.1");
    std::printf("port %d\n", port);
    std::fflush(stdout);
    // Kept-alive connections would hold a polite stop for seconds; a test's server may just leave.
    std::thread([] {
      while (std::cin.get() != EOF) {
      }
      std::_Exit(0);
    }).detach();
    http_.listen_after_bind();
    return 0;
  }

 private:
  std::string Answer(const std::string& text) const {
    for (const json& row : answers_)
      if (text.find(row.at("contains").get<std::string>()) != std::string::npos)
        return row.at("reply");
    return std::string(1, static_cast<char>('A' + Hash(text, 1) % 4));
  }

  json Completion(const json& request) const {
    const std::string text = TextOf(request);
    return {{"id", "chatcmpl-test"},
            {"object", "chat.completion"},
            {"model", request.at("model")},
            {"choices",
             {{{"index", 0},
               {"message", {{"role", "assistant"}, {"content", Answer(text)}}},
               {"finish_reason", "stop"}}}},
            {"usage",
             {{"prompt_tokens", text.size() / 4},
              {"completion_tokens", 1},
              {"total_tokens", text.size() / 4 + 1}}}};
  }

  // The fault of the n-th request with this body, so that a retry has its own luck.
  std::string DrawFault(const std::string& body) {
    const std::scoped_lock lock(mutex_);
    const int n = seen_[Hash(body, 0)]++;
    const uint64_t draw = Hash(body + std::to_string(n), flags_.seed + 7);
    const bool fault = static_cast<double>(draw >> 11) * 0x1p-53 < flags_.faults;
    const std::string kind = fault ? flags_.kinds[draw % flags_.kinds.size()] : "";
    if (log_.is_open()) {
      char line[160];
      std::snprintf(line,
                    sizeof line,
                    "{\"request\":\"%016llx\",\"fault\":%s%s%s}\n",
                    static_cast<unsigned long long>(Hash(body, 0)),
                    fault ? "\"" : "null",
                    kind.c_str(),
                    fault ? "\"" : "");
      log_ << line << std::flush;
    }
    if (bodies_.is_open()) bodies_ << body << "\n" << std::flush;
    return kind;
  }

  template <class Handler>
  void Serve(const httplib::Request& in, httplib::Response& out, const Handler& handler) {
    const std::string fault = DrawFault(in.body);
    if (flags_.delay_ms > 0)
      std::this_thread::sleep_for(std::chrono::milliseconds(flags_.delay_ms));
    std::string body;
    try {
      body = handler(json::parse(in.body)).dump();
    } catch (const std::exception& e) {
      out.status = 400;
      out.set_content(json{{"error", {{"message", e.what()}}}}.dump(), "application/json");
      return;
    }
    if (fault == "429") {
      out.status = 429;
      out.set_header("Retry-After", "0");
      out.set_content("{\"error\":{\"message\":\"slow down\"}}", "application/json");
    } else if (fault == "500") {
      out.status = 500;
      out.set_content("internal error", "text/plain");
    } else if (fault == "hangup") {
      const std::string half = body.substr(0, body.size() / 2);
      out.set_content_provider(
          body.size(), "application/json", [half](size_t, size_t, httplib::DataSink& sink) {
            sink.write(half.data(), half.size());
            return false;
          });
    } else if (fault == "slow") {
      out.set_content_provider(
          body.size(), "application/json", [body](size_t at, size_t, httplib::DataSink& sink) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            const size_t n = std::min<size_t>(16, body.size() - at);
            return sink.write(body.data() + at, n);
          });
    } else if (fault == "malformed") {
      out.set_content(body.substr(0, body.size() - 3), "application/json");
    } else if (fault == "type") {
      out.set_content("<html>a proxy's login page</html>", "text/html");
    } else if (fault == "echo") {
      out.status = 401;
      out.set_content("wrong key: " + in.get_header_value("Authorization"), "text/plain");
    } else if (fault == "empty") {
      out.set_content("", "application/json");
    } else {
      out.set_content(body, "application/json");
    }
  }

  Flags flags_;
  httplib::Server http_;
  std::vector<json> answers_;
  std::mutex mutex_;
  std::map<uint64_t, int> seen_;
  std::ofstream log_, bodies_;
};

}  // namespace

int main(int argc, char** argv) { return Server(ParseFlags(argc, argv)).Run(); }
