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
    {"Add", run_add},
    {"And", run_and},
    {"ArgMax", run_arg_max},
    {"ArgMin", run_arg_min},
    {"AveragePool", run_average_pool},
    {"BatchNormalization", run_batch_normalization, any_number},
    {"Cast", run_cast},
    {"CastLike", run_cast_like},
    {"Ceil", run_ceil},
    {"Celu", run_celu},
    {"Clip", run_clip},
    {"Concat", run_concat},
    {"Constant", run_constant},
    {"ConstantOfShape", run_constant_of_shape},
    {"Conv", run_conv},
    {"ConvInteger", run_conv_integer},
    {"ConvTranspose", run_conv_transpose},
    {"Cos", run_cos},
    {"DepthToSpace", run_depth_to_space},
    {"DequantizeLinear", run_dequantize_linear},
    {"Div", run_div},
    {"Dropout", run_dropout, 2},
    {"DynamicQuantizeLinear", run_dynamic_quantize_linear, 3},
    {"Elu", run_elu},
    {"Equal", run_equal},
    {"Erf", run_erf},
    {"Exp", run_exp},
    {"Expand", run_expand},
    {"Flatten", run_flatten},
    {"Floor", run_floor},
    {"Gather", run_gather},
    {"GatherElements", run_gather_elements},
    {"Gelu", run_gelu},
    {"Gemm", run_gemm},
    {"GlobalAveragePool", run_global_average_pool},
    {"GlobalMaxPool", run_global_max_pool},
    {"Greater", run_greater},
    {"GreaterOrEqual", run_greater_or_equal},
    {"HardSigmoid", run_hard_sigmoid},
    {"HardSwish", run_hard_swish},
    {"Hardmax", run_hardmax},
    {"Identity", run_identity},
    {"InstanceNormalization", run_instance_normalization},
    {"LRN", run_lrn},
    {"LayerNormalization", run_layer_normalization, 3},
    {"LeakyRelu", run_leaky_relu},
    {"Less", run_less},
    {"LessOrEqual", run_less_or_equal},
    {"Log", run_log},
    {"LogSoftmax", run_log_softmax},
    {"MatMul", run_mat_mul},
    {"MatMulInteger", run_mat_mul_integer},
    {"Max", run_max},
    {"MaxPool", run_max_pool, 2},
    {"Mean", run_mean},
    {"Min", run_min},
    {"Mod", run_mod},
    {"Mul", run_mul},
    {"Neg", run_neg},
    {"Not", run_not},
    {"Or", run_or},
    {"PRelu", run_prelu},
    {"Pad", run_pad},
    {"Pow", run_pow},
    {"QLinearConv", run_q_linear_conv},
    {"QLinearMatMul", run_q_linear_mat_mul},
    {"QuantizeLinear", run_quantize_linear},
    {"Range", run_range},
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
    {"Reshape", run_reshape},
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
    {"Split", run_split, any_number},
    {"Sqrt", run_sqrt},
    {"Squeeze", run_squeeze},
    {"Sub", run_sub},
    {"Sum", run_sum},
    {"Tanh", run_tanh},
    {"ThresholdedRelu", run_thresholded_relu},
    {"Tile", run_tile},
    {"TopK", run_top_k, 2},
    {"Transpose", run_transpose},
    {"Unsqueeze", run_unsqueeze},
    {"Upsample", run_upsample},
    {"Where", run_where},
    {"Xor", run_xor},
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
