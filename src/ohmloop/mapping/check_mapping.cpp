#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapping/loop_constraints.hpp"
#include "ohmloop/mapping/mapping.hpp"
#include "ohmloop/mapping/nest.hpp"
#include "ohmloop/mapping/tile_image.hpp"

namespace ohmloop {
namespace {

/// The checks of one mapping, in the order in which a reader would want to hear of them.
class Legality {
 public:
  Legality(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping)
      : einsum_(einsum), architecture_(architecture), mapping_(mapping) {}

  std::vector<Violation> check(const LegalityOptions& options) {
    check_ids();
    if (!violations_.empty()) return std::move(violations_);
    loops_ = nest_loops(einsum_, mapping_);
    check_cover(options.allow_imperfect);
    check_fanouts();
    for (const Role role : all_roles) check_keeps(role);
    check_places();
    // Tiles of a broken nest mean nothing.
    if (violations_.empty()) check_capacity();
    if (options.check_constraints) {
      for (Violation& v : check_loop_constraints(einsum_, architecture_, mapping_, loops_)) {
        violations_.push_back(std::move(v));
      }
    }
    return std::move(violations_);
  }

 private:
  void add(Violation::Kind kind, std::optional<NodeId> node, std::string message, std::int64_t needed = 0,
           std::int64_t available = 0, std::optional<std::size_t> step = {}) {
    violations_.push_back({kind, node, std::move(message), needed, available, step});
  }
  void malformed(std::optional<NodeId> node, std::string message, std::optional<std::size_t> step = {}) {
    add(Violation::Kind::malformed, node, std::move(message), 0, 0, step);
  }

  /// " (8 x 4)", the bounds of the loops over a rank if they are several, and the innermost as the step to look at.
  [[nodiscard]] std::string factors(RankId rank, std::optional<std::size_t>& step) const {
    std::string text;
    int loops = 0;
    for (const NestLoop& loop : loops_) {
      if (loop.rank != rank) continue;
      text += fmt::format("{}{}", text.empty() ? "" : " x ", loop.bound);
      step = loop.position;
      ++loops;
    }
    return loops > 1 ? fmt::format(" ({})", text) : "";
  }

  void check_ids() {
    for (const MappingStep& step : mapping_.steps) {
      if (const Loop* loop = std::get_if<Loop>(&step)) {
        check_loop_ids(*loop);
        continue;
      }
      const NodeId node = std::get<Keep>(step).node;
      if (node.index() >= architecture_.nodes.size() || architecture_.node(node).as<Memory>() == nullptr) {
        malformed(std::nullopt, fmt::format("node {} can't keep a tensor: it is no memory", node.index()));
      }
    }
  }

  void check_loop_ids(const Loop& loop) {
    if (loop.rank.index() >= einsum_.ranks.size()) {
      malformed(std::nullopt, fmt::format("a loop runs over rank {}, '{}' has {}", loop.rank.index(), einsum_.name,
                                          einsum_.ranks.size()));
    } else if (loop.bound < 1) {
      malformed(std::nullopt, fmt::format("the loop over {} has bound {}, at least 1 is needed",
                                          einsum_.rank(loop.rank).name, loop.bound));
    }
    if (!loop.fanout) return;
    if (loop.fanout->index() >= architecture_.nodes.size() ||
        architecture_.node(*loop.fanout).as<Fanout>() == nullptr) {
      malformed(std::nullopt,
                fmt::format("a loop is spread across node {}, which is no fan-out", loop.fanout->index()));
    }
  }

