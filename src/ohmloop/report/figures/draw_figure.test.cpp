#include "ohmloop/report/figures/draw_figure.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <regex>
#include <sstream>

#include <gtest/gtest.h>

#include "ohmloop/base/file.hpp"
#include "ohmloop/report/figures/figure_testing.hpp"

namespace ohmloop {
namespace {

/// Stays in the build folder, to be looked at.
const std::string pictures = OHMLOOP_TEST_OUTPUT_DIR "/figures-test";

bool is_installed(const std::string& program) {
  return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
}

/// Whether an XML parser that is not ours reads the files.
bool are_xml(const std::string& files) {
  const std::string command =
      "python3 -c \"import glob, xml.dom.minidom as x; [x.parse(f) for f in glob.glob('" + files + "')]\"";
  return std::system(command.c_str()) == 0;
}

class DrawFigure : public testing::Test {
 protected:
  void SetUp() override {
    if (!is_installed("gnuplot") || !is_installed("python3")) GTEST_SKIP() << "needs gnuplot and python3";
  }
};

std::string picture_of(const Figure& figure, const FigureOptions& options = {}) {
  const FigureDrawing drawing = draw_figure(figure, options);
  EXPECT_TRUE(drawing.picture) << figure.title << ": " << drawing.problem << "\n" << drawing.script;
  return drawing.picture.value_or("");
}

/// The words in an SVG, their entities as the characters they stand for, each in brackets.
std::string words_of(const std::string& svg) {
  std::string words;
  const std::regex text("<text>([^<]*)</text>");
  for (std::sregex_iterator i(svg.begin(), svg.end(), text); i != std::sregex_iterator(); ++i)
    words += "[" + (*i)[1].str() + "]";
  for (const auto& [entity, character] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}}) {
    for (std::size_t at = 0; (at = words.find(entity, at)) != std::string::npos; ++at)
      words.replace(at, std::string(entity).size(), character);
  }
  return words;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++count;
  return count;
}

/// The whole number of four bytes that a PNG has at a place, most significant first.
unsigned number_at(const std::string& bytes, std::size_t at) {
  unsigned number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8U | static_cast<unsigned char>(bytes.at(at + i));
  return number;
}

TEST_F(DrawFigure, EveryKindInEveryFormat) {
  const std::filesystem::path folder = pictures;
  std::filesystem::create_directories(folder);
  for (const SampleFigure& sample : sample_figures()) {
    SCOPED_TRACE(sample.name);
    const std::string svg = picture_of(sample.figure);
    EXPECT_EQ(svg.find("GNUPLOT"), std::string::npos);
    EXPECT_NE(svg.find("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
                       "width=\"3.300in\""),
              std::string::npos);
    const std::string pdf = picture_of(sample.figure, {.format = PictureFormat::pdf});
    EXPECT_EQ(pdf.substr(0, 5), "%PDF-");
    EXPECT_NE(pdf.find("/MediaBox [ 0 0 237 "), std::string::npos);
    EXPECT_NE(pdf.find("/CreationDate (D:19700101000000"), std::string::npos);
    const std::string png = picture_of(sample.figure, {.format = PictureFormat::png, .dots_per_inch = 100});
    EXPECT_EQ(png.substr(0, 8), "\x89PNG\r\n\x1a\n");
    EXPECT_EQ(number_at(png, 16), 330U);
    EXPECT_GT(number_at(png, 20), 150U);
    write_file_atomically(folder / (sample.name + ".svg"), svg);
    write_file_atomically(folder / (sample.name + ".pdf"), pdf);
    write_figure(folder / (sample.name + ".png"), sample.figure, {.format = PictureFormat::png});
  }
  EXPECT_TRUE(are_xml(pictures + "/*.svg"));
}

TEST_F(DrawFigure, EqualFiguresGiveEqualBytes) {
  for (const PictureFormat format : {PictureFormat::svg, PictureFormat::pdf, PictureFormat::png})
    EXPECT_EQ(picture_of(sample_noise().figure, {.format = format}),
              picture_of(sample_noise().figure, {.format = format}));
}

