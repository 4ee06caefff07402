#include "ohmloop/energy/class_docs.hpp"

#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

constexpr const char* docs_path = OHMLOOP_SOURCE_DIR "/docs/components.md";

std::string current_docs() {
  Registry registry;
  register_builtin_estimators(registry);
  return component_docs(registry);
}

TEST(ComponentDocs, FileIsWhatTheTableSays) {
  std::ifstream file(docs_path);
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), current_docs())
      << "if the change is intended: test_energy --gtest_also_run_disabled_tests --gtest_filter='*WriteAnew'";
}

TEST(ComponentDocs, DISABLED_WriteAnew) { std::ofstream(docs_path) << current_docs(); }

TEST(ComponentClasses, NamesAreUniqueAndChargedActionsExist) {
  std::set<std::string> names;
  for (const ComponentClass& each : component_classes()) {
    EXPECT_TRUE(names.insert(each.name).second) << each.name;
    std::set<std::string> attributes;
    for (const AttributeSpec& spec : each.attributes) {
      EXPECT_TRUE(attributes.insert(spec.name).second) << each.name << " " << spec.name;
      EXPECT_FALSE(spec.meaning.empty()) << each.name << " " << spec.name;
      EXPECT_LE(spec.low, spec.high) << each.name << " " << spec.name;
    }
    if (!each.passing_action.empty()) {
      EXPECT_NE(each.action(each.passing_action), nullptr) << each.name;
    }
    if (!each.compute_action.empty()) {
      EXPECT_NE(each.action(each.compute_action), nullptr) << each.name;
    }
  }
}

TEST(ComponentClasses, EveryClassIsKnownToAnEstimator) {
  Registry registry;
  register_builtin_estimators(registry);
  std::set<std::string> known;
  for (const auto& estimator : registry.estimators()) {
    for (const std::string& name : estimator->classes()) {
      EXPECT_NE(find_component_class(name), nullptr) << estimator->name() << " " << name;
      known.insert(name);
    }
  }
  for (const ComponentClass& each : component_classes()) EXPECT_TRUE(known.contains(each.name)) << each.name;
}

}  // namespace
}  // namespace ohmloop