  void check_cover(bool allow_imperfect) {
    std::vector<std::int64_t> covered(einsum_.ranks.size(), 1);
    for (auto loop = loops_.rbegin(); loop != loops_.rend(); ++loop) {
      const Rank& rank = einsum_.rank(loop->rank);
      std::int64_t& cover = covered[loop->rank.index()];
      if (loop->bound > 1 && cover >= ceil_divide(rank.size, loop->bound - 1)) {
        malformed(std::nullopt,
                  fmt::format("the last iterations of a loop over {} (bound {}, step {}) are empty: {} has size {}",
                              rank.name, loop->bound, cover, rank.name, rank.size),
                  loop->position);
      }
      cover = checked_multiply(cover, loop->bound);
    }
    for (std::size_t i = 0; i < covered.size(); ++i) {
      const Rank& rank = einsum_.ranks[i];
      if (covered[i] == rank.size) continue;
      std::optional<std::size_t> step;
      const std::string product = factors(RankId(i), step);
      if (covered[i] < rank.size) {
        malformed(std::nullopt,
                  !step ? fmt::format("no loop runs over {}, which has size {}", rank.name, rank.size)
                        : fmt::format("the loops over {} cover {} of {}{}", rank.name, covered[i], rank.size, product),
                  step);
      } else if (!allow_imperfect) {
        malformed(std::nullopt,
                  fmt::format("the loops over {} make {}{}, which is not {}: factors must divide the size", rank.name,
                              covered[i], product, rank.size),
                  step);
      }
    }
  }

  void check_fanouts() {
    for (std::size_t i = 0; i < architecture_.nodes.size(); ++i) {
      const Fanout* fanout = architecture_.nodes[i].as<Fanout>();
      if (fanout == nullptr) continue;
      std::int64_t copies = 1;
      std::string factors;
      std::size_t step = 0;
      for (const NestLoop& loop : loops_) {
        if (loop.fanout != NodeId(i)) continue;
        copies = checked_multiply(copies, loop.bound);
        factors += fmt::format("{}{} {}", factors.empty() ? "" : " x ", einsum_.rank(loop.rank).name, loop.bound);
        step = loop.position;
      }
      if (copies <= fanout->count) continue;
      add(Violation::Kind::fanout, NodeId(i),
          fmt::format("'{}' needs {} copies ({}), has {}", architecture_.nodes[i].name, copies, factors, fanout->count),
          copies, fanout->count, step);
    }
  }

  [[nodiscard]] std::vector<std::size_t> keep_positions(Role role) const {
    std::vector<std::size_t> positions;
    for (std::size_t i = 0; i < mapping_.steps.size(); ++i) {
      const Keep* keep = std::get_if<Keep>(&mapping_.steps[i]);
      if (keep != nullptr && keep->role == role) positions.push_back(i);
    }
    return positions;
  }

  [[nodiscard]] NodeId node_at(std::size_t position) const { return std::get<Keep>(mapping_.steps[position]).node; }

  void check_keeps(Role role) {
    const std::vector<std::size_t> positions = keep_positions(role);
    for (std::size_t i = 1; i < positions.size(); ++i) {
      const NodeId outer = node_at(positions[i - 1]);
      const NodeId inner = node_at(positions[i]);
      if (outer < inner) continue;
      const std::string& name = architecture_.node(inner).name;
      malformed(inner,
                outer == inner ? fmt::format("'{}' keeps {} twice", name, to_string(role))
                               : fmt::format("'{}' keeps {} inside '{}', which stands below it", name, to_string(role),
                                             architecture_.node(outer).name),
                positions[i]);
    }
    check_placement(role, positions);
    if (!positions.empty()) check_outermost(role, positions.front());
  }

  void check_placement(Role role, const std::vector<std::size_t>& positions) {
    bool outermost = true;
    for (std::size_t i = 0; i < architecture_.nodes.size(); ++i) {
      const Memory* memory = architecture_.nodes[i].as<Memory>();
      if (memory == nullptr) continue;
      const Placement placement = memory->placement[role_index(role)];
      const auto at = std::find_if(positions.begin(), positions.end(),
                                   [&](std::size_t position) { return node_at(position) == NodeId(i); });
      const bool kept = at != positions.end();
      const std::string& name = architecture_.nodes[i].name;
      if (placement == Placement::bypass) {
        if (kept) {
          add(Violation::Kind::constraint, NodeId(i),
              fmt::format("'{}' keeps {}, the architecture says it is bypassed there", name, to_string(role)), 0, 0,
              *at);
        }
        continue;
      }
      if (!kept && outermost) {
        malformed(NodeId(i),
                  fmt::format("{} is not kept by '{}', the outermost memory that may keep it", to_string(role), name));
      } else if (!kept && placement == Placement::keep) {
        add(Violation::Kind::constraint, NodeId(i),
            fmt::format("'{}' does not keep {}, the architecture says it must", name, to_string(role)));
      }
      outermost = false;
    }
    if (outermost) malformed(std::nullopt, fmt::format("no memory may keep {}", to_string(role)));
  }