TEST_F(DrawFigure, NoSettingOfTheUsersChangesIt) {
  const std::string before = picture_of(sample_roofline().figure);
  ASSERT_EQ(::setenv("LC_ALL", "de_DE.UTF-8", 1), 0);
  ASSERT_EQ(::setenv("GNUTERM", "dumb", 1), 0);
  const std::string after = picture_of(sample_roofline().figure);
  ::unsetenv("LC_ALL");
  ::unsetenv("GNUTERM");
  EXPECT_EQ(before, after);
}

TEST_F(DrawFigure, CurvesHaveTheirIntervalsColoursAndNames) {
  const std::string svg = picture_of(sample_noise().figure);
  const std::string words = words_of(svg);
  for (const char* name : {"[LeNet-5]", "[ResNet-20]", "[MobileNetV2]", "[ViT-tiny]", "[ConvNeXt-nano]", "[guessing]",
                           "[Accuracy against rescaled noise]", "[top-1 accuracy (%)]", "[100]", "[0.05]"})
    EXPECT_NE(words.find(name), std::string::npos) << name << " is not among " << words;
  EXPECT_NE(svg.find("<desc>Top-1 with 95% intervals of five networks.</desc>"), std::string::npos);
  EXPECT_NE(svg.find("rgb(  0, 114, 178)"), std::string::npos) << "the first colour";
  // Nine markers and one in the legend; the first network's are filled circles.
  EXPECT_EQ(count_of(svg, "<use xlink:href='#gpPt6'"), 10U);
  const FigureDrawing drawing = draw_figure(sample_noise().figure);
  EXPECT_EQ(count_of(drawing.script, "with vectors heads"), 5U);
  EXPECT_EQ(count_of(draw_figure(sample_bits().figure).script, "with filledcurves"), 3U);
}

TEST_F(DrawFigure, EnergyKeepsTheColoursOfItsParts) {
  const std::string script = draw_figure(sample_energy().figure).script;
  EXPECT_NE(
      script.find("$part1 using 1:2:3:4:5:6 with boxxyerror lw 0.6 fs solid 1 border rgb '#ffffff' fc rgb '#0072b2'"),
      std::string::npos)
      << "the ADC's";
  EXPECT_EQ(count_of(script, "with boxxyerror"), all_cost_parts.size());
}

TEST_F(DrawFigure, SharesAddUpToHundred) {
  StackedBarFigure body;
  body.parts = {{"a", CostPart::dac}, {"b", CostPart::adc}};
  body.groups = {{"one", {{"", {1, 3}}}}};
  body.as_shares = true;
  const std::string script = draw_figure({"t", "", {}, {"energy", "pJ"}, body}).script;
  EXPECT_NE(script.find("$part0 << EOD\n0 0 -0.4 0.4 0 25\nEOD"), std::string::npos) << script;
  EXPECT_NE(script.find("$part1 << EOD\n0 25 -0.4 0.4 25 100\nEOD"), std::string::npos) << script;
  EXPECT_NE(script.find("\"energy (%)\""), std::string::npos);
}

TEST_F(DrawFigure, ComparisonPrintsTheErrors) {
  const std::string words = words_of(picture_of(sample_comparison().figure));
  for (const char* error : {"[+2.6%]", "[−10%]", "[+2.7%]", "[−11%]"})
    EXPECT_NE(words.find(error), std::string::npos) << error << " is not among " << words;
}

TEST_F(DrawFigure, TheFrontIsAStepAndTheRestLighter) {
  ParetoFigure body;
  body.series = {{{"a", SeriesOrder{0}}, {{1, 50, "first"}, {2, 70, ""}, {3, 60, ""}}}};
  const std::string script = draw_figure({"t", "", {"energy"}, {"accuracy"}, body}).script;
  EXPECT_NE(script.find("$front0 << EOD\n1 50\n2 70\nEOD"), std::string::npos) << script;
  EXPECT_NE(script.find("$dominated0 << EOD\n3 60\nEOD"), std::string::npos) << script;
  EXPECT_NE(script.find("$step << EOD\n1 50\n2 70\n3.06 70\nEOD"), std::string::npos) << script;
  EXPECT_NE(script.find("lc rgb '#990072b2'"), std::string::npos);
  EXPECT_NE(script.find("\"first\""), std::string::npos);
}

