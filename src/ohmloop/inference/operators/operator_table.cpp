#include "ohmloop/inference/operators/operator_table.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ohmloop/inference/operators/operator_error.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"

namespace ohmloop {
namespace {

// Sorted by name: find_operator relies on it, and a test holds it.
constexpr auto table = std::to_array<OperatorEntry>({
    {"Abs", run_abs},
    {"Add", run_add, 2},
    {"And", run_and, 2},
    {"ArgMax", run_arg_max},
    {"ArgMin", run_arg_min},
    {"AveragePool", run_average_pool},
    {"BatchNormalization", run_batch_normalization, 5, any_number},
    {"Cast", run_cast},
    {"CastLike", run_cast_like, 2},
    {"Ceil", run_ceil},
    {"Celu", run_celu},
    {"Clip", run_clip},
    {"Concat", run_concat},
    {"Constant", run_constant, 0},
    {"ConstantOfShape", run_constant_of_shape},
    {"Conv", run_conv, 2},
    {"ConvInteger", run_conv_integer, 2},
    {"ConvTranspose", run_conv_transpose, 2},
    {"Cos", run_cos},
    {"DepthToSpace", run_depth_to_space},
    {"DequantizeLinear", run_dequantize_linear, 2},
    {"Div", run_div, 2},
    {"Dropout", run_dropout, 1, 2},
    {"DynamicQuantizeLinear", run_dynamic_quantize_linear, 1, 3},
    {"Elu", run_elu},
    {"Equal", run_equal, 2},
    {"Erf", run_erf},
    {"Exp", run_exp},
    {"Expand", run_expand, 2},
    {"Flatten", run_flatten},
    {"Floor", run_floor},
    {"Gather", run_gather, 2},
    {"GatherElements", run_gather_elements, 2},
    {"Gelu", run_gelu},
    {"Gemm", run_gemm, 2},
    {"GlobalAveragePool", run_global_average_pool},
    {"GlobalMaxPool", run_global_max_pool},
    {"Greater", run_greater, 2},
    {"GreaterOrEqual", run_greater_or_equal, 2},
    {"HardSigmoid", run_hard_sigmoid},
    {"HardSwish", run_hard_swish},
    {"Hardmax", run_hardmax},
    {"Identity", run_identity},
    {"InstanceNormalization", run_instance_normalization, 3},
    {"LRN", run_lrn},
    {"LayerNormalization", run_layer_normalization, 2, 3},
    {"LeakyRelu", run_leaky_relu},
    {"Less", run_less, 2},
    {"LessOrEqual", run_less_or_equal, 2},
    {"Log", run_log},
    {"LogSoftmax", run_log_softmax},
    {"MatMul", run_mat_mul, 2},
    {"MatMulInteger", run_mat_mul_integer, 2},
    {"Max", run_max},
    {"MaxPool", run_max_pool, 1, 2},
    {"Mean", run_mean},
    {"Min", run_min},
    {"Mod", run_mod, 2},
    {"Mul", run_mul, 2},
    {"Neg", run_neg},
    {"Not", run_not},
    {"Or", run_or, 2},
    {"PRelu", run_prelu, 2},
    {"Pad", run_pad},
    {"Pow", run_pow, 2},
    {"QLinearConv", run_q_linear_conv, 8},
    {"QLinearMatMul", run_q_linear_mat_mul, 8},
    {"QuantizeLinear", run_quantize_linear, 2},
    {"Range", run_range, 3},
    {"Reciprocal", run_reciprocal},
    {"ReduceL1", run_reduce_l1},
    {"ReduceL2", run_reduce_l2},
    {"ReduceLogSum", run_reduce_log_sum},
    {"ReduceLogSumExp", run_reduce_log_sum_exp},
    {"ReduceMax", run_reduce_max},
    {"ReduceMean", run_reduce_mean},
    {"ReduceMin", run_reduce_min},
    {"ReduceProd", run_reduce_prod},
    {"ReduceSum", run_reduce_sum},
    {"ReduceSumSquare", run_reduce_sum_square},
    {"Relu", run_relu},
    {"Reshape", run_reshape, 2},
    {"Resize", run_resize},
    {"Round", run_round},
    {"Selu", run_selu},
    {"Shape", run_shape},
    {"Sigmoid", run_sigmoid},
    {"Sign", run_sign},
    {"Sin", run_sin},
    {"Size", run_size},
    {"Slice", run_slice},
    {"Softmax", run_softmax},
    {"Softplus", run_softplus},
    {"Softsign", run_softsign},
    {"SpaceToDepth", run_space_to_depth},
    {"Split", run_split, 1, any_number},
    {"Sqrt", run_sqrt},
    {"Squeeze", run_squeeze},
    {"Sub", run_sub, 2},
    {"Sum", run_sum},
    {"Tanh", run_tanh},
    {"ThresholdedRelu", run_thresholded_relu},
    {"Tile", run_tile, 2},
    {"TopK", run_top_k, 1, 2},
    {"Transpose", run_transpose},
    {"Unsqueeze", run_unsqueeze},
    {"Upsample", run_upsample},
    {"Where", run_where, 3},
    {"Xor", run_xor, 2},
});

}  // namespace

const TensorData& OperatorCall::input(std::size_t index) const {
  if (!has(index)) throw OperatorError(fmt::format("input {} is missing", index + 1));
  return *inputs[index];
}

std::span<const OperatorEntry> operator_table() { return table; }

const OperatorEntry* find_operator(std::string_view operation) {
  const auto* const found =
      std::lower_bound(table.begin(), table.end(), operation,
                       [](const OperatorEntry& entry, std::string_view name) { return entry.operation < name; });
  return found != table.end() && found->operation == operation ? &*found : nullptr;
}

}  // namespace ohmloop
