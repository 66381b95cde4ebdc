#include "spatium/report/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spatium/report/chart.h"
#include "spatium/report/page.h"

namespace spatium {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Html, EscapesEveryCharacterThatMarkupUses) {
  EXPECT_EQ(EscapeHtml("<a href=\"x\">'&'</a>"),
            "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  EXPECT_EQ(EscapeHtml(std::string_view("a\0b", 3)),
            "a\xef\xbf\xbd"
            "b");
}

TEST(Html, JsonForAScriptCannotEndIt) {
  const Json value = Json::MakeObject({{"</script>", "<!-- & ]]>"}});
  const std::string text = JsonForScript(value);
  EXPECT_THAT(text, Not(HasSubstr("<")));
  EXPECT_THAT(text, Not(HasSubstr(">")));
  EXPECT_EQ(*Json::Parse(text, ""), value);
}

TEST(Page, HoldsEverythingAndForbidsTheRest) {
  const std::string html = RenderPage({.title = "<T>",
                                       .subtitle = "",
                                       .body = "<p>b</p>",
                                       .styles = {"gallery.css"},
                                       .scripts = {"gallery.js"},
                                       .data = {{"d", "QUJD"}}});
  EXPECT_THAT(html, HasSubstr("<title>&lt;T&gt;</title>"));
  EXPECT_THAT(html, HasSubstr("default-src 'none'"));
  EXPECT_THAT(html, HasSubstr("<script type=\"text/plain\" id=\"d\">QUJD</script>"));
  for (const char* outside : {"http://", "https://", "src=\"/", "@import", "url("})
    EXPECT_THAT(html, Not(HasSubstr(outside)));
}

TEST(Page, NumbersGetThousands) {
  EXPECT_EQ(WithThousands(0), "0");
  EXPECT_EQ(WithThousands(999), "999");
  EXPECT_EQ(WithThousands(1234567), "1,234,567");
  EXPECT_EQ(WithThousands(-1000), "-1,000");
  EXPECT_EQ(WithThousands(-100), "-100");
}

TEST(Chart, HistogramCountsEveryValueOnce) {
  const std::vector<double> values = {0, 0.1, 0.5, 0.9, 1.0};
  const Histogram h = MakeHistogram(values, 2);
  EXPECT_EQ(h.counts, (std::vector<int64_t>{2, 3}));
  EXPECT_EQ(MakeHistogram(std::vector<double>{3, 3}, 5).counts, (std::vector<int64_t>{2}));
  EXPECT_TRUE(MakeHistogram({}, 5).counts.empty());
}

TEST(Chart, ManyBarsAreSummedUp) {
  std::vector<Bar> bars;
  for (int i = 0; i < 30; ++i) bars.push_back({.label = "b<", .value = 1, .note = ""});
  const std::string svg = BarChart(bars, {.title = "t & u", .max_bars = 10});
  EXPECT_THAT(svg, HasSubstr("other (21)"));
  EXPECT_THAT(svg, HasSubstr("t &amp; u"));
  EXPECT_THAT(svg, Not(HasSubstr("b<<")));
  EXPECT_EQ(BarChart({}, {.title = "none"}), "");
}

}  // namespace
}  // namespace spatium
