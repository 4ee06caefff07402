#pragma once

#include <optional>

#include "ohmloop/analysis/counts.hpp"

namespace ohmloop {

/// The memory whose weights are programmed before inference, and which traffic therefore costs nothing during it:
/// - a `resident` memory whose instances are each filled exactly once, with weights that are no activations. Its fills
///   and everything that weights do at the nodes outside it (reads of the parents, fills on the way, conversions)
///   belong to programming. One reload or an activation in the weight's role, and all of it is charged;
/// - storage elements of an array multiply in place: what the compute reads from them is part of the `compute` action.
class ChargedTraffic {
 public:
  /// `weights_written`: no memory is programmed before inference.
  ChargedTraffic(const Einsum& einsum, const Architecture& architecture, const Counts& counts,
                 bool weights_written = false);

  /// The memory whose first fill is programming; nothing if all weight traffic is charged.
  [[nodiscard]] std::optional<NodeId> programmed() const { return programmed_; }
  /// What of a memory's counts (total or busiest) is charged.
  [[nodiscard]] ByRole<TensorActions> of_memory(NodeId node, const ByRole<TensorActions>& counted) const;
  /// What of a converter's counts is charged.
  [[nodiscard]] ByRole<std::int64_t> of_converter(NodeId node, const ByRole<std::int64_t>& counted) const;

 private:
  std::optional<NodeId> programmed_;
  std::optional<NodeId> cells_;
};

}  // namespace ohmloop
