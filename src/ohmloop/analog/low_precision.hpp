#pragma once

#include <memory>
#include <span>
#include <vector>

#include "ohmloop/analog/distortion.hpp"
#include "ohmloop/analog/layered_network.hpp"
#include "ohmloop/analog/quantiser.hpp"
#include "ohmloop/analog/value_histogram.hpp"

namespace ohmloop {

/// The quantisers of what the layers take, from the distributions of it.
std::vector<Quantiser> choose_quantisers(std::span<const ValueHistogram> inputs, int bits, RangeRule rule);

/// Gives the chosen layers few bits. With weights of few bits alone, a layer's weights become codes x scales in
/// float32. With activations of few bits alone, what a layer takes does. With both, the layer computes on whole
/// numbers: codes of activations times codes of weights, summed exactly (in as many runs of float32 as plan_exact_sums
/// says) and rounded once when scales and bias make numbers of the sums. `inputs` has one quantiser per layer and is
/// not looked at where activations keep their bits; the network must then have Transform nodes before its layers.
/// Throws InputError where sums may be too large to be exact.
void quantise_layers(LayeredNetwork& network, const PrecisionSettings& precision, std::span<const Quantiser> inputs,
                     const LayerChoice& layers);

}  // namespace ohmloop
