#include <algorithm>
#include <array>

#include "ohmloop/inference/compile/compiler.hpp"
#include "ohmloop/inference/rewrite.hpp"

namespace ohmloop {

namespace {

struct Entry {
  std::string_view operation;
  FastRule rule;
};

constexpr std::array rules = {Entry{"Conv", compile_convolution},
                              Entry{"Gemm", compile_product},
                              Entry{"MatMul", compile_product},
                              Entry{"MaxPool", compile_pool},
                              Entry{"AveragePool", compile_pool},
                              Entry{"GlobalAveragePool", compile_global_pool},
                              Entry{"GlobalMaxPool", compile_global_pool},
                              Entry{"Relu", compile_elementwise},
                              Entry{"Clip", compile_elementwise},
                              Entry{"LeakyRelu", compile_elementwise},
                              Entry{"Elu", compile_elementwise},
                              Entry{"Sigmoid", compile_elementwise},
                              Entry{"Tanh", compile_elementwise},
                              Entry{"Add", compile_binary},
                              Entry{"Sub", compile_binary},
                              Entry{"Mul", compile_binary},
                              Entry{"Div", compile_binary},
                              Entry{"Concat", compile_concat},
                              Entry{"Softmax", compile_softmax},
                              Entry{"BatchNormalization", compile_normalisation},
                              Entry{transform_operation, compile_transform},
                              Entry{dequantise_operation, compile_dequantise}};

}  // namespace

FastRule find_fast_rule(std::string_view operation) {
  const auto* const found =
      std::find_if(rules.begin(), rules.end(), [&](const Entry& entry) { return entry.operation == operation; });
  return found == rules.end() ? nullptr : found->rule;
}

}  // namespace ohmloop
