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
    {"Ceil", run_ceil},
    {"Celu", run_celu},
    {"Clip", run_clip},
    {"Constant", run_constant},
    {"Cos", run_cos},
    {"Div", run_div},
    {"Elu", run_elu},
    {"Equal", run_equal},
    {"Erf", run_erf},
    {"Exp", run_exp},
    {"Floor", run_floor},
    {"Gelu", run_gelu},
    {"Greater", run_greater},
    {"GreaterOrEqual", run_greater_or_equal},
    {"HardSigmoid", run_hard_sigmoid},
    {"HardSwish", run_hard_swish},
    {"LeakyRelu", run_leaky_relu},
    {"Less", run_less},
    {"LessOrEqual", run_less_or_equal},
    {"Log", run_log},
    {"Max", run_max},
    {"Mean", run_mean},
    {"Min", run_min},
    {"Mod", run_mod},
    {"Mul", run_mul},
    {"Neg", run_neg},
    {"Not", run_not},
    {"Or", run_or},
    {"Pow", run_pow},
    {"Reciprocal", run_reciprocal},
    {"Relu", run_relu},
    {"Round", run_round},
    {"Selu", run_selu},
    {"Sigmoid", run_sigmoid},
    {"Sign", run_sign},
    {"Sin", run_sin},
    {"Softplus", run_softplus},
    {"Softsign", run_softsign},
    {"Sqrt", run_sqrt},
    {"Sub", run_sub},
    {"Sum", run_sum},
    {"Tanh", run_tanh},
    {"ThresholdedRelu", run_thresholded_relu},
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
