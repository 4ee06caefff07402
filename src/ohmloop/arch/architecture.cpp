#include "ohmloop/arch/architecture.hpp"

#include "ohmloop/base/checked.hpp"

namespace ohmloop {

std::optional<NodeId> Architecture::find(std::string_view node_name) const {
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].name == node_name) return NodeId(i);
  }
  return std::nullopt;
}

std::int64_t Architecture::instances(NodeId id) const {
  std::int64_t copies = 1;
  for (std::size_t i = 0; i < id.index(); ++i) {
    if (const auto* fanout = nodes[i].as<Fanout>()) copies = checked_multiply(copies, fanout->count);
  }
  return copies;
}

std::optional<NodeId> Architecture::digital_unit(DigitalKind kind) const {
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto* component = nodes[i].as<Component>();
    if (component != nullptr && component->serves.contains(kind)) return NodeId(i);
  }
  return std::nullopt;
}

}  // namespace ohmloop
