#include "ohmloop/energy/component_table.hpp"

#include <cmath>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/energy/table_estimator.hpp"

namespace ohmloop {
namespace {

constexpr const char* head = "# title: test\n# accuracy: 50\nclass,technology,resolution,action,value,unit,source\n";

SourceFilePtr csv(const std::string& text) { return std::make_shared<const SourceFile>(SourceFile{"lab.csv", text}); }

std::string errors_of(const std::string& text) {
  Diagnostics diagnostics;
  read_component_table(csv(text), ClassLibrary(), diagnostics);
  return render(diagnostics.all());
}

ComponentTable table_of(const std::string& text) {
  Diagnostics diagnostics;
  ComponentTable table = read_component_table(csv(text), ClassLibrary(), diagnostics);
  EXPECT_FALSE(diagnostics.has_errors()) << render(diagnostics.all());
  return table;
}

Answer ask(const ComponentTable& table, const std::string& class_name, const std::string& action,
           std::map<std::string, Quantity> attributes) {
  const ComponentClass* component_class = find_component_class(class_name);
  AttributeMap map;
  for (const auto& [name, value] : attributes) map[name] = {value, {}, AttributeOrigin::stated};
  Query query(*component_class, map, Query::Subject::energy, component_class->action(action));
  return TableEstimator(table).estimate(query);
}

std::string real_table() {
  std::ifstream file(OHMLOOP_SOURCE_DIR "/share/ohmloop/components/isaac.csv");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

constexpr Quantity nm(double value) { return {value * 1e-9, dimension::length}; }
constexpr Quantity bits(double value) { return {value, dimension::bits}; }

TEST(ComponentTable, NeedsTitleAccuracyAndItsColumns) {
  const std::string text = errors_of("class,action,value,unit\n");
  EXPECT_NE(text.find("the table has no title"), std::string::npos) << text;
  EXPECT_NE(text.find("the table declares no accuracy"), std::string::npos) << text;
  EXPECT_NE(text.find("column 'source' is missing"), std::string::npos) << text;
}

TEST(ComponentTable, UnknownColumnGetsASuggestion) {
  const std::string text = errors_of("# title: t\n# accuracy: 1\nclass,resolutoin,action,value,unit,source\n");
  EXPECT_NE(text.find("no component class has an attribute 'resolutoin'"), std::string::npos) << text;
  EXPECT_NE(text.find("did you mean 'resolution'?"), std::string::npos) << text;
}

TEST(ComponentTable, EveryBadCellIsReportedWithItsPlace) {
  const std::string text = errors_of(std::string(head) +
                                     "acd,32 nm,8 bit,convert,1,pJ,me\n"
                                     "adc,32 pJ,8 bit,convert,1,pJ,me\n"
                                     "adc,32 nm,8 bit,convret,1,pJ,me\n"
                                     "adc,32 nm,8 bit,convert,-1,pJ,me\n"
                                     "adc,32 nm,8 bit,convert,1,um2,me\n"
                                     "adc,32 nm,8 bit,convert,1,mW,me\n"
                                     "adc,32 nm,8 bit,convert,1,pJ,\n"
                                     "sigmoid,32 nm,8 bit,compute,1,pJ,me\n");
  for (const char* expected :
       {"unknown class 'acd'", "did you mean 'adc'?", "bad 'technology': '32 pJ'", "class adc has no action 'convret'",
        "did you mean 'convert'?", "bad number '-1'", "bad unit 'um2' for convert", "power without a rate is no energy",
        "a number without a source", "class sigmoid has no attribute 'resolution'", "lab.csv:4:1", "lab.csv:11:15"}) {
    EXPECT_NE(text.find(expected), std::string::npos) << expected << "\n" << text;
  }
}

TEST(ComponentTable, RowsThatContradictEachOtherAreShownBoth) {
  const std::string text = errors_of(std::string(head) +
                                     "adc,32 nm,8 bit,convert,1,pJ,me\n"
                                     "adc,32nm,8 bit,convert,2,pJ,you\n");
  EXPECT_NE(text.find("two rows give the convert of the same adc"), std::string::npos) << text;
  EXPECT_NE(text.find("lab.csv:5:1"), std::string::npos) << text;
  EXPECT_NE(text.find("first one: lab.csv:4:1"), std::string::npos) << text;
}

TEST(ComponentTable, PowerOverCountOverRateIsEnergy) {
  const ComponentTable table = table_of(
      "# title: t\n# accuracy: 1\nclass,action,value,unit,count,full_rate,source\n"
      "adc,convert,16,mW,8,128 / (100 ns),me\n");
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_NEAR(table.rows[0].value, 1.5625, 1e-12);
  EXPECT_NEAR(table.rows[0].full_rate, 1.28e9, 1);
  EXPECT_EQ(table.rows[0].derivation, "16 mW / 8 / (128 / (100 ns))");
}

TEST(TableEstimator, MatchesExactlyAndSaysWhyNot) {
  const ComponentTable table = table_of(std::string(head) + "adc,32 nm,8 bit,convert,1,pJ,me\n");
  const Answer hit = ask(table, "adc", "convert", {{"technology", nm(32)}, {"resolution", bits(8)}});
  ASSERT_TRUE(std::holds_alternative<Estimate>(hit));
  EXPECT_DOUBLE_EQ(std::get<Estimate>(hit).value, 1);
  const Answer miss = ask(table, "adc", "convert", {{"technology", nm(32)}, {"resolution", bits(7)}});
  ASSERT_TRUE(std::holds_alternative<Rejection>(miss));
  EXPECT_NE(std::get<Rejection>(miss).reason.find("resolution 8 bit"), std::string::npos);
}

TEST(TableEstimator, OpenConditionsAreNamedAndAmbiguityIsRejected) {
  const ComponentTable one = table_of(std::string(head) + "adc,32 nm,8 bit,convert,1,pJ,me\n");
  const Answer open = ask(one, "adc", "convert", {{"technology", nm(32)}});
  EXPECT_NE(std::get<Estimate>(open).provenance.derivation.find("the row holds for resolution 8 bit"),
            std::string::npos);
  const ComponentTable two =
      table_of(std::string(head) + "adc,32 nm,8 bit,convert,1,pJ,me\nadc,32 nm,6 bit,convert,2,pJ,me\n");
  const Answer torn = ask(two, "adc", "convert", {{"technology", nm(32)}});
  ASSERT_TRUE(std::holds_alternative<Rejection>(torn));
  EXPECT_NE(std::get<Rejection>(torn).reason.find("lab.csv:4:1, lab.csv:5:1"), std::string::npos);
}

TEST(TableEstimator, RowWithMoreConditionsMetWins) {
  const ComponentTable table =
      table_of(std::string(head) + "adc,32 nm,,convert,3,pJ,me\nadc,32 nm,8 bit,convert,1,pJ,me\n");
  const auto value = [&](double resolution) {
    return std::get<Estimate>(ask(table, "adc", "convert", {{"technology", nm(32)}, {"resolution", bits(resolution)}}))
        .value;
  };
  EXPECT_DOUBLE_EQ(value(8), 1);
  EXPECT_DOUBLE_EQ(value(6), 3);
}

TEST(TableEstimator, EnergyPerBitIsTimesTheWidthOfAnAccess) {
  const ComponentTable table =
      table_of("# title: t\n# accuracy: 1\nclass,action,value,unit,bits,source\nsram,read,64,pJ,32,me\n");
  const Answer answer = ask(table, "sram", "read", {{"width", bits(16)}});
  EXPECT_DOUBLE_EQ(std::get<Estimate>(answer).value, 32);
}

TEST(ComponentTable, PinnedRowsAnswerOnlyWhereTheTableIsNamed) {
  const ComponentTable table = table_of(
      "# title: t\n# accuracy: 1\n# use: pinned\nclass,action,value,unit,source,use\n"
      "adc,convert,1,pJ,me,\ndac,convert,2,pJ,me,anywhere\n");
  EXPECT_TRUE(table.rows[0].pinned);
  EXPECT_FALSE(table.rows[1].pinned);
  const TableEstimator estimator(table);
  EXPECT_EQ(estimator.classes(), (std::vector<std::string>{"adc", "dac"}));
  EXPECT_EQ(estimator.pinned_classes(), std::vector<std::string>{"adc"});
  const Answer unnamed = ask(table, "adc", "convert", {});
  ASSERT_TRUE(std::holds_alternative<Rejection>(unnamed));
  EXPECT_NE(std::get<Rejection>(unnamed).reason.find("'tables: lab' or 'from: lab'"), std::string::npos);
  EXPECT_TRUE(std::holds_alternative<Estimate>(ask(table, "dac", "convert", {})));
  const AttributeMap none;
  const ComponentClass& adc = *find_component_class("adc");
  Query named(adc, none, Query::Subject::energy, adc.action("convert"), true);
  EXPECT_DOUBLE_EQ(std::get<Estimate>(estimator.estimate(named)).value, 1);
}

TEST(ComponentTable, UseIsPinnedOrAnywhere) {
  const std::string head_with_use = "# title: t\n# accuracy: 1\n# use: sometimes\nclass,action,value,unit,source,use\n";
  const std::string text = errors_of(head_with_use + "adc,convert,1,pJ,me,never\n");
  EXPECT_NE(text.find("bad 'use': 'sometimes'"), std::string::npos) << text;
  EXPECT_NE(text.find("bad 'use': 'never'"), std::string::npos) << text;
  EXPECT_NE(text.find("expected pinned or anywhere"), std::string::npos) << text;
}

/// A real table with single bytes changed, cut and doubled: read or refused with a place, never more.
RC_GTEST_PROP(ComponentTable, DamagedTablesAreReadOrRefusedWithAPlace, ()) {
  static const std::string whole = real_table();
  std::string text = whole;
  const int edits = *rc::gen::inRange(1, 8);
  for (int i = 0; i < edits && !text.empty(); ++i) {
    const std::size_t at = *rc::gen::inRange<std::size_t>(0, text.size());
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        text[at] = static_cast<char>(*rc::gen::inRange(0, 256));
        break;
      case 1:
        text.erase(at, *rc::gen::inRange<std::size_t>(1, 200));
        break;
      case 2:
        text.insert(at, *rc::gen::element<std::string>(",", "\"", "\n", "#", "1e999", "nan", "-", "\xff", "((((", "0"));
        break;
      default:
        text.resize(at);
    }
  }
  Diagnostics diagnostics;
  const ComponentTable table = read_component_table(csv(text), ClassLibrary(), diagnostics);
  for (const Diagnostic& each : diagnostics.all()) RC_ASSERT(!each.where.empty());
  for (const TableRow& row : table.rows) RC_ASSERT(std::isfinite(row.value) && row.value >= 0);
}

TEST(ComponentTable, RandomBytesAndEmptyFilesAreRefused) {
  EXPECT_NE(errors_of("").find("has no header"), std::string::npos);
  EXPECT_NE(errors_of(std::string("\0\xff,\"\n\x80", 6)).find("error: "), std::string::npos);
  EXPECT_NE(errors_of(std::string(100001, '"')).find("a quote does not end"), std::string::npos);
  EXPECT_NE(errors_of(std::string(100000, ',')).find("error: "), std::string::npos);
}

TEST(ComponentTable, NumbersThatNoDoubleHoldsAreRefused) {
  for (const char* value : {"1e999", "nan", "inf", "0x10", "1,5", "1e308"}) {
    const std::string text = errors_of("# title: t\n# accuracy: 1\nclass,action,value,unit,count,source\nadc,convert," +
                                       std::string(value) + ",nJ,1e-300,me\n");
    EXPECT_NE(text.find("error: "), std::string::npos) << value;
  }
}

}  // namespace
}  // namespace ohmloop
