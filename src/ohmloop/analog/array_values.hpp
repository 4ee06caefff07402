#pragma once

#include <optional>
#include <string>

#include "ohmloop/analog/code_histogram.hpp"
#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/energy/layer_moments.hpp"

namespace ohmloop {

/// Codes of one layer's weights or inputs; nothing where they are not known.
struct LayerCodes {
  std::string name;  ///< of the layer
  std::optional<CodeHistogram> weights;
  std::optional<CodeHistogram> inputs;
};

/// Bits of the signed codes that the weights of an array are made of: those of the array, and for unsigned ones, which
/// are the codes' positive part, one more.
int weight_code_bits(const Architecture& architecture);

/// Moments of what the storage elements hold: codes of weight_code_bits in the array's encoding, cut into slices of one
/// element. The architecture has an array.
DigitMoments weight_moments(const CodeHistogram& codes, const Architecture& architecture);

/// Moments and toggling of the steps of the DACs. Codes have the array's bits. Unsigned arrays take unsigned codes as
/// they are, and signed ones shifted by half of their range; signed arrays take signed codes in two's complement, and
/// of unsigned codes, which have no bit for a sign, all bits but the lowest.
LayerMoments input_values(const CodeHistogram& codes, const Architecture& architecture);

}  // namespace ohmloop
