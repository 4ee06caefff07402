#include "ohmloop/report/page/render_page.hpp"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/report/figures/draw_figure.hpp"
#include "ohmloop/report/figures/figure_testing.hpp"

namespace ohmloop {
namespace {

Page sample_page() {
  Page page;
  page.title = "Which network stands most noise on this chip?";
  page.question = "Accuracy of nine networks under rescaled noise, and what an image costs on 'pim'.";
  page.abstract = {"ResNet-18 keeps 61.2 % at a noise of 0.06, MobileNetV2 falls to 18.4 %.",
                   "Per microjoule, ResNet-18 is the best from 4 bits of the ADC upwards."};
  page.warnings = {"3 points were interrupted and are left out.", "'adc' is extrapolated: no row for 5 bits."};
  PageSection curves{"Figures of every kind", {"Intervals are 95% intervals of Wilson's score."}};
  PageSection bars{"Where the energy goes"};
  for (const SampleFigure& sample : sample_figures()) {
    PageFigure figure{sample.figure.title, sample.figure.caption};
    const FigureDrawing drawing = draw_figure(sample.figure);
    figure.svg = drawing.picture.value_or("");
    figure.problem = drawing.problem;
    (sample.name == "energy" || sample.name == "tensors" ? bars : curves).figures.push_back(figure);
  }
  PageFigure strange{"A figure whose names are strange"};
  const CurveFigure names = one_curve("<b>a</b> & 'b' \"c\" ]]> </svg>", {{1, 2}, {2, 3}});
  strange.svg = draw_figure({"</title><script>", "", {"</text>"}, {"-->"}, names}).picture.value_or("");
  curves.figures.push_back(strange);
  curves.tables.push_back({"Networks",
                           {{"network"}, {"top-1", "%"}, {"energy", "uJ"}, {"parameters"}, {"note"}},
                           {{std::string("resnet18"), 69.8, 1204.0, 11'689'512.0, std::string("")},
                            {std::string("vgg16"), 71.6, 15'501.0, 138'357'544.0, std::string("the largest")},
                            {std::string("mobilenet_v2"), 71.9, 312.0, 3'504'872.0, std::string("depthwise")},
                            {std::string("alexnet"), 56.5, std::monostate{}, 61'100'840.0, std::string("not mapped")},
                            {std::string("network10"), 9.5, 9.0, 1e-7, std::string("b")},
                            {std::string("network9"), -1.25, 100.0, std::nan(""), std::string("a")}}});
  page.sections = {curves, bars};
  page.settings = {
      {"architecture", "preset:pim"}, {"batch", "1"}, {"noise", "rescaled, after the sums"}, {"seed", "7"}};
  page.constants = {
      {"adc: energy of convert", 1.6588, "pJ", "Shafiee et al., ISCA 2016, Table I", PageConstant::Kind::published},
      {"dram: energy of read", 8.0, "pJ/bit", "fitted to the chip's own measurement", PageConstant::Kind::fitted},
      {"wire: energy of a bit", 1.2e-13, "J/mm", "scaled from 65 nm", PageConstant::Kind::predicted}};
  page.commands = {"ohmloop study run noise-networks -o out/", "ohmloop report out/ -o report.html"};
  page.tool = {"ohmloop", "0.1.0", "unknown"};
  return page;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++count;
  return count;
}

/// A page that holds this text wherever text can stand.
Page page_of(const std::string& text) {
  Page page;
  page.title = page.question = text;
  page.abstract = page.warnings = page.commands = {text};
  page.sections = {{text, {text}, {{text, text, "", text}}, {{text, {{text, text}}, {{text}}}}}};
  page.settings = {{text, text}};
  page.constants = {{text, 1, text, text}};
  page.tool = {text, text, text};
  return page;
}

TEST(RenderPage, TextIsNeverMarkup) {
  const std::string page = render_page(page_of("</script><script>alert('1')</script>\" onclick=\"alert(2) &amp; <!--"));
  EXPECT_EQ(count_of(page, "<script"), 1U);
  EXPECT_EQ(count_of(page, "</script"), 1U);
  EXPECT_EQ(page.find("<!--"), std::string::npos);
  EXPECT_EQ(page.find("\" onclick"), std::string::npos);
  EXPECT_NE(page.find("&lt;/script&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot; onclick=&quot;alert(2) "
                      "&amp;amp; &lt;!--"),
            std::string::npos);
  EXPECT_EQ(render_page(page_of(std::string("\0\xff\n", 3))).find('\0'), std::string::npos);
}

TEST(RenderPage, AllowsOnlyWhatIsInIt) {
  const std::string page = render_page(sample_page());
  EXPECT_NE(page.find("content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-"),
            std::string::npos);
  for (const char* reference : {"src=", "@import", "url(http", "href=\"http", "<link", "<iframe", "javascript:"})
    EXPECT_EQ(page.find(reference), std::string::npos) << reference;
}

TEST(RenderPage, SaysWhyThereIsNoPicture) {
  Page page;
  page.sections = {{"s", {}, {{"Noise", "", "", "gnuplot is not there"}, {"Bits", "", "<svg><script/></svg>"}}}};
  const std::string html = render_page(page);
  EXPECT_NE(html.find("Noise: no picture, gnuplot is not there"), std::string::npos);
  EXPECT_NE(html.find("Bits: no picture, it is not a plain drawing"), std::string::npos);
}

TEST(RenderPage, NumbersStandRightWithTheirUnitAndFullValue) {
  Page page;
  page.sections = {
      {"s",
       {},
       {},
       {{"t", {{"energy", "pJ"}, {"bits"}}, {{1234.5678, 8.0}, {std::monostate{}, std::string("float32")}}}}}};
  const std::string html = render_page(page);
  EXPECT_NE(
      html.find("<th scope=\"col\" aria-sort=\"none\" class=\"number\"><button type=\"button\">energy</button><span "
                "class=\"unit\">pJ</span></th>"),
      std::string::npos);
  EXPECT_NE(html.find("<td class=\"number\" data-value=\"1234.5678\">1,235</td><td>8</td>"), std::string::npos) << html;
  EXPECT_NE(html.find("<td class=\"number\" data-value=\"\">–</td><td>float32</td>"), std::string::npos);
}

TEST(RenderPage, ARowOfAnotherLengthIsOurBug) {
  Page page;
  page.sections = {{"s", {}, {}, {{"t", {{"a"}, {"b"}}, {{1.0}}}}}};
  EXPECT_THROW(render_page(page), InternalError);
}

TEST(RenderPage, EqualPagesGiveEqualBytes) { EXPECT_EQ(render_page(sample_page()), render_page(sample_page())); }

bool is_installed(const std::string& program) {
  return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
}

TEST(RenderPage, InABrowser) {
  if (!is_installed("chromium") || !is_installed("python3")) GTEST_SKIP() << "needs chromium and python3";
  const std::filesystem::path folder = OHMLOOP_TEST_OUTPUT_DIR "/page-test";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "report.html") << render_page(sample_page());
  const std::string command = "python3 '" OHMLOOP_SOURCE_DIR "/tests/page/check_page.py' '" OHMLOOP_TEST_OUTPUT_DIR
                              "/page-test/report.html' '" OHMLOOP_TEST_OUTPUT_DIR "/page-test'";
  EXPECT_EQ(std::system(command.c_str()), 0) << "see what it printed, and the screenshots in " << folder;
}

}  // namespace
}  // namespace ohmloop
