#include "ohmloop/mapping/loop_constraints.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

const LoopConstraints* constraints_of(const Node& node) {
  if (const Memory* memory = node.as<Memory>()) return &memory->loops;
  if (const Fanout* fanout = node.as<Fanout>()) return &fanout->loops;
  return nullptr;
}

/// The checks of one node.
class NodeCheck {
 public:
  NodeCheck(const Einsum& einsum, NodeId id, const Node& node, const std::vector<NestLoop>& loops,
            std::vector<Violation>& violations)
      : einsum_(einsum), id_(id), node_(node), loops_(loops), violations_(violations) {}

  void ranks(const std::vector<std::string>& allowed) {
    for (const NestLoop& loop : loops_) {
      const std::string& rank = einsum_.rank(loop.rank).name;
      if (std::find(allowed.begin(), allowed.end(), rank) != allowed.end()) continue;
      add(fmt::format("'{}' has a loop over {} of {}, allowed are loops over {}", node_.name, rank, loop.bound,
                      allowed.empty() ? "nothing" : list_names(allowed)),
          loop.bound, 1, loop.position);
    }
  }

  void factor(const FactorConstraint& constraint) {
    const auto rank = std::find_if(einsum_.ranks.begin(), einsum_.ranks.end(),
                                   [&](const Rank& r) { return r.name == constraint.rank; });
    if (rank == einsum_.ranks.end()) return;
    std::int64_t product = 1;
    std::optional<std::size_t> step;
    for (const NestLoop& loop : loops_) {
      if (einsum_.rank(loop.rank).name != constraint.rank) continue;
      product = checked_multiply(product, loop.bound);
      step = loop.position;
    }
    const std::int64_t bound = std::min(constraint.bound, rank->size);
    const bool held = constraint.relation == Relation::equal     ? product == bound
                      : constraint.relation == Relation::at_most ? product <= bound
                                                                 : product >= bound;
    if (held) return;
    const char* relation = constraint.relation == Relation::equal     ? ""
                           : constraint.relation == Relation::at_most ? "at most "
                                                                      : "at least ";
    add(fmt::format("loops over {} at '{}' make {}, the architecture asks for {}{}", constraint.rank, node_.name,
                    product, relation, bound),
        product, bound, step);
  }

  void order(const std::vector<std::string>& order) {
    std::size_t reached = 0;
    for (const NestLoop& loop : loops_) {
      const std::string& rank = einsum_.rank(loop.rank).name;
      const auto found = std::find(order.begin(), order.end(), rank);
      const std::size_t place = found == order.end() ? 0 : static_cast<std::size_t>(found - order.begin()) + 1;
      if (place >= reached) {
        reached = place;
        continue;
      }
      const std::string& outer = order[reached - 1];
      add(fmt::format("the loop over {} at '{}' stands inside the one over {}, it must stand outside", rank, node_.name,
                      outer),
          0, 0, loop.position);
    }
  }

 private:
  void add(std::string message, std::int64_t needed, std::int64_t available, std::optional<std::size_t> step) {
    violations_.push_back({Violation::Kind::constraint, id_, std::move(message), needed, available, step});
  }

  const Einsum& einsum_;
  NodeId id_;
  const Node& node_;
  const std::vector<NestLoop>& loops_;
  std::vector<Violation>& violations_;
};

}  // namespace

std::vector<std::vector<NestLoop>> loops_by_node(const Architecture& architecture, const Mapping& mapping,
                                                 const std::vector<NestLoop>& loops) {
  std::vector<std::vector<NestLoop>> by_node(architecture.nodes.size());
  std::optional<NodeId> owner;
  std::size_t next = 0;
  for (const MappingStep& step : mapping.steps) {
    if (const Keep* keep = std::get_if<Keep>(&step)) {
      owner = keep->node;
      continue;
    }
    const NestLoop& loop = loops[next++];
    if (loop.fanout) {
      by_node[loop.fanout->index()].push_back(loop);
      owner.reset();
    } else if (owner) {
      by_node[owner->index()].push_back(loop);
    }
  }
  return by_node;
}

std::vector<Violation> check_loop_constraints(const Einsum& einsum, const Architecture& architecture,
                                              const Mapping& mapping, const std::vector<NestLoop>& loops) {
  std::vector<Violation> violations;
  const auto by_node = loops_by_node(architecture, mapping, loops);
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    const Node& node = architecture.nodes[i];
    const LoopConstraints* constraints = constraints_of(node);
    if (constraints == nullptr) continue;
    const bool kept = node.as<Fanout>() != nullptr ||
                      std::any_of(mapping.steps.begin(), mapping.steps.end(), [&](const MappingStep& step) {
                        const Keep* keep = std::get_if<Keep>(&step);
                        return keep != nullptr && keep->node == NodeId(i);
                      });
    // A memory that keeps nothing has no place in the nest.
    if (!kept) continue;
    NodeCheck check(einsum, NodeId(i), node, by_node[i], violations);
    if (constraints->ranks) check.ranks(*constraints->ranks);
    for (const FactorConstraint& factor : constraints->factors) check.factor(factor);
    check.order(constraints->order);
  }
  return violations;
}

}  // namespace ohmloop
