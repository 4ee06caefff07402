#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/text/expression.hpp"

namespace ohmloop {

/// Names that the expressions inside a node see: the node's own scalar keys, then the scope around it (variables,
/// technology, clock). A key's own expression means the outer name: `rows: rows` takes the variable.
class NodeScope final : public Scope {
 public:
  /// `node` and `outer` outlive the scope.
  NodeScope(const YamlNode& node, Scope& outer) : node_(&node), outer_(&outer) {}

  std::optional<Value> lookup(std::string_view name, const SourceSpan& use, Diagnostics& diagnostics) override;
  [[nodiscard]] std::vector<std::string> names() const override;

 private:
  const YamlNode* node_;
  Scope* outer_;
  std::vector<std::string> running_;
  std::map<std::string, std::optional<Value>, std::less<>> done_;
};

}  // namespace ohmloop
