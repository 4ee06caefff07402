#include "ohmloop/text/expression.hpp"

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ohmloop/text/test_support.hpp"

namespace ohmloop {
namespace {

using testing_text::place_of;
using testing_text::tree_of;

class TableScope final : public Scope {
 public:
  std::map<std::string, Value, std::less<>> values;

  std::optional<Value> lookup(std::string_view name, const SourceSpan&, Diagnostics&) override {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  }
  [[nodiscard]] std::vector<std::string> names() const override {
    std::vector<std::string> result;
    for (const auto& [name, value] : values) result.push_back(name);
    return result;
  }
};

class Evaluate : public testing::Test {
 protected:
  void SetUp() override {
    scope_.values["rows"] = Quantity{128, {}};
    scope_.values["columns"] = Quantity{64, {}};
    scope_.values["size"] = Quantity{1024, dimension::bits};
    scope_.values["device"] = std::string("rram");
    scope_.values["signed"] = true;
    scope_.values["array.rows"] = Quantity{7, {}};
  }

  /// The value's text, or the first error as "line:column+length message [label]".
  std::string of(const std::string& expression) {
    const YamlNode tree = tree_of("key: " + expression + "\n");
    Diagnostics diagnostics;
    const std::optional<Value> value = evaluate(*tree.find("key"), scope_, diagnostics);
    EXPECT_NE(value.has_value(), diagnostics.has_errors()) << expression;
    if (value) return to_string(*value);
    const Diagnostic& error = diagnostics.all().at(0);
    return place_of(error.where) + " " + error.message + (error.label.empty() ? "" : " [" + error.label + "]");
  }

