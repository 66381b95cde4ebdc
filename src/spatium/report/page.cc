#include "spatium/report/page.h"

#include "spatium/base/check.h"
#include "spatium/base/text.h"
#include "spatium/report/html.h"

namespace spatium {
namespace {

constexpr std::string_view kPolicy =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'";

std::string_view Asset(std::string_view name) {
  const std::string_view text = ReportAsset(name);
  SPATIUM_CHECK(!text.empty()) << "no asset " << name;
  return text;
}

}  // namespace

std::string RenderPage(const Page& page) {
  std::string out = StrCat(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"",
      kPolicy,
      "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
      EscapeHtml(page.title),
      "</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>\n",
      Asset("page.css"));
  for (const std::string_view style : page.styles) out += Asset(style);
  out += page.full_screen ? "</style>\n</head>\n<body class=\"full\">\n"
                          : "</style>\n</head>\n<body>\n";
  if (!page.full_screen) {
    out += StrCat("<header class=\"page\"><h1>", EscapeHtml(page.title), "</h1>");
    if (!page.subtitle.empty())
      out += StrCat("<p class=\"subtitle\">", EscapeHtml(page.subtitle), "</p>");
    out += "</header>\n<main>\n";
  }
  out += page.body;
  if (!page.full_screen)
    out +=
        "\n</main>\n<footer class=\"page\">Made by Spatium. This page loads nothing from "
        "elsewhere.</footer>\n";
  for (const auto& [id, text] : page.data)
    out += StrCat("<script type=\"text/plain\" id=\"", EscapeHtml(id), "\">", text, "</script>\n");
  for (const std::string_view script : page.scripts)
    out += StrCat("<script>\n", Asset(script), "</script>\n");
  out += "</body>\n</html>\n";
  return out;
}

std::string FigureRow(const std::vector<std::pair<std::string, std::string>>& figures) {
  std::string out = "<dl class=\"figures\">";
  for (const auto& [name, value] : figures)
    out += StrCat("<div><dt>", EscapeHtml(name), "</dt><dd>", EscapeHtml(value), "</dd></div>");
  return out + "</dl>\n";
}

std::string WithThousands(int64_t value) {
  std::string digits = StrCat(value);
  for (size_t i = digits.size(); i > 3 + (value < 0 ? 1 : 0);) {
    i -= 3;
    digits.insert(i, ",");
  }
  return digits;
}

}  // namespace spatium
