#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ohmloop/inference/graph.hpp"

namespace ohmloop {

/// A list attribute of a window, one value per axis. Throws OperatorError if there are more or fewer.
Dims window_list(const GraphNode& node, std::string_view name, std::size_t size, std::int64_t otherwise);
/// Throws OperatorError unless all values are at least `least` and no larger than makes sense.
void check_window_range(const Dims& values, std::int64_t least, std::string_view what);

/// How a convolution or a pool moves over its spatial axes, one entry per axis.
struct WindowGeometry {
  Dims kernel;
  Dims stride;
  Dims dilation;
  Dims pad_begin;
  Dims pad_end;         ///< as far as the last window reaches
  Dims stated_pad_end;  ///< without what rounding up (ceil_mode) adds
  Dims output;
};

/// The geometry of a Conv, MaxPool or AveragePool node (auto_pad and ceil_mode resolved) on an input with as many axes
/// behind batch and channels as the kernel has. Throws OperatorError.
WindowGeometry window_geometry(const GraphNode& node, const Dims& input, const Dims& kernel);

/// The geometry of one window over all of an input's axes behind batch and channels.
WindowGeometry whole_window(const Dims& input);

}  // namespace ohmloop
