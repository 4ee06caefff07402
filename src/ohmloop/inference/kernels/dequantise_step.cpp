#include "ohmloop/inference/kernels/dequantise_step.hpp"

namespace ohmloop {

void DequantiseStep::run(const RunMemory& memory) const {
  std::vector<const float*> sums;
  for (const SlotId slot : reads) sums.push_back(reinterpret_cast<const float*>(memory.addresses[slot.index()]));
  auto* target = reinterpret_cast<float*>(memory.addresses[writes[0].index()]);
  const std::size_t blocks = (order_.channels + order_.block - 1) / order_.block;
  const std::size_t stretch = order_.run * order_.block;
  for (std::size_t start = 0, group = 0; start < size_; start += stretch, ++group) {
    const std::size_t first_channel = group % blocks * order_.block;
    for (std::size_t i = start; i < start + stretch; ++i) {
      const std::size_t channel = first_channel + (i - start) % order_.block;
      double sum = 0;
      for (std::size_t k = 0; k < sums.size(); ++k) sum += numbers_.factors[k] * static_cast<double>(sums[k][i]);
      const bool padded = channel >= order_.channels;
      target[i] = padded ? 0.0F : static_cast<float>(sum * numbers_.scale[channel] + numbers_.bias[channel]);
    }
  }
}

}  // namespace ohmloop
