#pragma once

#include "ohmloop/inference/compile/plan.hpp"

namespace ohmloop {

/// Hands a slot to a ValueTransform, in place.
class TransformStep final : public Step {
 public:
  /// `number` is that of the Transform node; `view` describes the slot, without its address and images.
  TransformStep(std::size_t number, ActivationView view, Dims image_dims, const Clamp& after)
      : number_(number), view_(view), image_dims_(std::move(image_dims)), after_(after) {}

  void run(const RunMemory& memory) const override;
  [[nodiscard]] std::string describe() const override;

 private:
  std::size_t number_;
  ActivationView view_;
  Dims image_dims_;
  Clamp after_;
};

}  // namespace ohmloop
