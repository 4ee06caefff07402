#include "ohmloop/study/sweep_axes.hpp"

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

using Texts = std::vector<std::string>;

PlacedText word(const std::string& text, const std::string& option = "") {
  const auto line = std::make_shared<const SourceFile>(SourceFile{"command line", option + text});
  return {text, {line, 1, 1, option.size() + text.size()}};
}

struct Parsed {
  std::vector<ParsedAxis> axes;
  std::vector<Diagnostic> errors;
};

Parsed parse(const std::vector<PlacedText>& words, const Texts& set = {}, std::size_t networks = 1) {
  std::vector<PlacedText> given;
  for (const std::string& one : set) given.push_back(word(one));
  Diagnostics diagnostics;
  Parsed parsed;
  parsed.axes = parse_axes(words, given, networks, diagnostics);
  parsed.errors = diagnostics.all();
  return parsed;
}

TEST(SweepAxes, SeveralKeysTakeTheSameValues) {
  const Parsed parsed = parse({word("rows,columns=128,256"), word("adc=4..6 bit")});
  ASSERT_TRUE(parsed.errors.empty());
  ASSERT_EQ(parsed.axes.size(), 2U);
  EXPECT_EQ(parsed.axes[0].axis.keys, (Texts{"rows", "columns"}));
  EXPECT_EQ(chips_of(parsed.axes), 6U);
  Texts all;
  for (std::size_t chip = 0; chip < chips_of(parsed.axes); ++chip) {
    std::string line;
    for (const PlacedText& one : overrides_at(parsed.axes, choice_of(parsed.axes, chip), {word("dac=2")})) {
      line += one.text + ";";
    }
    all.push_back(line);
  }
  EXPECT_EQ(all.front(), "dac=2;rows=128;columns=128;adc=4 bit;");
  EXPECT_EQ(all[1], "dac=2;rows=128;columns=128;adc=5 bit;") << "the last axis runs fastest";
  EXPECT_EQ(all.back(), "dac=2;rows=256;columns=256;adc=6 bit;");
}

TEST(SweepAxes, WithoutAnyThereIsOneChip) {
  EXPECT_EQ(chips_of({}), 1U);
  EXPECT_TRUE(choice_of({}, 0).empty());
}

TEST(SweepAxes, PlacesAreThoseOfTheKeys) {
  const Parsed parsed = parse({word("rows,columns=1", "--over=")});
  ASSERT_EQ(parsed.axes.size(), 1U);
  EXPECT_EQ(parsed.axes[0].keys[1].column, std::string("--over=rows,").size() + 1);
  EXPECT_EQ(parsed.axes[0].keys[1].length, 7U);
}

TEST(SweepAxes, TellsEverythingThatIsWrong) {
  for (const char* text : {"rows", "=1", "rows=", "rows= ", "rows=1,,2", "rows,=1", "rows,rows=1", "rows=9..2"}) {
    EXPECT_EQ(parse({word(text)}).errors.size(), 1U) << text;
  }
  EXPECT_EQ(parse({word("rows"), word("columns=")}).errors.size(), 2U);
  EXPECT_EQ(parse({word("rows=1"), word("rows=2")}).errors.size(), 1U);
  EXPECT_EQ(parse({word("rows=1")}, {"rows=2"}).errors.size(), 1U);
  EXPECT_TRUE(parse({word("rows=1")}, {"columns=2"}).errors.empty());
}

TEST(SweepAxes, BoundsTheNumberOfPoints) {
  const std::vector<PlacedText> stepped = {word("a=1001,1002"), word("b=1,2,3,4,5")};
  EXPECT_TRUE(parse(stepped, {}, 10'000).errors.empty()) << "100,000 points";
  const Parsed more = parse(stepped, {}, 10'001);
  ASSERT_EQ(more.errors.size(), 1U);
  EXPECT_EQ(more.errors[0].message, "the sweep has 100,010 points (10001 networks x 2 x 5)");
}

TEST(SweepAxes, ErrorsOfASettingMoveToTheWordThatWasWritten) {
  const Parsed parsed = parse({word("rows,column=64,128")});
  const auto source = std::make_shared<const SourceFile>(SourceFile{"--set", "column=128"});
  const Diagnostic of_key = {Severity::error, "no such key", {source, 1, 1, 6}, {}, {}};
  const Diagnostic of_value = {Severity::error, "no such value", {source, 1, 8, 3}, {}, {}};
  const auto other = std::make_shared<const SourceFile>(SourceFile{"--set", "adc=9"});
  const Diagnostic of_other = {Severity::error, "another", {other, 1, 1, 3}, {}, {}};
  const auto moved = at_written_places({of_key, of_value, of_other}, parsed.axes);
  EXPECT_EQ(to_string(moved[0].where), "command line:1:6");
  EXPECT_EQ(to_string(moved[1].where), "command line:1:1");
  EXPECT_EQ(to_string(moved[2].where), "--set:1:1");
}

TEST(SweepWarnings, ThatDifferInNumbersAreToldOnce) {
  const auto warning = [](const std::string& message) { return Diagnostic{Severity::warning, message, {}, {}, {}}; };
  std::vector<SweepPoint> points(3);
  points[0].warnings = {warning("needs 10 arrays")};
  points[1].warnings = {warning("needs 200 arrays"), warning("another")};
  points[2].warnings = {warning("needs 3 arrays")};
  const std::vector<Diagnostic> summary = summary_of_warnings(points);
  ASSERT_EQ(summary.size(), 2U);
  EXPECT_EQ(summary[0].message, "needs 10 arrays");
  EXPECT_EQ(summary[0].notes, Texts{"and so at 2 more points"});
  EXPECT_TRUE(summary[1].notes.empty());
}

}  // namespace
}  // namespace ohmloop
