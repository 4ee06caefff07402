#include "ohmloop/workload/onnx/operators.hpp"

#include <algorithm>
#include <array>

#include "ohmloop/workload/onnx/inference.hpp"

namespace ohmloop {
namespace {

using enum OperatorKind;

constexpr InputSet second = 1U << 1U;
constexpr InputSet second_and_third = second | 1U << 2U;
constexpr InputSet second_to_fifth = second_and_third | 1U << 3U | 1U << 4U;
constexpr InputSet both = 3;
constexpr InputSet fourth = 1U << 3U;
constexpr InputSet fourth_and_ninth = fourth | 1U << 8U;

// Sorted by name: find_onnx_operator relies on it, and a test holds it.
constexpr auto table = std::to_array<OnnxOperator>({
    {"Abs", kept, infer_rounding<Rounding::absolute>},
    {"Acos", kept, infer_same},
    {"Add", kept, infer_arithmetic<Arithmetic::add>, 0, every_input},
    {"And", kept, infer_broadcast},
    {"ArgMax", kept, infer_arg_reduce},
    {"ArgMin", kept, infer_arg_reduce},
    {"Asin", kept, infer_same},
    {"Atan", kept, infer_same},
    {"AveragePool", kept, infer_pool},
    {"BatchNormalization", kept, infer_normalise, second_to_fifth, second_and_third},
    {"Cast", free, infer_cast},
    {"Ceil", kept, infer_rounding<Rounding::ceiling>},
    {"Celu", kept, infer_same},
    {"Clip", kept, infer_same},
    {"Concat", free, infer_concat, 0, every_input},
    {"Constant", free, infer_constant},
    {"ConstantOfShape", free, infer_constant_of_shape},
    {"Conv", weighted, infer_convolution, second_and_third, second_and_third},
    {"ConvInteger", weighted, infer_convolution, second, second},
    {"ConvTranspose", kept, infer_transposed_convolution, second_and_third, second_and_third},
    {"Cos", kept, infer_same},
    {"CumSum", kept, infer_same},
    {"DepthToSpace", free, infer_depth_to_space},
    {"DequantizeLinear", kept, infer_same},
    {"Div", kept, infer_arithmetic<Arithmetic::divide>},
    {"Dropout", free, infer_same},
    {"Elu", kept, infer_same},
    {"Equal", kept, infer_arithmetic<Arithmetic::equal>},
    {"Erf", kept, infer_same},
    {"Exp", kept, infer_same},
    {"Expand", free, infer_expand, 0, 1},
    {"Flatten", free, infer_flatten},
    {"Floor", kept, infer_rounding<Rounding::floor>},
    {"Gather", kept, infer_gather, 0, 1},
    {"GatherElements", kept, infer_gather_elements},
    {"Gelu", kept, infer_same},
    {"Gemm", weighted, infer_gemm, second_and_third, both | second_and_third},
    {"GlobalAveragePool", kept, infer_global_pool},
    {"GlobalLpPool", kept, infer_global_pool},
    {"GlobalMaxPool", kept, infer_global_pool},
    {"Greater", kept, infer_arithmetic<Arithmetic::greater>},
    {"GreaterOrEqual", kept, infer_broadcast},
    {"HardSigmoid", kept, infer_same},
    {"HardSwish", kept, infer_same},
    {"Hardmax", kept, infer_same},
    {"Identity", free, infer_identity},
    {"InstanceNormalization", kept, infer_same, second_and_third, second_and_third},
    {"IsNaN", kept, infer_same},
    {"LRN", kept, infer_same},
    {"LayerNormalization", kept, infer_normalise, second_and_third, second_and_third},
    {"LeakyRelu", kept, infer_same},
    {"Less", kept, infer_arithmetic<Arithmetic::less>},
    {"LessOrEqual", kept, infer_broadcast},
    {"Log", kept, infer_same},
    {"LogSoftmax", kept, infer_same},
    {"LpNormalization", kept, infer_same},
    {"LpPool", kept, infer_pool},
    {"MatMul", weighted, infer_matmul, 0, both},
    {"MatMulInteger", weighted, infer_matmul, 0, both},
    {"Max", kept, infer_arithmetic<Arithmetic::maximum>},
    {"MaxPool", kept, infer_pool},
    {"Mean", kept, infer_broadcast},
    {"MeanVarianceNormalization", kept, infer_same},
    {"Min", kept, infer_arithmetic<Arithmetic::minimum>},
    {"Mish", kept, infer_same},
    {"Mod", kept, infer_arithmetic<Arithmetic::modulo>},
    {"Mul", kept, infer_arithmetic<Arithmetic::multiply>, 0, every_input},
    {"Neg", kept, infer_rounding<Rounding::negate>},
    {"Not", kept, infer_same},
    {"Or", kept, infer_broadcast},
    {"PRelu", kept, infer_same, second, second},
    {"Pad", kept, infer_pad},
    {"Pow", kept, infer_broadcast},
    {"QLinearConv", weighted, infer_quantized_convolution, fourth_and_ninth, fourth_and_ninth},
    {"QLinearMatMul", weighted, infer_quantized_matmul, 0, 1 | fourth},
    {"QuantizeLinear", kept, infer_same},
    {"Range", free, infer_range},
    {"Reciprocal", kept, infer_same},
    {"ReduceL1", kept, infer_reduce},
    {"ReduceL2", kept, infer_reduce},
    {"ReduceLogSum", kept, infer_reduce},
    {"ReduceLogSumExp", kept, infer_reduce},
    {"ReduceMax", kept, infer_reduce},
    {"ReduceMean", kept, infer_reduce},
    {"ReduceMin", kept, infer_reduce},
    {"ReduceProd", kept, infer_reduce},
    {"ReduceSum", kept, infer_reduce},
    {"ReduceSumSquare", kept, infer_reduce},
    {"Relu", kept, infer_same},
    {"Reshape", free, infer_reshape},
    {"Resize", kept, infer_resize},
    {"Round", kept, infer_rounding<Rounding::round>},
    {"Selu", kept, infer_same},
    {"Shape", free, infer_shape},
    {"Shrink", kept, infer_same},
    {"Sigmoid", kept, infer_same},
    {"Sign", kept, infer_same},
    {"Sin", kept, infer_same},
    {"Size", free, infer_size},
    {"Slice", free, infer_slice},
    {"Softmax", kept, infer_same},
    {"Softplus", kept, infer_same},
    {"Softsign", kept, infer_same},
    {"SpaceToDepth", free, infer_space_to_depth},
    {"Split", free, infer_split},
    {"Sqrt", kept, infer_rounding<Rounding::square_root>},
    {"Squeeze", free, infer_squeeze},
    {"Sub", kept, infer_arithmetic<Arithmetic::subtract>},
    {"Sum", kept, infer_broadcast, 0, every_input},
    {"Tan", kept, infer_same},
    {"Tanh", kept, infer_same},
    {"ThresholdedRelu", kept, infer_same},
    {"Tile", kept, infer_tile, 0, 1},
    {"TopK", kept, infer_top_k},
    {"Transpose", free, infer_transpose},
    {"Trilu", kept, infer_same},
    {"Unsqueeze", free, infer_unsqueeze},
    {"Upsample", kept, infer_resize},
    {"Where", kept, infer_where},
    {"Xor", kept, infer_broadcast},
});

}  // namespace

std::span<const OnnxOperator> onnx_operators() { return table; }

const OnnxOperator* find_onnx_operator(std::string_view name) {
  const auto* const found = std::lower_bound(table.begin(), table.end(), name,
                                             [](const OnnxOperator& a, std::string_view b) { return a.name < b; });
  return found != table.end() && found->name == name ? &*found : nullptr;
}

}  // namespace ohmloop
