#include "spatium/report/gallery.h"

#include <algorithm>
#include <map>

#include "spatium/base/parallel.h"
#include "spatium/base/progress.h"
#include "spatium/base/text.h"
#include "spatium/image/codec.h"
#include "spatium/report/html.h"
#include "spatium/report/page.h"
#include "spatium/report/question_pictures.h"

namespace spatium {
namespace {

constexpr int kJpegQuality = 82;

// The longest side of an embedded picture: one fills a card, pairs and triples share it, the
// frames of a video make a contact sheet.
int MaxSide(size_t num_pictures) { return num_pictures == 1 ? 880 : num_pictures <= 4 ? 640 : 240; }

std::string Pictures(const PlacedQuestion& question) {
  const size_t num_pictures = question.images().size();
  if (num_pictures == 0) return "";
  const auto pictures = DrawQuestion(question, MarkerStyle::kClear, MaxSide(num_pictures));
  if (!pictures)
    return StrCat("<p class=\"missing\">", EscapeHtml(pictures.error().Message()), "</p>");
  std::string out = StrCat("<div class=\"pictures n", std::min<size_t>(num_pictures, 5), "\">");
  for (const MarkedPicture& picture : *pictures) {
    out += StrCat("<figure",
                  picture.marked && num_pictures > 4 ? " class=\"marked\"" : "",
                  "><img alt=\"picture ",
                  picture.index + 1,
                  "\" loading=\"lazy\" width=\"",
                  picture.image.width(),
                  "\" height=\"",
                  picture.image.height(),
                  "\" src=\"",
                  DataUri("image/jpeg", EncodeJpeg(picture.image, kJpegQuality)),
                  "\">");
    if (num_pictures > 1) out += StrCat("<figcaption>", picture.index + 1, "</figcaption>");
    out += "</figure>";
  }
  return out + "</div>";
}

std::string Details(std::string_view css, std::string_view summary, const std::string& html) {
  return StrCat(
      "<details class=\"", css, "\"><summary>", summary, "</summary>", html, "</details>");
}

std::string Card(const PlacedQuestion& question) {
  const QuestionPlace& place = question.place;
  std::string out = StrCat("<article class=\"card question\" data-task=\"",
                           EscapeHtml(place.task),
                           "\" data-format=\"",
                           EscapeHtml(place.format),
                           "\">");
  out += Pictures(question);
  out += StrCat("<div class=\"body\"><p class=\"tags\"><span class=\"tag\">",
                EscapeHtml(place.task),
                "</span><span class=\"tag\">",
                EscapeHtml(place.format),
                "</span><span class=\"id\">",
                EscapeHtml(question.id()),
                "</span></p>");
  out += StrCat("<p class=\"text\">", EscapeHtml(question.question()), "</p>");
  out += Details(
      "answer", "Answer", StrCat("<p class=\"text\">", EscapeHtml(question.answer()), "</p>"));
  const Json* provenance = question.record.Find("provenance");
  std::string origin =
      StrCat("<p>", EscapeHtml(place.file.string()), ", line ", place.line, "</p><p>");
  for (const std::string& image : question.images()) origin += EscapeHtml(image) + "<br>";
  origin += "</p>";
  if (provenance) origin += StrCat("<pre>", EscapeHtml(provenance->DumpPretty()), "</pre>");
  out += Details("provenance", "Provenance", origin);
  return out + "</div></article>\n";
}

std::string Filters(const std::vector<PlacedQuestion>& questions) {
  std::map<std::string, int> tasks, formats;
  for (const PlacedQuestion& question : questions) {
    ++tasks[question.place.task];
    ++formats[question.place.format];
  }
  const auto select = [](std::string_view id,
                         std::string_view all,
                         const std::map<std::string, int>& counts) {
    std::string out = StrCat(
        "<select id=\"", id, "\" aria-label=\"", id, "\"><option value=\"\">", all, "</option>");
    for (const auto& [name, count] : counts)
      out += StrCat(
          "<option value=\"", EscapeHtml(name), "\">", EscapeHtml(name), " (", count, ")</option>");
    return out + "</select>";
  };
  return StrCat("<div class=\"filters\">",
                select("task", "All tasks", tasks),
                select("format", "All formats", formats),
                "<input id=\"search\" type=\"search\" placeholder=\"Search text\" "
                "aria-label=\"search text\">",
                "<label><input id=\"answers\" type=\"checkbox\"> Show answers</label>",
                "<span id=\"shown\" class=\"muted\"></span></div>\n");
}

}  // namespace

std::string GalleryPage(const std::vector<PlacedQuestion>& questions,
                        const GalleryOptions& options) {
  std::vector<std::string> cards(questions.size());
  Progress progress("gallery", questions.size());
  ParallelFor(questions.size(), options.threads, [&](size_t i) {
    cards[i] = Card(questions[i]);
    progress.Add();
  });
  Page page{.title = options.title,
            .subtitle = options.subtitle,
            .body = Filters(questions),
            .styles = {"gallery.css"},
            .scripts = {"lightbox.js", "gallery.js"},
            .data = {}};
  page.body += "<div class=\"grid questions\">\n";
  for (const std::string& card : cards) page.body += card;
  page.body +=
      "</div>\n<p id=\"nothing\" class=\"muted\" hidden>No question matches.</p>\n"
      "<dialog id=\"large\"><img alt=\"\"></dialog>\n";
  return RenderPage(page);
}

}  // namespace spatium
