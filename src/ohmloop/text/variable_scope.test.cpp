#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ohmloop/text/expression.hpp"
#include "ohmloop/text/test_support.hpp"

namespace ohmloop {
namespace {

using testing_text::place_of;
using testing_text::tree_of;

std::string value_of(Scope& scope, const std::string& name, Diagnostics& diagnostics) {
  const std::optional<Value> value = scope.lookup(name, {}, diagnostics);
  return value ? to_string(*value) : "nothing";
}

TEST(VariableScope, evaluates_in_any_order) {
  const YamlNode variables = tree_of("cells: rows * columns\nrows: 128\ncolumns: rows // 2\n");
  Diagnostics diagnostics;
  VariableScope scope(variables, nullptr, diagnostics);
  EXPECT_EQ(value_of(scope, "cells", diagnostics), "8192");
  EXPECT_EQ(value_of(scope, "missing", diagnostics), "nothing");
  EXPECT_EQ(scope.names(), (std::vector<std::string>{"cells", "rows", "columns"}));
  EXPECT_TRUE(diagnostics.all().empty());
}

TEST(VariableScope, shows_the_path_of_a_cycle_once) {
  const YamlNode variables = tree_of("x: a\na: b + 1\nb: c\nc: 2 * a\n");
  Diagnostics diagnostics;
  VariableScope scope(variables, nullptr, diagnostics);
  EXPECT_EQ(value_of(scope, "x", diagnostics), "nothing");
  EXPECT_EQ(value_of(scope, "b", diagnostics), "nothing");
  ASSERT_EQ(diagnostics.all().size(), 1U);
  EXPECT_EQ(diagnostics.all()[0].message, "variable 'a' depends on itself: a -> b -> c -> a");
  EXPECT_EQ(place_of(diagnostics.all()[0].where), "4:8+1");
}

TEST(VariableScope, reports_a_variable_that_is_itself) {
  const YamlNode variables = tree_of("a: a\n");
  Diagnostics diagnostics;
  VariableScope scope(variables, nullptr, diagnostics);
  EXPECT_EQ(value_of(scope, "a", diagnostics), "nothing");
  ASSERT_EQ(diagnostics.all().size(), 1U);
  EXPECT_EQ(diagnostics.all()[0].message, "variable 'a' depends on itself: a -> a");
}

TEST(VariableScope, reports_the_error_of_a_variable_once_for_all_uses) {
  const YamlNode variables = tree_of("bad: 1 / 0\nx: bad + 1\ny: bad + 2\nz: bad\n");
  Diagnostics diagnostics;
  VariableScope scope(variables, nullptr, diagnostics);
  for (const char* name : {"x", "y", "z", "bad"}) EXPECT_EQ(value_of(scope, name, diagnostics), "nothing");
  ASSERT_EQ(diagnostics.all().size(), 1U);
  EXPECT_EQ(diagnostics.all()[0].message, "division by zero");
}

TEST(VariableScope, says_so_to_someone_who_did_not_hear_of_the_error) {
  const YamlNode variables = tree_of("bad: 1 / 0\n");
  Diagnostics first;
  VariableScope scope(variables, nullptr, first);
  EXPECT_EQ(value_of(scope, "bad", first), "nothing");
  Diagnostics second;
  EXPECT_EQ(value_of(scope, "bad", second), "nothing");
  ASSERT_EQ(second.all().size(), 1U);
  EXPECT_EQ(second.all()[0].message, "variable 'bad' has no value");
}

TEST(VariableScope, hides_names_of_the_outer_scope_and_sees_the_others) {
  const YamlNode outer_variables = tree_of("rows: 1\ncolumns: 2\n");
  const YamlNode inner_variables = tree_of("rows: 10\nsum: rows + columns\n");
  Diagnostics diagnostics;
  VariableScope outer(outer_variables, nullptr, diagnostics);
  VariableScope inner(inner_variables, &outer, diagnostics);
  EXPECT_EQ(value_of(inner, "sum", diagnostics), "12");
  EXPECT_EQ(value_of(outer, "rows", diagnostics), "1");
  EXPECT_EQ(inner.names(), (std::vector<std::string>{"rows", "sum", "columns"}));
}

TEST(VariableScope, refuses_names_that_formulas_could_not_use) {
  const YamlNode variables = tree_of("if: 1\nmax: 2\n2x: 3\na-b: 4\nfine_1: 5\n");
  Diagnostics diagnostics;
  const VariableScope scope(variables, nullptr, diagnostics);
  EXPECT_EQ(diagnostics.all().size(), 4U);
  EXPECT_EQ(scope.names(), std::vector<std::string>{"fine_1"});
}

TEST(VariableScope, takes_nothing_as_no_variables_but_refuses_a_list) {
  Diagnostics diagnostics;
  const VariableScope none(YamlNode{}, nullptr, diagnostics);
  EXPECT_FALSE(diagnostics.has_errors());
  const VariableScope list(tree_of("[1]"), nullptr, diagnostics);
  EXPECT_TRUE(diagnostics.has_errors());
}

TEST(VariableScope, bounds_chains_of_variables) {
  std::string text = "v0: 1\n";
  for (int i = 1; i <= 100000; ++i) text += fmt::format("v{}: v{} + 1\n", i, i - 1);
  const YamlNode variables = tree_of(text);
  Diagnostics diagnostics;
  VariableScope scope(variables, nullptr, diagnostics);
  EXPECT_EQ(value_of(scope, "v100", diagnostics), "101");
  EXPECT_EQ(value_of(scope, "v100000", diagnostics), "nothing");
  EXPECT_EQ(diagnostics.all().at(0).message, "more than 200 variables depend on one another in a chain");
}

TEST(EmptyScope, knows_no_name) {
  EmptyScope scope;
  Diagnostics diagnostics;
  EXPECT_EQ(value_of(scope, "rows", diagnostics), "nothing");
  EXPECT_TRUE(scope.names().empty());
}

}  // namespace
}  // namespace ohmloop
