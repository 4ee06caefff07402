#pragma once

#include <vector>

#include "ohmloop/inference/operators/operator_table.hpp"

/// The functions of the operator table, family by family.
namespace ohmloop {

using Tensors = std::vector<TensorData>;

// elementwise.cpp: one number at a time.
Tensors run_abs(const OperatorCall& call);
Tensors run_ceil(const OperatorCall& call);
Tensors run_cos(const OperatorCall& call);
Tensors run_erf(const OperatorCall& call);
Tensors run_exp(const OperatorCall& call);
Tensors run_floor(const OperatorCall& call);
Tensors run_log(const OperatorCall& call);
Tensors run_neg(const OperatorCall& call);
Tensors run_not(const OperatorCall& call);
Tensors run_reciprocal(const OperatorCall& call);
Tensors run_round(const OperatorCall& call);
Tensors run_sign(const OperatorCall& call);
Tensors run_sin(const OperatorCall& call);
Tensors run_sqrt(const OperatorCall& call);

// activations.cpp
Tensors run_celu(const OperatorCall& call);
Tensors run_clip(const OperatorCall& call);
Tensors run_elu(const OperatorCall& call);
Tensors run_gelu(const OperatorCall& call);
Tensors run_hard_sigmoid(const OperatorCall& call);
Tensors run_hard_swish(const OperatorCall& call);
Tensors run_leaky_relu(const OperatorCall& call);
Tensors run_prelu(const OperatorCall& call);
Tensors run_relu(const OperatorCall& call);
Tensors run_selu(const OperatorCall& call);
Tensors run_sigmoid(const OperatorCall& call);
Tensors run_softplus(const OperatorCall& call);
Tensors run_softsign(const OperatorCall& call);
Tensors run_tanh(const OperatorCall& call);
Tensors run_thresholded_relu(const OperatorCall& call);

// arithmetic.cpp: two tensors, broadcast.
Tensors run_add(const OperatorCall& call);
Tensors run_div(const OperatorCall& call);
Tensors run_mod(const OperatorCall& call);
Tensors run_mul(const OperatorCall& call);
Tensors run_pow(const OperatorCall& call);
Tensors run_sub(const OperatorCall& call);

// comparisons.cpp: true or false, and what depends on it.
Tensors run_and(const OperatorCall& call);
Tensors run_equal(const OperatorCall& call);
Tensors run_greater(const OperatorCall& call);
Tensors run_greater_or_equal(const OperatorCall& call);
Tensors run_less(const OperatorCall& call);
Tensors run_less_or_equal(const OperatorCall& call);
Tensors run_or(const OperatorCall& call);
Tensors run_where(const OperatorCall& call);
Tensors run_xor(const OperatorCall& call);

// variadic.cpp: any number of tensors, broadcast.
Tensors run_max(const OperatorCall& call);
Tensors run_mean(const OperatorCall& call);
Tensors run_min(const OperatorCall& call);
Tensors run_sum(const OperatorCall& call);

// generate.cpp: tensors out of attributes and sizes.
Tensors run_constant(const OperatorCall& call);
Tensors run_constant_of_shape(const OperatorCall& call);
Tensors run_range(const OperatorCall& call);

// shapes.cpp: the same elements under other sizes.
Tensors run_dropout(const OperatorCall& call);
Tensors run_flatten(const OperatorCall& call);
Tensors run_identity(const OperatorCall& call);
Tensors run_reshape(const OperatorCall& call);
Tensors run_shape(const OperatorCall& call);
Tensors run_size(const OperatorCall& call);
Tensors run_squeeze(const OperatorCall& call);
Tensors run_unsqueeze(const OperatorCall& call);

// cast.cpp: other types of elements.
Tensors run_cast(const OperatorCall& call);
Tensors run_cast_like(const OperatorCall& call);

// rearrange.cpp: the same elements in another order.
Tensors run_depth_to_space(const OperatorCall& call);
Tensors run_expand(const OperatorCall& call);
Tensors run_space_to_depth(const OperatorCall& call);
Tensors run_tile(const OperatorCall& call);
Tensors run_transpose(const OperatorCall& call);

// slices.cpp: parts of tensors, and tensors of parts.
Tensors run_concat(const OperatorCall& call);
Tensors run_slice(const OperatorCall& call);
Tensors run_split(const OperatorCall& call);

// pad.cpp, gather.cpp, resize.cpp
Tensors run_gather(const OperatorCall& call);
Tensors run_gather_elements(const OperatorCall& call);
Tensors run_pad(const OperatorCall& call);
Tensors run_resize(const OperatorCall& call);
Tensors run_upsample(const OperatorCall& call);

// convolution.cpp, convolution_transpose.cpp, matrix_product.cpp, integer_products.cpp: sums of products.
Tensors run_conv(const OperatorCall& call);
Tensors run_conv_transpose(const OperatorCall& call);
Tensors run_gemm(const OperatorCall& call);
Tensors run_mat_mul(const OperatorCall& call);
Tensors run_conv_integer(const OperatorCall& call);
Tensors run_mat_mul_integer(const OperatorCall& call);
Tensors run_q_linear_conv(const OperatorCall& call);
Tensors run_q_linear_mat_mul(const OperatorCall& call);

// pool.cpp
Tensors run_average_pool(const OperatorCall& call);
Tensors run_global_average_pool(const OperatorCall& call);
Tensors run_global_max_pool(const OperatorCall& call);
Tensors run_max_pool(const OperatorCall& call);

// softmax.cpp, normalise.cpp
Tensors run_hardmax(const OperatorCall& call);
Tensors run_log_softmax(const OperatorCall& call);
Tensors run_softmax(const OperatorCall& call);
Tensors run_batch_normalization(const OperatorCall& call);
Tensors run_instance_normalization(const OperatorCall& call);
Tensors run_layer_normalization(const OperatorCall& call);
Tensors run_lrn(const OperatorCall& call);

// reduce.cpp, select.cpp
Tensors run_reduce_l1(const OperatorCall& call);
Tensors run_reduce_l2(const OperatorCall& call);
Tensors run_reduce_log_sum(const OperatorCall& call);
Tensors run_reduce_log_sum_exp(const OperatorCall& call);
Tensors run_reduce_max(const OperatorCall& call);
Tensors run_reduce_mean(const OperatorCall& call);
Tensors run_reduce_min(const OperatorCall& call);
Tensors run_reduce_prod(const OperatorCall& call);
Tensors run_reduce_sum(const OperatorCall& call);
Tensors run_reduce_sum_square(const OperatorCall& call);
Tensors run_arg_max(const OperatorCall& call);
Tensors run_arg_min(const OperatorCall& call);
Tensors run_top_k(const OperatorCall& call);

// quantise.cpp: between real numbers and integers that stand for them.
Tensors run_dequantize_linear(const OperatorCall& call);
Tensors run_dynamic_quantize_linear(const OperatorCall& call);
Tensors run_quantize_linear(const OperatorCall& call);

}  // namespace ohmloop
