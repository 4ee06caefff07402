#pragma once

#include <vector>

#include "ohmloop/inference/compile/plan.hpp"

namespace ohmloop {

/// What the Dequantise node states: shifts of the inputs, scale and bias per channel.
struct Dequantisation {
  std::vector<double> factors;  ///< 2^shift per input
  std::vector<double> scale;
  std::vector<double> bias;
};

/// Where the channel of a number in memory follows from its position: runs of `run` numbers of one channel, `block`
/// channels interleaved.
struct ChannelPlacement {
  std::size_t channels = 0;
  std::size_t block = 1;  ///< channels that alternate from number to number
  std::size_t run = 1;    ///< positions before the next block of channels
};

/// Sums of integers, exact in float32 each, to numbers.
class DequantiseStep final : public Step {
 public:
  DequantiseStep(Dequantisation numbers, const ChannelPlacement& order, std::size_t size)
      : numbers_(std::move(numbers)), order_(order), size_(size) {}

  void run(const RunMemory& memory) const override;
  [[nodiscard]] std::string describe() const override { return "dequantise"; }

 private:
  Dequantisation numbers_;
  ChannelPlacement order_;
  std::size_t size_;  ///< numbers in memory, padded channels included
};

}  // namespace ohmloop
