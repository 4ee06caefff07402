#pragma once

#include <mutex>

#include "ohmloop/analog/value_histogram.hpp"
#include "ohmloop/inference/transforms.hpp"

namespace ohmloop {

/// Leaves values as they are and keeps their distribution, which doesn't depend on the order of batches.
class ValueRecorder final : public ValueTransform {
 public:
  void apply(const ActivationView& view, const Clamp& after) const override;

  /// Once all batches are done.
  [[nodiscard]] const ValueHistogram& values() const { return values_; }

 private:
  mutable std::mutex mutex_;
  mutable ValueHistogram values_;
};

}  // namespace ohmloop
