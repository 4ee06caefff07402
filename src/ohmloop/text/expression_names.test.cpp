#include "ohmloop/text/expression_names.hpp"

#include <gtest/gtest.h>

#include "ohmloop/text/test_support.hpp"

namespace ohmloop {
namespace {

YamlNode scalar(const std::string& text, bool quoted = false) {
  YamlNode node;
  node.kind = YamlNode::Kind::scalar;
  node.scalar = text;
  node.quoted = quoted;
  return node;
}

std::vector<YamlEntry> entries(const std::vector<std::pair<std::string, std::string>>& texts) {
  std::vector<YamlEntry> result;
  for (const auto& [key, text] : texts) {
    YamlEntry entry;
    entry.key = key;
    entry.value = scalar(text);
    result.push_back(std::move(entry));
  }
  return result;
}

TEST(NamesIn, AreThoseOfVariablesAndFunctionsButNotUnits) {
  EXPECT_EQ(names_in(scalar("adc_energy * (supply / 0.8 V) ** 2")), (std::vector<std::string>{"adc_energy", "supply"}));
  EXPECT_EQ(names_in(scalar("1.79 pJ")), std::vector<std::string>{});
  EXPECT_EQ(names_in(scalar("a * b", true)), std::vector<std::string>{}) << "a quoted scalar is a string";
  EXPECT_EQ(names_in(scalar("a $ b")), std::vector<std::string>{}) << "no expression";
}

TEST(WithDependents, FollowsChainsInAnyOrderAndCycles) {
  const auto found =
      with_dependents({"fit"}, entries({{"d", "c + 1"}, {"c", "2 * b"}, {"b", "fit"}, {"other", "7 pJ"}}));
  EXPECT_EQ(found, (std::set<std::string>{"fit", "b", "c", "d"}));
  EXPECT_EQ(with_dependents({"a"}, entries({{"a", "b"}, {"b", "a"}})), (std::set<std::string>{"a", "b"}));
  EXPECT_EQ(with_dependents({}, entries({{"a", "b"}})), std::set<std::string>{});
}

TEST(WithInnerDependents, AnEntryHidesTheNameOutside) {
  EXPECT_EQ(with_inner_dependents({"fit"}, entries({{"fit", "3"}, {"a", "fit"}})), std::set<std::string>{});
  EXPECT_EQ(with_inner_dependents({"fit"}, entries({{"fit", "2 * fit"}, {"a", "fit"}})),
            (std::set<std::string>{"a", "fit"}));
  EXPECT_EQ(with_inner_dependents({"fit"}, entries({{"a", "fit"}})), (std::set<std::string>{"a", "fit"}));
}

}  // namespace
}  // namespace ohmloop
