#include "ohmloop/energy/user_tables.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/energy/reference_tables.hpp"
#include "ohmloop/energy/table_estimator.hpp"
#include "ohmloop/energy/table_interpolation.hpp"

namespace ohmloop {
namespace {

constexpr const char* devices = R"(# title: two devices of a lab
# accuracy: 80
class,technology,precision,supply,kind,action,value,unit,source
my_adc,,4 bit,,flash,convert,1,pJ,lab book 1
my_adc,,8 bit,,flash,convert,16,pJ,lab book 2
my_adc,,4 bit,,flash,area,100,um2,lab book 1
my_adc,,8 bit,,flash,area,400,um2,lab book 2
my_cell,,,,,read,0.5,pJ,lab book 3
my_cell,,,,,write,20,pJ,lab book 3
my_cell,,,,,area,0.1,um2,lab book 3
my_unit,,,0.8 V,,compute,2,pJ,lab book 4
my_unit,,,,,area,50,um2,lab book 4
)";

/// A folder with files that goes away again.
class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / fmt::format("ohmloop_user_tables_{}", ::getpid())) {
    std::filesystem::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

std::string chip(const std::string& tables, const std::string& adc = "precision: 6 bit, kind: flash") {
  return "ohmloop: 1\ntechnology: 45 nm\nclock: 1 GHz\nbits: {input: 8, weight: 8, output: 8}\narchitecture:\n"
         "- !Memory {name: dram, class: dram, type: lpddr4, width: 64 bit, keep: [input, weight, output]}\n"
         "- !Memory {name: cells, class: my_cell, size: 1 KiB, width: 8 bit}\n"
         "- !Converter {name: adc, class: my_adc, passes: output, " +
         adc + "}\n- !Compute {name: mac, class: my_unit, supply: 0.8 V}\ntables: " + tables + "\n";
}

struct Outcome {
  ReferenceTables tables;
  std::string messages;
};

Outcome estimate(const std::string& text, const std::string& table) {
  const Folder folder;
  static_cast<void>(folder.write("devices.csv", table));
  const auto source = std::make_shared<const SourceFile>(SourceFile{folder.write("chip.yaml", text), text});
  Outcome outcome;
  Diagnostics diagnostics;
  try {
    const Architecture architecture = read_architecture(source, {}, diagnostics);
    Diagnostics own;
    outcome.tables = estimate_reference_tables(architecture, own);
    outcome.messages = render(own.all());
  } catch (const InputError& error) {
    outcome.messages = render(error.diagnostics());
  }
  return outcome;
}

TEST(UserTable, ItsClassesStandAtNodesAndTheirNumbersCount) {
  const Outcome outcome = estimate(chip("./devices.csv"), devices);
  ASSERT_EQ(outcome.tables.nodes.size(), 4U) << outcome.messages;
  EXPECT_DOUBLE_EQ(outcome.tables.nodes[1].find("read")->energy_pj, 0.5);
  EXPECT_DOUBLE_EQ(outcome.tables.nodes[1].find("write")->energy_pj, 20);
  EXPECT_DOUBLE_EQ(outcome.tables.nodes[3].find("compute")->energy_pj, 2);
  EXPECT_DOUBLE_EQ(outcome.tables.nodes[3].area_um2, 50);
}

// bits^4: 6^4 / 4^4, on a log-log line through (4, 1) and (8, 16); area is bits^2.
TEST(UserTable, NumbersBetweenItsRowsAreInterpolatedAndSaySo) {
  const Outcome outcome = estimate(chip("./devices.csv"), devices);
  ASSERT_EQ(outcome.tables.nodes.size(), 4U) << outcome.messages;
  const ActionEnergy& convert = *outcome.tables.nodes[2].find("convert");
  EXPECT_NEAR(convert.energy_pj, 5.0625, 1e-12);
  EXPECT_NEAR(outcome.tables.nodes[2].area_um2, 225, 1e-9);
  EXPECT_NE(convert.provenance.derivation.find("interpolated log-log to precision 6 bit: 0.415 x 1 ("),
            std::string::npos)
      << convert.provenance.derivation;
  EXPECT_NE(convert.provenance.derivation.find("devices.csv:4:1), 0.585 x 16 ("), std::string::npos)
      << convert.provenance.derivation;
  EXPECT_EQ(convert.provenance.source, "lab book 1; lab book 2");
}

TEST(UserTable, NothingIsExtrapolated) {
  const std::string text = estimate(chip("devices.csv", "precision: 9 bit, kind: flash"), devices).messages;
  EXPECT_NE(text.find("table devices has rows for precision 4 to 8 bit only"), std::string::npos) << text;
  const std::string word = estimate(chip("devices.csv", "precision: 6 bit, kind: sar"), devices).messages;
  EXPECT_NE(word.find("has rows for other attributes only: kind flash"), std::string::npos) << word;
}

TEST(UserTable, MissingFilesBadRowsAndTakenNamesAreErrorsWithTheirPlaces) {
  const std::string missing = estimate(chip("./device.csv"), devices).messages;
  EXPECT_NE(missing.find("device.csv'"), std::string::npos) << missing;
  EXPECT_NE(missing.find("chip.yaml:10:9"), std::string::npos) << missing;
  std::string bad = devices;
  bad.replace(bad.find("20,pJ"), 5, "20,kg");
  const std::string unit = estimate(chip("./devices.csv"), bad).messages;
  EXPECT_NE(unit.find("bad unit 'kg' for write"), std::string::npos) << unit;
  EXPECT_NE(unit.find("devices.csv:9:"), std::string::npos) << unit;
  const std::string twice = estimate(chip("[./devices.csv, devices.csv]"), devices).messages;
  EXPECT_NE(twice.find("there is a table or model 'devices' already"), std::string::npos) << twice;
}

TEST(UserTable, ContradictionsNameBothPlaces) {
  const std::string text =
      estimate(chip("./devices.csv"), std::string(devices) + "my_cell,,,,,read,0.6,pJ,lab book 9\n").messages;
  EXPECT_NE(text.find("two rows give the read of the same my_cell"), std::string::npos) << text;
  EXPECT_NE(text.find("devices.csv:13:1"), std::string::npos) << text;
  EXPECT_NE(text.find("first one: "), std::string::npos) << text;
  EXPECT_NE(text.find("devices.csv:8:1"), std::string::npos) << text;
}

TEST(UserTable, ColumnsOfTwoKindsAndOfNobodyAreErrors) {
  const std::string text = estimate(chip("./devices.csv"), R"(# title: t
# accuracy: 80
class,size_of_it,resolutoin,action,value,unit,source
a,3 nm,,go,1,pJ,me
a,3 pJ,,go,2,pJ,me
adc,,8 bit,convert,2,pJ,me
)")
                               .messages;
  EXPECT_NE(text.find("'size_of_it' of class 'a' is of two kinds"), std::string::npos) << text;
  EXPECT_NE(text.find("no component class has an attribute 'resolutoin'"), std::string::npos) << text;
  EXPECT_NE(text.find("did you mean 'resolution'?"), std::string::npos) << text;
}

TEST(UserTable, AClassThatIsNearlyABuiltInOneIsAWarning) {
  Diagnostics diagnostics;
  ClassLibrary classes;
  const std::string text = "# title: t\n# accuracy: 1\nclass,action,value,unit,source\nsarm,read,1,pJ,me\n";
  read_user_table(std::make_shared<const SourceFile>(SourceFile{"t.csv", text}), classes, diagnostics);
  EXPECT_FALSE(diagnostics.has_errors());
  EXPECT_NE(render(diagnostics.all()).find("a known class is called sram"), std::string::npos)
      << render(diagnostics.all());
}

/// Asks a table of one class `x` for its action `go`.
Answer ask(const std::string& rows, const std::map<std::string, double>& numbers, const ActionArguments& arguments = {},
           const std::string& properties = "") {
  Diagnostics diagnostics;
  ClassLibrary classes;
  const std::string text =
      "# title: t\n# accuracy: 80\n" + properties + "class,a,b,c,action,value,unit,source\n" + rows;
  const ComponentTable table =
      read_user_table(std::make_shared<const SourceFile>(SourceFile{"t.csv", text}), classes, diagnostics);
  EXPECT_FALSE(diagnostics.has_errors()) << render(diagnostics.all());
  AttributeMap attributes;
  for (const auto& [name, value] : numbers) attributes[name] = {Quantity{value, {}}, {}, AttributeOrigin::stated};
  const ComponentClass& component = *classes.find("x");
  Query query(component, attributes, Query::Subject::energy, component.action("go"), true, &arguments);
  return TableEstimator(table).estimate(query);
}

TEST(TableInterpolation, SeveralAttributesNeedAFullGrid) {
  const std::string grid = "x,1,10,,go,1,pJ,me\nx,2,10,,go,2,pJ,me\nx,1,20,,go,4,pJ,me\n";
  const Answer gap = ask(grid, {{"a", 1.5}, {"b", 15}});
  ASSERT_TRUE(std::holds_alternative<Rejection>(gap));
  EXPECT_EQ(std::get<Rejection>(gap).reason, "has no rows around it on every side: a 1 to 2, b 10 to 20");
  const Answer full = ask(grid + "x,2,20,,go,8,pJ,me\n", {{"a", std::sqrt(2)}, {"b", std::sqrt(200)}});
  ASSERT_TRUE(std::holds_alternative<Estimate>(full));
  EXPECT_NEAR(std::get<Estimate>(full).value, std::sqrt(2.0 * 4.0), 1e-12);
  EXPECT_NEAR(std::get<Estimate>(full).accuracy_percent, 80 * .9 * .9, 1e-12);
}

TEST(TableInterpolation, IsLinearWhereLogarithmsDontExist) {
  const Answer answer = ask("x,0,,,go,1,pJ,me\nx,4,,,go,3,pJ,me\n", {{"a", 1}});
  EXPECT_DOUBLE_EQ(std::get<Estimate>(answer).value, 1.5);
  EXPECT_NE(std::get<Estimate>(answer).provenance.derivation.find("interpolated linearly to a 1: 0.75 x 1 (t.csv:4:1)"),
            std::string::npos);
}

TEST(TableInterpolation, ThatRowsDontAgreeOnIsRejected) {
  const std::string cross = "x,1,2,,go,1,pJ,me\nx,3,2,,go,2,pJ,me\nx,2,1,,go,5,pJ,me\nx,2,3,,go,6,pJ,me\n";
  const Answer answer = ask(cross, {{"a", 2}, {"b", 2}});
  ASSERT_TRUE(std::holds_alternative<Rejection>(answer));
  EXPECT_EQ(std::get<Rejection>(answer).reason, "can be interpolated over a or b, and its rows don't say over which");
}

TEST(TableArguments, AreConditionsAndTheCostliestStandsForNone) {
  const std::string rows = "x,,,0,go,1,pJ,me\nx,,,1,go,9,pJ,me\nx,,,2,go,4,pJ,me\n";
  const auto value = [&](const ActionArguments& arguments) {
    return std::get<Estimate>(ask(rows, {}, arguments, "# arguments: c\n")).value;
  };
  EXPECT_DOUBLE_EQ(value({{"c", 0}}), 1);
  EXPECT_DOUBLE_EQ(value({{"c", 2}}), 4);
  EXPECT_DOUBLE_EQ(value({}), 9);
}

RC_GTEST_PROP(Interpolation, StaysInsideAndIsExactAtItsRows, ()) {
  const std::size_t dimensions = *rc::gen::inRange<std::size_t>(1, 4);
  std::vector<InterpolationAxis> axes;
  for (std::size_t i = 0; i < dimensions; ++i) {
    const double low = *rc::gen::inRange(-100, 1000) / 8.0;
    const double high = low + *rc::gen::inRange(1, 1000) / 8.0;
    axes.push_back({low, high, low + (high - low) * *rc::gen::inRange(0, 1001) / 1000.0});
  }
  std::vector<double> corners;
  for (std::size_t i = 0; i < std::size_t{1} << dimensions; ++i) corners.push_back(*rc::gen::inRange(0, 10000) / 16.0);
  const Interpolated result = interpolate(axes, corners);
  RC_ASSERT(result.value >= *std::min_element(corners.begin(), corners.end()));
  RC_ASSERT(result.value <= *std::max_element(corners.begin(), corners.end()));
  const std::size_t corner = *rc::gen::inRange<std::size_t>(0, corners.size());
  for (std::size_t k = 0; k < dimensions; ++k) axes[k].at = (corner >> k & 1U) != 0 ? axes[k].high : axes[k].low;
  RC_ASSERT(std::abs(interpolate(axes, corners).value - corners[corner]) <= 1e-12 * (1 + corners[corner]));
}

RC_GTEST_PROP(Interpolation, IsMonotoneBetweenTwoRows, ()) {
  const double low = *rc::gen::inRange(0, 1000) / 8.0;
  const double high = low + *rc::gen::inRange(1, 1000) / 8.0;
  const std::vector<double> ends = {*rc::gen::inRange(0, 1000) / 16.0, *rc::gen::inRange(0, 1000) / 16.0};
  const int first = *rc::gen::inRange(0, 1000);
  const int second = *rc::gen::inRange(first, 1001);
  const auto at = [&](int thousandths) {
    return interpolate({{low, high, low + (high - low) * thousandths / 1000.0}}, ends).value;
  };
  const double slack = 1e-12 * (ends[0] + ends[1]);
  if (ends[0] <= ends[1]) RC_ASSERT(at(first) <= at(second) + slack);
  if (ends[0] >= ends[1]) RC_ASSERT(at(first) >= at(second) - slack);
}

RC_GTEST_PROP(UserTable, DamagedOnesAreReadOrRefusedWithAPlace, ()) {
  std::string text = devices;
  const int edits = *rc::gen::inRange(1, 8);
  for (int i = 0; i < edits && !text.empty(); ++i) {
    const std::size_t at = *rc::gen::inRange<std::size_t>(0, text.size());
    if (*rc::gen::arbitrary<bool>()) {
      text.erase(at, *rc::gen::inRange<std::size_t>(1, 100));
    } else {
      text.insert(at, *rc::gen::element<std::string>(",", "\"", "\n", "#", "1e999", "nan", "-", "\xff", "0", " bit"));
    }
  }
  Diagnostics diagnostics;
  ClassLibrary classes;
  const ComponentTable table =
      read_user_table(std::make_shared<const SourceFile>(SourceFile{"t.csv", text}), classes, diagnostics);
  for (const Diagnostic& each : diagnostics.all()) RC_ASSERT(!each.where.empty());
  for (const TableRow& row : table.rows) RC_ASSERT(std::isfinite(row.value) && row.value >= 0);
}

}  // namespace
}  // namespace ohmloop
