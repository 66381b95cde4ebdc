#include "spatium/report/grounding_trace.h"

#include "spatium/base/text.h"
#include "spatium/report/html.h"
#include "spatium/report/page.h"

namespace spatium {
namespace {

std::string TextOf(const Json* value) {
  if (value == nullptr || value->IsNull()) return "–";
  return value->IsString() ? value->AsString() : value->Dump();
}

std::string Cell(std::string_view text) { return StrCat("<td>", EscapeHtml(text), "</td>"); }

std::string RankingTable(const Json& row) {
  std::string out =
      "<table><thead><tr><th>rank</th><th>id</th><th>label</th><th>probability</th></tr></"
      "thead><tbody>";
  int rank = 0;
  for (const Json& object : row.Find("ranking")->AsArray())
    out += StrCat("<tr>",
                  Cell(std::to_string(++rank)),
                  Cell(TextOf(object.Find("id"))),
                  Cell(TextOf(object.Find("label"))),
                  Cell(FormatFixed(object.Find("p")->AsDouble(), 3)),
                  "</tr>");
  return out + "</tbody></table>";
}

std::string ClauseTable(const Json& row) {
  std::string out =
      "<table><thead><tr><th>clause</th><th>relation</th><th>anchors</th><th>scores of the "
      "candidates</th></tr></thead><tbody>";
  for (const Json& clause : row.Find("clauses")->AsArray()) {
    std::string scores;
    for (const auto& [id, score] : clause.Find("scores")->AsObject())
      scores += StrCat(scores.empty() ? "" : ", ", id, ": ", FormatFixed(score.AsDouble(), 2));
    out += StrCat("<tr>",
                  Cell(TextOf(clause.Find("text"))),
                  Cell(TextOf(clause.Find("relation"))),
                  Cell(TextOf(clause.Find("anchors"))),
                  Cell(scores),
                  "</tr>");
  }
  return out + "</tbody></table>";
}

std::string Step(const AgentStep& step) {
  std::string out = StrCat("<section><h2>", EscapeHtml(step.name), "</h2>");
  if (!step.prompt.empty())
    out += StrCat("<p>prompt ",
                  step.prompt_hash,
                  ", ",
                  step.ms,
                  " ms, cost ",
                  FormatShortest(step.cost),
                  "</p>");
  out += "<div>";
  for (const auto& [caption, bytes] : step.pictures) {
    const std::string_view type = bytes.starts_with("\x89PNG") ? "image/png" : "image/jpeg";
    out += StrCat(
        "<figure style=\"display:inline-block;margin:4px;max-width:48%\"><img "
        "style=\"max-width:100%\" src=\"",
        DataUri(type, bytes),
        "\"><figcaption>",
        EscapeHtml(caption),
        "</figcaption></figure>");
  }
  out += "</div>";
  if (step.prompt.empty()) return out + "</section>";
  out += StrCat("<details open><summary>prompt</summary><pre style=\"white-space:pre-wrap\">",
                EscapeHtml(step.prompt),
                "</pre></details>");
  for (const std::string& reply : step.replies)
    out += StrCat("<details open><summary>reply</summary><pre style=\"white-space:pre-wrap\">",
                  EscapeHtml(reply),
                  "</pre></details>");
  out += step.parsed.IsNull() ? "<p><b>No usable reply: the text solver's order was taken.</b></p>"
                              : "";
  return out + "</section>";
}

}  // namespace

std::string GroundingTracePage(const Json& row, const AgentResult* agent) {
  Page page;
  page.title = TextOf(row.Find("caption"));
  page.subtitle = StrCat("Scene ",
                         TextOf(row.Find("scan_id")),
                         ": ",
                         TextOf(row.Find("outcome")),
                         ", object ",
                         TextOf(row.Find("id")));
  page.styles = {"page.css"};
  page.body = FigureRow({{"outcome", TextOf(row.Find("outcome"))},
                         {"object", TextOf(row.Find("id"))},
                         {"calls", TextOf(row.Find("calls"))},
                         {"cost", TextOf(row.Find("cost"))},
                         {"milliseconds", TextOf(row.Find("ms"))}});
  page.body += "<section><h2>Ranking</h2>" + RankingTable(row) + "</section>";
  page.body += StrCat("<section><h2>Parse</h2><pre style=\"white-space:pre-wrap\">",
                      EscapeHtml(row.Find("parse")->DumpPretty()),
                      "</pre></section>");
  page.body += "<section><h2>Clauses</h2>" + ClauseTable(row) + "</section>";
  if (const Json* observer = row.Find("observer"); observer != nullptr && !observer->IsNull())
    page.body +=
        StrCat("<section><h2>Observer</h2><p>", EscapeHtml(observer->Dump()), "</p></section>");
  if (agent != nullptr)
    for (const AgentStep& step : agent->steps) page.body += Step(step);
  return RenderPage(page);
}

}  // namespace spatium
