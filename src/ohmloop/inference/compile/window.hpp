#pragma once

#include <optional>

#include "ohmloop/inference/graph.hpp"

namespace ohmloop {

/// How a convolution or a pool moves over its spatial axes, one entry per axis.
struct WindowGeometry {
  Dims kernel;
  Dims stride;
  Dims dilation;
  Dims pad_begin;
  Dims pad_end;
  Dims output;
};

/// The geometry of a Conv, MaxPool or AveragePool node (auto_pad and ceil_mode resolved). Throws OperatorError.
WindowGeometry window_geometry(const GraphNode& node, const Dims& input, const Dims& kernel);

}  // namespace ohmloop
