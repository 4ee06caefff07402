#pragma once

#include <array>
#include <string>

#include "ohmloop/workload/zoo/network_builder.hpp"

namespace ohmloop {

/// Cuts N L 3D into three values of N L D: query, key and value of a fused projection.
std::array<Feature, 3> split_in_three(NetworkBuilder& net, const std::string& name, const Feature& x);

/// Dot-product attention of `heads` heads over query, key and value of N L D each. Two matmuls of activations: in
/// query x key^T the key, and in scores x value the value takes the weight's role. Masks are left out: the full L x L
/// products are counted, for causal attention too.
Feature attention(NetworkBuilder& net, const std::string& name, const std::array<Feature, 3>& query_key_value,
                  std::int64_t heads);

}  // namespace ohmloop
