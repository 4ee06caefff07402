#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "ohmloop/analysis/counts.hpp"
#include "ohmloop/analysis/oracle_nest.hpp"

namespace ohmloop {

/// Executes the nest for one tensor: what every instance holds, what enters and leaves it, and for outputs the partial
/// sums themselves (a sum is the number of points that went into it).
class OracleRole {
 public:
  OracleRole(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping, Role role);

  void run(Counts& counts);

 private:
  using Element = OracleNest::Element;
  using Indices = OracleNest::Indices;
  using Elements = std::set<Element>;

  struct Tile {
    bool idle = true;
    Elements tensor;   ///< without padding
    Elements windows;  ///< with it
  };
  struct Instance {
    Tile held;
    Tile next;
    Elements lost;                                        ///< sums to hand up at this step
    std::map<Element, std::optional<std::int64_t>> sums;  ///< of the held elements; nothing: none has arrived
  };
  struct Level {
    std::size_t position = 0;
    NodeId node;
    bool computes = false;
    std::vector<std::size_t> time, space, inside;  ///< loops outside (temporal, spatial) and inside
    std::map<Indices, Instance> instances;         ///< by the indices of `space`
  };
  /// What each instance of a level gives to or takes from its parent at one step.
  using Moved = std::map<Indices, Elements>;

  void add_level(std::size_t position, NodeId node, bool computes);
  void step(const Indices& now, bool first);
  [[nodiscard]] Tile tile(const Level& level, const Indices& space, Indices indices);
  void enter(std::size_t level);
  void enter_operands(std::size_t level);
  void enter_sums(std::size_t level);
  void lose_sums(std::size_t level);
  void leave_sums(std::size_t level);
  void hand_up(std::size_t level, const Moved& leaving);
  void compute(std::size_t level);
  void finish();

  [[nodiscard]] Moved entering(const Level& level, bool windows) const;
  [[nodiscard]] bool merges(NodeId fanout, NodeId place) const;
  /// The instances' indices that stay apart at a place: one union each; first: all above the place are 0.
  struct Group {
    bool first = true;
    Indices apart;
    friend auto operator<=>(const Group&, const Group&) = default;
  };
  [[nodiscard]] Group group_of(const Level& level, const Indices& space, NodeId place) const;
  [[nodiscard]] std::map<Group, Elements> unions(const Level& level, const Moved& moved, NodeId place) const;
  void pass_converters(std::size_t level, const Moved& moved);
  [[nodiscard]] Instance& parent_of(std::size_t level, const Indices& space, bool* first);
  [[nodiscard]] bool sees_windows(NodeId node) const;
  TensorActions& actions(NodeId node, bool first);

  const Einsum& einsum_;
  const Architecture& architecture_;
  const Tensor& tensor_;
  Role role_;
  OracleNest nest_;
  std::vector<Level> levels_;
  std::map<Element, bool> inside_;  ///< of every window element met: does it lie in the tensor
  Indices before_;
  Counts* counts_ = nullptr;
};

}  // namespace ohmloop
