#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/expression.hpp"
#include "ohmloop/text/source.hpp"
#include "ohmloop/text/yaml.hpp"

namespace {

void evaluate_all(const ohmloop::YamlNode& node, ohmloop::Scope& scope, ohmloop::Diagnostics& diagnostics) {
  if (node.is_scalar()) ohmloop::evaluate(node, scope, diagnostics);
  for (const ohmloop::YamlNode& item : node.items) evaluate_all(item, scope, diagnostics);
  for (const ohmloop::YamlEntry& entry : node.entries) evaluate_all(entry.value, scope, diagnostics);
}

}  // namespace

/// Reads the bytes as a description: every scalar as an expression over its own top-level `variables`.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto source = std::make_shared<const ohmloop::SourceFile>(
      ohmloop::SourceFile{.path = "fuzz.yaml", .text = std::string(reinterpret_cast<const char*>(data), size)});
  ohmloop::Diagnostics diagnostics;
  const ohmloop::YamlLimits limits{.max_depth = 64, .max_nodes = 10'000};
  const ohmloop::YamlNode tree = ohmloop::parse_yaml(source, diagnostics, limits);

  const ohmloop::YamlNode* variables = tree.find("variables");
  ohmloop::VariableScope scope(variables == nullptr ? ohmloop::YamlNode{} : *variables, nullptr, diagnostics);
  evaluate_all(tree, scope, diagnostics);
  ohmloop::render(diagnostics.all());
  return 0;
}
