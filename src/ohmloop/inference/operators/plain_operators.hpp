#pragma once

#include <vector>

#include "ohmloop/inference/operators/operator_table.hpp"

/// The functions of the operator table, family by family.
namespace ohmloop {

using Tensors = std::vector<Tensor>;

// generate.cpp: tensors out of attributes and sizes.
Tensors run_constant(const OperatorCall& call);

}  // namespace ohmloop
