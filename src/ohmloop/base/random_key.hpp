#pragma once

#include <cstdint>

#include "ohmloop/base/philox.hpp"

namespace ohmloop {

/// What random numbers are for. Files and results depend on the numbers of the purposes: never reuse one.
enum class RandomPurpose : std::uint16_t {
  output_noise = 1,       ///< noise on the weighted sums of a layer
  input_noise = 2,        ///< noise on the values that a layer takes
  programming_error = 3,  ///< what storage elements hold instead of their weights; once per chip, so image 0
  stuck_element = 4,      ///< which storage elements can't be written; once per chip
  choice_of_images = 5    ///< which images of a data set are taken
};

/// Names one stream of random numbers. The widths of the fields are their ranges, and all of them together with the
/// number of a block fit in what Philox takes, so that no two streams ever share a block:
///
///     key      seed's low 32 bits, seed's high 32 bits
///     counter  block's low 32 bits, block's high 32 bits, image, layer | purpose << 16
///
/// Nothing depends on the order of work: thread, batch size, or which other streams are used.
struct RandomKey {
  std::uint64_t seed = 0;
  RandomPurpose purpose = RandomPurpose::output_noise;
  std::uint16_t layer = 0;
  std::uint32_t image = 0;
};

/// The input of the block with this number (0 to 2^64 - 1) in the stream.
constexpr PhiloxInput philox_input(const RandomKey& key, std::uint64_t block) {
  const auto low = [](std::uint64_t value) { return static_cast<std::uint32_t>(value); };
  return {{low(block), low(block >> 32), key.image, key.layer | static_cast<std::uint32_t>(key.purpose) << 16},
          {low(key.seed), low(key.seed >> 32)}};
}

}  // namespace ohmloop
