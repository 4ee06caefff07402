#pragma once

#include <cstdint>
#include <limits>
#include <span>

#include "ohmloop/analog/activation_layout.hpp"
#include "ohmloop/base/random_key.hpp"

namespace ohmloop {

/// Standard normal numbers for elements first_element, first_element + 1, ...: element e of a stream always gets the
/// same number, bit by bit, in any call, on any thread, and on any processor.
///
/// Element e takes number (e / 16) % 4 of Philox block (e / 64) * 16 + e % 16 of the stream (base/random_key.hpp), so
/// that vectors of 4, 8 or 16 blocks give contiguous elements. Words 0 and 1 of a block make numbers 0 and 1 by the
/// transform of Box and Muller (Annals of Mathematical Statistics 29, 1958), words 2 and 3 the others:
///     length = sqrt(-2 ln u), u = (w0 / 2 + 0.5) / 2^31
///     numbers = length * (cos a, sin a), a uniform on the circle: the upper two bits of w1 choose a quarter of it
///     about one of the axes, the other thirty the place in the quarter
/// in float32 with polynomials, whose relative error stays below 5e-7, and without any fused operation. The largest
/// magnitude is sqrt(64 ln 2) = 6.66. All ten rounds of Philox are run.
void fill_gaussian(std::span<float> values, const RandomKey& key, std::uint64_t first_element = 0);

/// values[i] += sigma * z(first_element + i), where z is what fill_gaussian gives; then the limits. A sigma of 0 adds
/// nothing, not even to the sign of zero. The elements of outputs that are no images (matrix products') are numbered in
/// C order.
void add_gaussian(std::span<float> values, float sigma, const RandomKey& key, std::uint64_t first_element = 0,
                  const Clamp& limits = {});

/// The same for the activations of one image, whose elements are numbered by `element_number`: the noise of an element
/// doesn't depend on the layout. Channels that are there only to fill a block are left as they are. `image` holds
/// stored_values(shape, layout) values.
void add_gaussian_to_image(std::span<float> image, const ImageShape& shape, ActivationLayout layout, float sigma,
                           const RandomKey& key, const Clamp& limits = {});

}  // namespace ohmloop
