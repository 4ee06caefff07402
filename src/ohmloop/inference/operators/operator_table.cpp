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
    {"AveragePool", run_average_pool},
    {"Cast", run_cast},
    {"CastLike", run_cast_like},
    {"Ceil", run_ceil},
    {"Celu", run_celu},
    {"Clip", run_clip},
    {"Concat", run_concat},
    {"Constant", run_constant},
    {"ConstantOfShape", run_constant_of_shape},
    {"Conv", run_conv},
    {"Cos", run_cos},
    {"DepthToSpace", run_depth_to_space},
    {"Div", run_div},
    {"Dropout", run_dropout, 2},
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
    {"Identity", run_identity},
    {"LeakyRelu", run_leaky_relu},
    {"Less", run_less},
    {"LessOrEqual", run_less_or_equal},
    {"Log", run_log},
    {"MatMul", run_mat_mul},
    {"Max", run_max},
    {"MaxPool", run_max_pool, 2},
    {"Mean", run_mean},
    {"Min", run_min},
    {"Mod", run_mod},
    {"Mul", run_mul},
    {"Neg", run_neg},
    {"Not", run_not},
    {"Or", run_or},
    {"Pad", run_pad},
    {"Pow", run_pow},
    {"Range", run_range},
    {"Reciprocal", run_reciprocal},
    {"Relu", run_relu},
    {"Reshape", run_reshape},
    {"Round", run_round},
    {"Selu", run_selu},
    {"Shape", run_shape},
    {"Sigmoid", run_sigmoid},
    {"Sign", run_sign},
    {"Sin", run_sin},
    {"Size", run_size},
    {"Slice", run_slice},
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
    {"Transpose", run_transpose},
    {"Unsqueeze", run_unsqueeze},
    {"Where", run_where},
    {"Xor", run_xor},
});

}  // namespace

const Tensor& OperatorCall::input(std::size_t index) const {
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