TEST_F(DrawFigure, RoofsMeetAtTheRidge) {
  RooflineFigure body;
  body.peak_per_second = 100;
  body.bandwidths = {{"dram", 10}};
  const std::string script = draw_figure({"t", "", {"intensity"}, {"performance"}, body}).script;
  EXPECT_NE(script.find("\n10 100\nEOD"), std::string::npos) << script;
}

TEST_F(DrawFigure, LegendsShowTheDashes) {
  // A line in the plot and one in the legend.
  EXPECT_EQ(count_of(picture_of(sample_roofline().figure), "stroke-dasharray='"), 2U);
}

TEST_F(DrawFigure, TheNestIsIndented) {
  const std::string svg = picture_of(sample_nest().figure);
  const std::string words = words_of(svg);
  EXPECT_NE(words.find("[for M in 0..13 across pe_columns]"), std::string::npos) << words;
  EXPECT_NE(words.find("[weight_spad: weight, 33 words]"), std::string::npos) << words;
  EXPECT_NE(words.find("[mac computes]"), std::string::npos) << words;
}

/// Text that would be a command to a shell or to gnuplot, or end what it stands in.
const std::vector<std::string> bad_names = {"a'b",
                                            "'; system(\"touch broken-in\"); '",
                                            "`touch broken-in`",
                                            "$(touch broken-in)",
                                            "@ARG1",
                                            "two\nlines\nEOD\nsystem('touch broken-in')",
                                            "\"quoted\" \\\"",
                                            "50% %s %d %n",
                                            "{/Symbol a}_b^c",
                                            "<script>alert(1)</script> & ]]>",
                                            "\\",
                                            "'",
                                            "''",
                                            "#",
                                            "EOD",
                                            "\xFF\xFE bytes",
                                            std::string("nul\0byte", 8),
                                            "!touch broken-in",
                                            ""};

TEST_F(DrawFigure, NamesAreNeverCommands) {
  std::filesystem::remove("broken-in");
  std::filesystem::create_directories(pictures);
  int number = 0;
  for (const std::string& name : bad_names) {
    SCOPED_TRACE(name);
    const FigureAxis axis{name, name};
    CurveFigure curves = one_curve(name, {{0, 1, 0.5, 1.5}, {1, 2}});
    curves.categories = {name, name};
    curves.levels = {{name, 1}};
    StackedBarFigure bars{{{name, CostPart::adc}}, {{name, {{name, {1}}, {name, {2}}}}}};
    ComparisonFigure comparison{{{name, 1, 2.0}}, name, name};
    RooflineFigure roofline{name, 10, {{name, 1}}, {{{name, SeriesOrder{0}}, 1, 1}}};
    ParetoFigure pareto{{{{name, SeriesOrder{0}}, {{1, 1, name}}}}};
    NestTreeFigure nest{{KeepLine{name, name, 3}, LoopLine{name, 2, name}}, {{name, Role::input}}, name};
    for (const FigureBody& body : std::initializer_list<FigureBody>{curves, bars, comparison, roofline, pareto, nest}) {
      const std::string svg = picture_of({name, name, axis, axis, body});
      EXPECT_EQ(svg.find("<script"), std::string::npos);
      write_file_atomically(pictures + "/names-" + std::to_string(++number) + ".svg", svg);
    }
  }
  EXPECT_FALSE(std::filesystem::exists("broken-in"));
  EXPECT_TRUE(are_xml(pictures + "/names-*.svg"));
}

