#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spatium {

// One self-contained HTML file: styles, scripts, pictures and data are inside, and its content
// security policy lets it load nothing else, so it works without a network and from a disk.
struct Page {
  std::string title;     // plain text
  std::string subtitle;  // plain text; empty: none
  std::string body;      // HTML, already escaped
  // Files of report/assets: "page.css" is always there.
  std::vector<std::string_view> styles;
  std::vector<std::string_view> scripts;
  // Blocks that scripts read by id: JSON through JsonForScript, or Base64.
  std::vector<std::pair<std::string, std::string>> data;
  bool full_screen = false;  // no header and margins: the body fills the window
};
std::string RenderPage(const Page& page);

// The text of a file of report/assets; empty for an unknown name.
std::string_view ReportAsset(std::string_view file_name);

// A row of figures at the top of a report: {"Questions", "1,204"}.
std::string FigureRow(const std::vector<std::pair<std::string, std::string>>& figures);

// "1,234,567".
std::string WithThousands(int64_t value);

}  // namespace spatium
