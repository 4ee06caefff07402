#pragma once

#include <array>
#include <cstdint>

namespace ohmloop {

/// 128 random bits.
using PhiloxBlock = std::array<std::uint32_t, 4>;

/// What a block is computed from: any two that differ give blocks that look independent.
struct PhiloxInput {
  std::array<std::uint32_t, 4> counter{};
  std::array<std::uint32_t, 2> key{};
};

/// The constants of Philox4x32: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
/// Ten rounds are their recommendation; seven are the fewest that pass every test they ran.
struct PhiloxConstants {
  static constexpr int rounds = 10;
  static constexpr std::array<std::uint32_t, 2> multipliers{0xD2511F53, 0xCD9E8D57};
  static constexpr std::array<std::uint32_t, 2> key_steps{0x9E3779B9, 0xBB67AE85};
};

/// Philox4x32-10: a bijection of the counter for every key, without state, so that any block can be had at any time.
constexpr PhiloxBlock philox(const PhiloxInput& input) {
  auto [word0, word1, word2, word3] = input.counter;
  auto [key0, key1] = input.key;
  for (int round = 0; round < PhiloxConstants::rounds; ++round) {
    const std::uint64_t product0 = std::uint64_t{PhiloxConstants::multipliers[0]} * word0;
    const std::uint64_t product1 = std::uint64_t{PhiloxConstants::multipliers[1]} * word2;
    word0 = static_cast<std::uint32_t>(product1 >> 32) ^ word1 ^ key0;
    word1 = static_cast<std::uint32_t>(product1);
    word2 = static_cast<std::uint32_t>(product0 >> 32) ^ word3 ^ key1;
    word3 = static_cast<std::uint32_t>(product0);
    key0 += PhiloxConstants::key_steps[0];
    key1 += PhiloxConstants::key_steps[1];
  }
  return {word0, word1, word2, word3};
}

}  // namespace ohmloop
