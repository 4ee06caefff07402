#pragma once

#include <array>
#include <cstdint>

#include "ohmloop/inference/operators/arguments.hpp"

namespace ohmloop {

/// Elements between neighbours along each axis of a tensor in C order.
Dims strides_of(const Dims& dims);

/// Strides that repeat a tensor of `from` over one of `to` by numpy's rule: 0 along axes that are repeated. Throws
/// OperatorError if they don't fit.
Dims broadcast_strides(const Dims& from, const Dims& to);

/// The size that several tensors have after broadcasting. Throws OperatorError if they don't fit.
Dims broadcast_dims(const Dims& a, const Dims& b);

/// A row of N tensors that are walked together: where it begins in each, and the distance of its elements.
template <std::size_t N>
struct StridedRow {
  std::array<std::int64_t, N> at{};
  std::array<std::int64_t, N> step{};
  std::int64_t length = 1;
};

/// Walks N tensors together over the positions of `dims` in C order, row by row; each has a stride per axis (0 repeats
/// its elements, a negative one walks backwards). Axes that can be walked as one are.
template <std::size_t N>
class StridedWalk {
 public:
  StridedWalk(const Dims& dims, const std::array<Dims, N>& strides) {
    for (std::size_t i = 0; i < dims.size(); ++i) {
      is_empty_ = is_empty_ || dims[i] == 0;
      if (dims[i] == 1) continue;
      Axis axis{.size = dims[i]};
      for (std::size_t k = 0; k < N; ++k) axis.step[k] = strides[k][i];
      if (!axes_.empty() && continues(axes_.back(), axis)) {
        axis.size *= axes_.back().size;
        axes_.back() = axis;
      } else {
        axes_.push_back(axis);
      }
    }
    if (axes_.empty()) axes_.push_back({});
  }

  /// Calls `visit(StridedRow<N>)` for every row.
  template <class Visit>
  void each_row(const Visit& visit) const {
    if (is_empty_) return;
    StridedRow<N> row{.at = {}, .step = axes_.back().step, .length = axes_.back().size};
    std::vector<std::int64_t> position(axes_.size(), 0);
    while (true) {
      visit(row);
      std::size_t axis = axes_.size() - 1;
      while (axis > 0 && ++position[axis - 1] == axes_[axis - 1].size) {
        position[axis - 1] = 0;
        for (std::size_t k = 0; k < N; ++k) row.at[k] -= axes_[axis - 1].step[k] * (axes_[axis - 1].size - 1);
        --axis;
      }
      if (axis == 0) return;
      for (std::size_t k = 0; k < N; ++k) row.at[k] += axes_[axis - 1].step[k];
    }
  }

 private:
  struct Axis {
    std::int64_t size = 1;
    std::array<std::int64_t, N> step{};
  };

  static bool continues(const Axis& outer, const Axis& inner) {
    for (std::size_t k = 0; k < N; ++k) {
      if (outer.step[k] != inner.step[k] * inner.size) return false;
    }
    return true;
  }

  bool is_empty_ = false;
  std::vector<Axis> axes_;
};

}  // namespace ohmloop
