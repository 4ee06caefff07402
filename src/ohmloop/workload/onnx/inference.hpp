#pragma once

#include "ohmloop/workload/onnx/node_context.hpp"

/// The rules of the operators (https://onnx.ai/onnx/operators, operator sets 7-17): sizes of the outputs from those of
/// the inputs, the layer's shape where weights are multiplied, values where a small tensor is known beforehand. All
/// throw NodeError, ShapeUnknown and OverflowError.
namespace ohmloop {

// infer_convolution.cpp
Inference infer_convolution(const NodeContext& node);            ///< Conv: input, weight
Inference infer_quantized_convolution(const NodeContext& node);  ///< QLinearConv: the weight is input 3
Inference infer_transposed_convolution(const NodeContext& node);
Inference infer_pool(const NodeContext& node);
Inference infer_global_pool(const NodeContext& node);

// infer_matmul.cpp
Inference infer_gemm(const NodeContext& node);
Inference infer_matmul(const NodeContext& node);
Inference infer_quantized_matmul(const NodeContext& node);  ///< QLinearMatMul: the second operand is input 3

// infer_elementwise.cpp
Inference infer_same(const NodeContext& node);       ///< every output is like input 0
Inference infer_identity(const NodeContext& node);   ///< like input 0, values included
Inference infer_normalise(const NodeContext& node);  ///< output 0 like input 0, others are statistics
Inference infer_broadcast(const NodeContext& node);
Inference infer_cast(const NodeContext& node);
Inference infer_where(const NodeContext& node);
template <Arithmetic operation>
Inference infer_arithmetic(const NodeContext& node);
template <Rounding operation>
Inference infer_rounding(const NodeContext& node);

// infer_reshape.cpp: the same elements in another arrangement
Inference infer_reshape(const NodeContext& node);
Inference infer_flatten(const NodeContext& node);
Inference infer_squeeze(const NodeContext& node);
Inference infer_unsqueeze(const NodeContext& node);
Inference infer_transpose(const NodeContext& node);
Inference infer_depth_to_space(const NodeContext& node);
Inference infer_space_to_depth(const NodeContext& node);

// infer_selection.cpp: parts of tensors, and tensors put together
Inference infer_concat(const NodeContext& node);
Inference infer_split(const NodeContext& node);
Inference infer_slice(const NodeContext& node);
Inference infer_gather(const NodeContext& node);
Inference infer_gather_elements(const NodeContext& node);
Inference infer_pad(const NodeContext& node);
Inference infer_top_k(const NodeContext& node);

// infer_expansion.cpp: tensors made from sizes
Inference infer_shape(const NodeContext& node);
Inference infer_size(const NodeContext& node);
Inference infer_constant(const NodeContext& node);
Inference infer_constant_of_shape(const NodeContext& node);
Inference infer_range(const NodeContext& node);
Inference infer_expand(const NodeContext& node);
Inference infer_tile(const NodeContext& node);
Inference infer_resize(const NodeContext& node);

// infer_reduction.cpp
Inference infer_reduce(const NodeContext& node);
Inference infer_arg_reduce(const NodeContext& node);  ///< ArgMax, ArgMin

}  // namespace ohmloop
