#include "ohmloop/report/text_table.hpp"

#include <gtest/gtest.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/report/table_cells.hpp"

namespace ohmloop {
namespace {

TextTable layers() {
  TextTable table({{"layer", "", Align::left, true}, {"energy", "uJ"}, {"bottleneck", "", Align::left}});
  table.add_row({"conv1", "12.3", "adc conversions"});
  table.add_row({"layer4.1.downsample.conv", "1,204", ""});
  table.add_rule();
  table.add_row({"total", "1,216", ""});
  return table;
}

TEST(TextTable, AlignsColumnsUnderHeadersAndUnits) {
  EXPECT_EQ(layers().render(),
            "layer                     energy  bottleneck\n"
            "                              uJ\n"
            "-------------------------------------------------\n"
            "conv1                       12.3  adc conversions\n"
            "layer4.1.downsample.conv   1,204\n"
            "-------------------------------------------------\n"
            "total                      1,216\n");
}

TEST(TextTable, ShortensOnlyShrinkableColumnsToTheTerminalsWidth) {
  const std::string text = layers().render({.width = 40});
  EXPECT_NE(text.find("layer4...e.conv   1,204\n"), std::string::npos) << text;
  EXPECT_NE(text.find("conv1              12.3  adc conversions\n"), std::string::npos) << text;
}

TEST(TextTable, LeavesColumnsReadableEvenIfTheTerminalIsTooNarrow) {
  EXPECT_NE(layers().render({.width = 5}).find("lay..onv"), std::string::npos);
}

TEST(TextTable, UsesEscapesOnlyWhereColourIsWanted) {
  EXPECT_EQ(layers().render().find('\x1b'), std::string::npos);
  EXPECT_NE(layers().render({.colour = true}).find("\x1b[1mlayer"), std::string::npos);
}

TEST(TextTable, ShowsNoControlCharactersOfNames) {
  TextTable table(std::vector<TableColumn>{{"layer", "", Align::left}});
  table.add_row({"a\x1b[31m\nb"});
  EXPECT_NE(table.render().find("a?[31m?b\n"), std::string::npos);
}

TEST(TextTable, WantsOneCellPerColumn) {
  TextTable table(std::vector<TableColumn>{{"layer", ""}});
  EXPECT_THROW(table.add_row({"a", "b"}), InternalError);
}

TEST(DisplayWidth, CountsCharactersNotBytes) {
  EXPECT_EQ(display_width("µm²"), 3U);
  EXPECT_EQ(shorten("ααααααααα", 5), "αα..α");
}

TEST(Shorten, KeepsTextThatFits) {
  EXPECT_EQ(shorten("conv1", 5), "conv1");
  EXPECT_EQ(shorten("conv12", 2), "co");
}

TEST(TableCells, PrintADashWhereNothingHappened) {
  EXPECT_EQ(cell(0, {"uJ", 1e6}), "-");
  EXPECT_EQ(percent_cell(0), "-");
  EXPECT_EQ(count_cell(0), "-");
}

TEST(TableCells, NeverRoundAValueToZero) {
  EXPECT_EQ(cell(1.0, {"uJ", 1e6}), "1.00e-06");
  EXPECT_EQ(percent_cell(0.00217), "0.217");
}

TEST(TableCells, ChooseTheUnitOfACountByItsLargest) {
  EXPECT_EQ(count_unit(9'999).name, "");
  EXPECT_EQ(count_unit(10'000).name, "k");
  EXPECT_EQ(count_unit(118e6).name, "M");
}

TEST(TableCells, CountThings) {
  EXPECT_EQ(counted(1, "layer"), "1 layer");
  EXPECT_EQ(counted(1200, "layer"), "1,200 layers");
}

}  // namespace
}  // namespace ohmloop
