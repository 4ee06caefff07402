#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ohmloop/accelergy/architecture_tree.hpp"

namespace ohmloop::timeloop {

/// The attributes of a node under any of the names that Timeloop's versions gave them; '-' and '_' are alike. Values of
/// the wrong type are reported once, where they are asked for.
class NodeAttributes {
 public:
  NodeAttributes(const FieldNode& node, Diagnostics& diagnostics);

  using Names = std::initializer_list<std::string_view>;

  /// The first that is given.
  [[nodiscard]] const ComponentAttribute* find(Names names) const;
  /// "inf" is nothing: no limit.
  [[nodiscard]] std::optional<double> number(Names names) const;
  [[nodiscard]] bool is_infinite(Names names) const;
  /// A whole number within [low, 2^40].
  [[nodiscard]] std::optional<std::int64_t> whole(Names names, std::int64_t low) const;
  [[nodiscard]] std::string text(Names names) const;
  [[nodiscard]] std::optional<bool> truth(Names names) const;
  [[nodiscard]] SourceSpan where(Names names) const;

  [[nodiscard]] const FieldNode& node() const { return *node_; }
  [[nodiscard]] Diagnostics& diagnostics() const { return *diagnostics_; }

 private:
  using Attributes = std::map<std::string, const ComponentAttribute*, std::less<>>;

  [[nodiscard]] const Attributes::value_type* find_entry(Names names) const;
  void report(Names names, std::string_view expected) const;

  const FieldNode* node_;
  Diagnostics* diagnostics_;
  Attributes attributes_;
};

}  // namespace ohmloop::timeloop