TEST_F(DrawFigure, NamesAreDrawnAsTheyAre) {
  CurveFigure body = one_curve("a'b `c` @d {e}_f 50% \"g\" <h> & \\i", {{0, 1}});
  body.categories = {"5% %d 'x'"};
  const std::string words = words_of(picture_of({"", "", {"x"}, {"y"}, body}, {.width_inches = 7}));
  EXPECT_NE(words.find("[a'b `c` @d {e}_f 50% \"g\" <h> & \\i]"), std::string::npos) << words;
  EXPECT_NE(words.find("[5% %d 'x']"), std::string::npos) << words;
}

TEST_F(DrawFigure, SaysWhatIsLeftOut) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const CurveFigure body = one_curve("a", {{0, 1}, {1, nan}, {2, 3}, {4, 1e300}});
  const FigureDrawing drawing = draw_figure({"t", "", {"x", "", AxisScale::log10}, {"y"}, body});
  EXPECT_TRUE(drawing.picture) << drawing.problem;
  EXPECT_EQ(drawing.left_out, (std::vector<std::string>{"1 value is not drawn: no number",
                                                        "1 value is not drawn: not above zero, on a logarithmic axis",
                                                        "1 value is not drawn: too large or too small to draw"}));
}

TEST_F(DrawFigure, NothingToDrawIsAnEmptyFigure) {
  for (const FigureBody& body : std::initializer_list<FigureBody>{CurveFigure{}, StackedBarFigure{}, ComparisonFigure{},
                                                                  RooflineFigure{}, ParetoFigure{}, NestTreeFigure{}}) {
    for (const AxisScale scale : {AxisScale::linear, AxisScale::log2, AxisScale::log10})
      EXPECT_FALSE(picture_of({"nothing", "", {"x", "", scale}, {"y", "", scale}, body}).empty());
  }
}

TEST_F(DrawFigure, ManySeriesAndLongNamesKeepTheirPlaces) {
  CurveFigure body;
  for (std::size_t i = 0; i < 90; ++i)
    body.curves.push_back({{"series " + std::to_string(i), SeriesOrder{i}}, {{0, static_cast<double>(i)}, {1, 3}}});
  body.curves[0].series.name = std::string(100'000, 'w');
  const std::string words = words_of(picture_of({std::string(100'000, 't'), "", {"x"}, {"y"}, body}));
  EXPECT_NE(words.find("[and 31 more]"), std::string::npos);
  EXPECT_LT(words.size(), 4'000U);
}

TEST(DrawFigureProblem, TooManyPoints) {
  const CurveFigure body = one_curve("a", std::vector<CurvePoint>(300'000));
  EXPECT_EQ(draw_figure({"t", "", {}, {}, body}).problem,
            "300,001 points are more than the 200,000 that a figure can show");
}

TEST(DrawFigureProblem, NoGnuplot) {
  const std::string path = std::getenv("PATH");
  ASSERT_EQ(::setenv("PATH", "/nowhere", 1), 0);
  const FigureDrawing drawing = draw_figure(sample_bits().figure);
  std::string message;
  try {
    write_figure("never.svg", sample_bits().figure);
  } catch (const FileError& error) {
    message = error.what();
  }
  ASSERT_EQ(::setenv("PATH", path.c_str(), 1), 0);
  EXPECT_FALSE(drawing.picture);
  EXPECT_EQ(drawing.problem, "the program gnuplot is not there (Debian: apt install gnuplot-nox)");
  EXPECT_FALSE(drawing.script.empty()) << "it can be drawn elsewhere";
  EXPECT_EQ(message, "no figure 'never.svg': the program gnuplot is not there (Debian: apt install gnuplot-nox)");
  EXPECT_FALSE(std::filesystem::exists("never.svg"));
}

TEST(PictureFormats, HaveTheNamesOfFiles) {
  EXPECT_EQ(picture_format("pdf"), PictureFormat::pdf);
  EXPECT_EQ(picture_format("jpg"), std::nullopt);
  EXPECT_EQ(to_string(PictureFormat::png), "png");
}

}  // namespace
}  // namespace ohmloop
