#pragma once
// Opens a page in headless Chromium, for the tests of the report layer.
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include "spatium/base/files.h"
#include "spatium/base/text.h"

namespace spatium::testing_browser {

struct Visit {
  std::string dom;      // the document after its scripts ran
  std::string console;  // errors of its scripts
  std::string net_log;  // every request that the browser made
};

// Nothing if there is no Chromium on this machine.
inline std::optional<Visit> Open(const Path& page, const std::string& fragment = "") {
  std::string program;
  for (const char* name : {"chromium", "chromium-browser", "google-chrome"})
    if (program.empty() &&
        std::system(StrCat("command -v ", name, " >/dev/null 2>&1").c_str()) == 0)
      program = name;
  if (program.empty()) return std::nullopt;
  const Path folder = page.string() + ".browser";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const auto file = [&](const char* name) { return (folder / name).string(); };
  const std::string command = StrCat(
      "timeout 60 ",
      program,
      " --headless --no-sandbox --disable-gpu --use-angle=swiftshader "
      "--enable-unsafe-swiftshader --disable-quic --no-first-run --disable-background-networking "
      "--disable-component-update --disable-sync --disable-features=NetworkTimeServiceQuerying "
      "--window-size=900,600 "
      "--virtual-time-budget=3000 --enable-logging=stderr --log-net-log=",
      file("net.json"),
      " --user-data-dir=",
      file("profile"),
      " --dump-dom 'file://",
      page.string(),
      fragment,
      "' >",
      file("dom.html"),
      " 2>",
      file("log.txt"));
  if (std::system(command.c_str()) != 0) return std::nullopt;
  Visit visit{
      .dom = *ReadFile(file("dom.html")), .console = "", .net_log = *ReadFile(file("net.json"))};
  const std::string log = *ReadFile(file("log.txt"));
  for (const std::string_view line : Split(log, '\n'))
    if (line.find(":CONSOLE:") != std::string_view::npos &&
        line.find("GL Driver Message") == std::string_view::npos)
      visit.console += StrCat(line, "\n");
  return visit;
}

// The first address on a network in a net log; empty if there is none. What the browser asks for
// itself, whatever the page, does not count.
inline std::string FirstNetworkAddress(const std::string& net_log) {
  constexpr std::string_view kBrowsersOwn[] = {"clients2.google.com/",
                                               "update.googleapis.com/",
                                               "accounts.google.com/",
                                               "optimizationguide-pa.googleapis.com/",
                                               "android.clients.google.com/",
                                               "safebrowsing"};
  for (const std::string_view scheme :
       {"\"url\":\"http://", "\"url\":\"https://", "\"url\":\"ws"}) {
    for (size_t at = net_log.find(scheme); at != std::string::npos;
         at = net_log.find(scheme, at + 1)) {
      const std::string_view address = std::string_view(net_log).substr(at + scheme.size(), 100);
      bool own = false;
      for (const std::string_view host : kBrowsersOwn) own = own || address.starts_with(host);
      if (!own) return std::string(address);
    }
  }
  return "";
}

}  // namespace spatium::testing_browser