  TableScope scope_;
};

TEST_F(Evaluate, follows_the_usual_precedence) {
  EXPECT_EQ(of("1 + 2 * 3"), "7");
  EXPECT_EQ(of("(1 + 2) * 3"), "9");
  EXPECT_EQ(of("10 - 4 - 3"), "3");
  EXPECT_EQ(of("100 / 10 / 5"), "2");
  EXPECT_EQ(of("2 ** 3 ** 2"), "512");
  EXPECT_EQ(of("-2 ** 2"), "-4");
  EXPECT_EQ(of("2 ** -1"), "0.5");
  EXPECT_EQ(of("1 - - 3"), "4");
  EXPECT_EQ(of("not 1 > 2 and 3 == 3"), "true");
  EXPECT_EQ(of("true or false and false"), "true");
  EXPECT_EQ(of("1 + 1 if 2 > 1 else 5"), "2");
}

TEST_F(Evaluate, floors_towards_minus_infinity) {
  EXPECT_EQ(of("7 // 2"), "3");
  EXPECT_EQ(of("-7 // 2"), "-4");
  EXPECT_EQ(of("7 // -2"), "-4");
  EXPECT_EQ(of("9007199254740991 // 2"), "4503599627370495");
  EXPECT_EQ(of("1000 bit // 300 bit"), "3");
  EXPECT_EQ(of("1000 bit // 3"), "333 bit");
}

TEST_F(Evaluate, keeps_whole_numbers_exact_up_to_2_to_the_53) {
  EXPECT_EQ(of("2 ** 53"), "9007199254740992");
  EXPECT_EQ(of("9007199254740991 + 1"), "9007199254740992");
}

TEST_F(Evaluate, looks_names_up) {
  EXPECT_EQ(of("rows"), "128");
  EXPECT_EQ(of("rows * columns"), "8192");
  EXPECT_EQ(of("rows-columns"), "64");
  EXPECT_EQ(of("array.rows + 1"), "8");
  EXPECT_EQ(of("device"), "rram");
  EXPECT_EQ(of("2 if signed else 1"), "2");
  EXPECT_EQ(of("size / 8 bit"), "128");
}

TEST_F(Evaluate, takes_unknown_bare_words_as_words) {
  EXPECT_EQ(of("sram"), "sram");
  EXPECT_EQ(of("nearest-even"), "nearest-even");
  EXPECT_EQ(of("tech.node"), "tech.node");
}

TEST_F(Evaluate, takes_quoted_scalars_as_words) {
  EXPECT_EQ(of("\"1 + 2\""), "1 + 2");
  EXPECT_EQ(of("'rows'"), "rows");
}

TEST_F(Evaluate, reads_truth_values) {
  EXPECT_EQ(of("true"), "true");
  EXPECT_EQ(of("False"), "false");
  EXPECT_EQ(of("not true"), "false");
}

TEST_F(Evaluate, compares) {
  EXPECT_EQ(of("1 nm < 1 um"), "true");
  EXPECT_EQ(of("2 >= 2"), "true");
  EXPECT_EQ(of("2 != 2"), "false");
  EXPECT_EQ(of("device == 'rram'"), "true");
  EXPECT_EQ(of("device != \"rram\""), "false");
  EXPECT_EQ(of("signed == true"), "true");
}

TEST_F(Evaluate, leaves_the_branch_that_is_not_taken_alone) {
  EXPECT_EQ(of("1 if true else 1 / 0"), "1");
  EXPECT_EQ(of("1 / 0 if false else 2"), "2");
  EXPECT_EQ(of("1 if false else 2 if false else 3"), "3");
  EXPECT_EQ(of("(1 if true else 2) if (false or true) else 3"), "1");
  EXPECT_EQ(of("false and 1 / 0 > 1"), "false");
  EXPECT_EQ(of("true or 1 / 0 > 1"), "true");
  EXPECT_EQ(of("true and false or true"), "true");
}

TEST_F(Evaluate, knows_functions) {
  EXPECT_EQ(of("ceil(1.2)"), "2");
  EXPECT_EQ(of("floor(-1.2)"), "-2");
  EXPECT_EQ(of("round(2.5)"), "3");
  EXPECT_EQ(of("round_even(2.5)"), "2");
  EXPECT_EQ(of("round_even(3.5)"), "4");
  EXPECT_EQ(of("round_even(-0.5) == 0"), "true");
  EXPECT_EQ(of("round_even(2.6)"), "3");
  EXPECT_EQ(of("trunc(-1.7)"), "-1");
  EXPECT_EQ(of("log10(1000)"), "3");
  EXPECT_EQ(of("ln(1)"), "0");
  EXPECT_EQ(of("abs(-3 nm)"), "3 nm");
  EXPECT_EQ(of("log2(1024)"), "10");
  EXPECT_EQ(of("sqrt(4 um2)"), "2 um");
  EXPECT_EQ(of("min(3, 1, 2)"), "1");
  EXPECT_EQ(of("max(3 nm, 1 um)"), "1 um");
  EXPECT_EQ(of("ceil(7 bit / 2)"), "4 bit");
  EXPECT_EQ(of("ceil(log2(max(rows, columns) + 1))"), "8");
}

TEST_F(Evaluate, carries_units) {
  EXPECT_EQ(of("2 * 3 nm + 1 um"), "1.006 um");
  EXPECT_EQ(of("10 J * 8 Hz"), "80 W");
  EXPECT_EQ(of("1 / 4 us"), "250 kHz");
  EXPECT_EQ(of("(2 um) ** 2"), "4 um2");
  EXPECT_EQ(of("64 bit/cycle * 2 cycles"), "128 bit");
}

TEST_F(Evaluate, reports_units_that_do_not_fit_at_the_operator) {
  EXPECT_EQ(of("65 nm + 1 pJ"), "1:12+1 cannot add 65 nm and 1 pJ [the units do not fit together]");
  EXPECT_EQ(of("rows < 1 V"), "1:11+1 cannot compare 128 and 1 V [the units do not fit together]");
  EXPECT_EQ(of("2 ** 3 nm"), "1:8+2 an exponent is a plain number, not a length, as in 65 nm");
  EXPECT_EQ(of("min(1, 1 nm)"), "1:6+3 min cannot compare 1 and 1 nm [the units do not fit together]");
  EXPECT_EQ(of("ceil(3.2 nm)"), "1:6+4 ceil takes a plain number, bits or cycles, not 3.2 nm [divide by a unit first]");
  EXPECT_EQ(of("sqrt(2 nm)"), "1:6+4 2 nm has no square root");
}

TEST_F(Evaluate, reports_arithmetic_without_a_result) {
  EXPECT_EQ(of("1 / (rows - 128)"), "1:8+1 division by zero");
  EXPECT_EQ(of("1 // 0"), "1:8+2 division by zero");
  EXPECT_EQ(of("0 ** -1"), "1:8+2 division by zero");
  EXPECT_EQ(of("10 ** 300 * 10 ** 300"), "1:16+1 the result is too large for a number");
  EXPECT_EQ(of("(-8) ** 0.5"), "1:11+2 a negative number has no such power");
  EXPECT_EQ(of("log2(0)"), "1:6+4 log2 takes a number above zero");
  EXPECT_EQ(of("sqrt(-1)"), "1:6+4 a negative number has no square root");
}

TEST_F(Evaluate, reports_kinds_that_do_not_fit) {
  EXPECT_EQ(of("device * 2"), "1:13+1 '*' takes numbers, not the word 'rram'");
  EXPECT_EQ(of("rows and true"), "1:11+3 'and' takes true or false, not 128");
  EXPECT_EQ(of("true and rows"), "1:11+3 'and' takes true or false, not 128");
  EXPECT_EQ(of("1 if rows else 2"), "1:8+2 'if' takes true or false, not 128");
  EXPECT_EQ(of("-device"), "1:6+1 '-' takes a number, not the word 'rram'");
  EXPECT_EQ(of("device == 3"), "1:13+2 cannot compare the word 'rram' and 3");
}

TEST_F(Evaluate, suggests_names_functions_and_units) {
  EXPECT_EQ(of("rwos * 2"), "1:6+4 unknown name 'rwos' [did you mean 'rows'?]");
  EXPECT_EQ(of("ciel(2)"), "1:6+4 unknown function 'ciel' [did you mean 'ceil'?]");
  EXPECT_EQ(of("64 KiBB"), "1:9+4 unknown unit 'KiBB' [did you mean 'KiB'?]");
  EXPECT_EQ(of("100 KB"), "1:10+2 unknown unit 'KB' [write 'KiB' for 1024 or 'kB' for 1000]");
  EXPECT_EQ(of("1 + nm"), "1:10+2 unknown name 'nm' [a unit stands behind a number]");
}

TEST_F(Evaluate, reports_syntax_errors_at_the_token) {
  EXPECT_EQ(of("(1 + 2"), "1:12+1 expected ')', found the end");
  EXPECT_EQ(of("1 +"), "1:9+1 expected a value, found the end");
  EXPECT_EQ(of("hello world"),
            "1:12+5 expected an operator or the end, found 'world' "
            "[put quotes around text that is no expression]");
  EXPECT_EQ(of("1 < 2 < 3"), "1:12+1 comparisons do not chain [write 'a < b and b < c']");
  EXPECT_EQ(of("rows = 2"), "1:11+1 '=' has no meaning here ['==' compares]");
  EXPECT_EQ(of("1 if true"), "1:15+1 expected 'else', found the end");
  EXPECT_EQ(of("rows == 'x"), "1:14+1 the quoted text has no end");
  EXPECT_EQ(of("min()"), "1:6+3 min takes one or more values, not 0");
  EXPECT_EQ(of("ceil(1, 2)"), "1:6+4 ceil takes one value, not 2");
  EXPECT_EQ(of("[1]").substr(0, 5), "1:6+1");
}

TEST_F(Evaluate, bounds_nesting_but_not_length) {
  EXPECT_EQ(of(std::string(100000, '(')), "1:70+1 the expression is nested too deeply");
  EXPECT_EQ(of("1 + " + std::string(100000, '-') + "1"), "1:73+1 the expression is nested too deeply");
  std::string powers = "2";
  std::string choices;
  std::string sum = "0";
  for (int i = 0; i < 20000; ++i) {
    powers += "**1";
    choices += "1 if false else ";
    sum += " + 1";
  }
  EXPECT_EQ(of(sum), "20000");
  EXPECT_NE(of(powers).find("nested too deeply"), std::string::npos);
  EXPECT_NE(of(choices + "2").find("nested too deeply"), std::string::npos);
  EXPECT_EQ(of("1 if true else " + std::string(60, '(') + "1" + std::string(60, ')')), "1");
}

TEST_F(Evaluate, refuses_collections_and_nothing) {
  const YamlNode tree = tree_of("a: [1]\nb:\n");
  for (const char* key : {"a", "b"}) {
    Diagnostics diagnostics;
    EXPECT_FALSE(evaluate(*tree.find(key), scope_, diagnostics).has_value());
    EXPECT_EQ(diagnostics.all().size(), 1U);
  }
}

TEST_F(Evaluate, points_at_the_whole_scalar_where_it_was_folded) {
  const YamlNode tree = tree_of("key: 1 +\n    foo * 2\n");
  Diagnostics diagnostics;
  EXPECT_FALSE(evaluate(*tree.find("key"), scope_, diagnostics).has_value());
  EXPECT_EQ(place_of(diagnostics.all().at(0).where), "1:6+3");
}

/// A random formula of plain numbers with the value that it must have.
struct Formula {
  std::string text;
  double value = 0;
};

Formula random_formula(int depth) {
  if (depth == 0 || *rc::gen::inRange(0, 4) == 0) {
    const int number = *rc::gen::inRange(0, 1000);
    return {std::to_string(number), static_cast<double>(number)};
  }
  const Formula a = random_formula(depth - 1);
  const Formula b = random_formula(depth - 1);
  switch (*rc::gen::inRange(0, 8)) {
    case 0:
      return {"(" + a.text + " + " + b.text + ")", a.value + b.value};
    case 1:
      return {"(" + a.text + "-" + b.text + ")", a.value - b.value};
    case 2:
      return {"(" + a.text + ") * (" + b.text + ")", a.value * b.value};
    case 3:
      return {"((" + a.text + ") / 8)", a.value / 8};
    case 4:
      return {"(" + a.text + " if " + a.text + " < " + b.text + " else " + b.text + ")",
              a.value < b.value ? a.value : b.value};
    case 5:
      return {"max(" + a.text + ", " + b.text + ")", std::max(a.value, b.value)};
    case 6:
      return {"-(" + a.text + ")", -a.value};
    default:
      return {"ceil((" + a.text + ") // 3)", std::floor(a.value / 3)};
  }
}

TEST_F(Evaluate, equals_a_reference_on_random_formulas) {
  rc::check([&] {
    const Formula formula = random_formula(5);
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    // A product alone is not in brackets: as an operand of "-" it would need them, so the whole gets them here.
    node.scalar = "(" + formula.text + ")";
    Diagnostics diagnostics;
    const std::optional<Value> value = evaluate(node, scope_, diagnostics);
    RC_LOG(formula.text + "\n" + render(diagnostics.all()));
    RC_ASSERT(value.has_value());
    RC_ASSERT(std::get<Quantity>(*value).value == formula.value);
  });
}

TEST_F(Evaluate, never_fails_on_random_text_without_saying_why) {
  rc::check([&] {
    const std::string alphabet = "0123456789.eE+-*/%()<>=!,'\" abifelsndotrKMBnmu_^#";
    const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(alphabet));
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.scalar = text;
    Diagnostics diagnostics;
    const std::optional<Value> value = evaluate(node, scope_, diagnostics);
    RC_ASSERT(value.has_value() != diagnostics.has_errors());
  });
}

}  // namespace
}  // namespace ohmloop