  /// The outermost memory of a tensor has nowhere to fetch other elements from, and nowhere to add partial sums.
  void check_outermost(Role role, std::size_t position) {
    const std::string& name = architecture_.node(node_at(position)).name;
    for (const NestLoop& loop : loops_) {
      if (loop.position > position || loop.bound == 1) continue;
      const std::string& rank = einsum_.rank(loop.rank).name;
      if (loop.temporal() && einsum_.relevant(loop.rank, role)) {
        malformed(node_at(position),
                  fmt::format("the loop over {} changes the {} of '{}', and no memory above keeps {}", rank,
                              to_string(role), name, to_string(role)),
                  loop.position);
      }
      if (!loop.temporal() && role == Role::output && !einsum_.relevant(loop.rank, role)) {
        malformed(node_at(position),
                  fmt::format("partial sums of {} spread across '{}' are never added: '{}' below it is the "
                              "outermost memory that keeps the output",
                              rank, architecture_.node(*loop.fanout).name, name),
                  loop.position);
      }
    }
  }

  void check_places() {
    for (std::size_t i = 0; i < mapping_.steps.size(); ++i) {
      const Keep* keep = std::get_if<Keep>(&mapping_.steps[i]);
      if (keep == nullptr) continue;
      for (const NestLoop& loop : loops_) {
        if (!loop.fanout) continue;
        const bool above = *loop.fanout < keep->node;
        const bool outside = loop.position < i;
        if (above == outside) continue;
        malformed(keep->node,
                  fmt::format("the loop over {} across '{}' stands {} '{}' keeps {}, but the fan-out is {} that memory",
                              einsum_.rank(loop.rank).name, architecture_.node(*loop.fanout).name,
                              outside ? "outside where" : "inside where", architecture_.node(keep->node).name,
                              to_string(keep->role), above ? "above" : "below"),
                  loop.position);
      }
    }
  }

  void check_capacity() {
    for (std::size_t node = 0; node < architecture_.nodes.size(); ++node) {
      const Memory* memory = architecture_.nodes[node].as<Memory>();
      if (memory == nullptr || !memory->size_bits) continue;
      std::int64_t needed = 0;
      std::string parts;
      std::size_t step = 0;
      for (std::size_t i = 0; i < mapping_.steps.size(); ++i) {
        const Keep* keep = std::get_if<Keep>(&mapping_.steps[i]);
        if (keep == nullptr || keep->node != NodeId(node)) continue;
        const std::int64_t elements = tile_at(i);
        const int bits = einsum_.tensor(keep->role).bits;
        needed = checked_add(needed, checked_multiply(elements, bits));
        step = i;
        parts += fmt::format("{}{} {} x {}", parts.empty() ? "" : ", ", to_string(keep->role), elements, bits);
      }
      if (needed <= *memory->size_bits) continue;
      add(Violation::Kind::capacity, NodeId(node),
          fmt::format("'{}' needs {} bits ({}), has {}", architecture_.nodes[node].name, needed, parts,
                      *memory->size_bits),
          needed, *memory->size_bits, step);
    }
  }

  [[nodiscard]] std::int64_t tile_at(std::size_t position) const {
    return tile_elements(einsum_, architecture_, mapping_, position);
  }

  const Einsum& einsum_;
  const Architecture& architecture_;
  const Mapping& mapping_;
  std::vector<NestLoop> loops_;
  std::vector<Violation> violations_;
};

}  // namespace

std::vector<Violation> check_mapping(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping,
                                     const LegalityOptions& options) {
  return Legality(einsum, architecture, mapping).check(options);
}

std::int64_t tile_elements(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping,
                           std::size_t keep_step) {
  const Keep& keep = std::get<Keep>(mapping.steps[keep_step]);
  const auto& axes = axes_at(einsum.tensor(keep.role), architecture.node(keep.node));
  std::int64_t elements = 1;
  for (const std::int64_t side :
       largest_tile(einsum, axes, tile_extents(einsum, nest_loops(einsum, mapping), keep_step))) {
    elements = checked_multiply(elements, side);
  }
  return elements;
}

}  // namespace ohmloop
