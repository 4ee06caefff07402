#include "ohmloop/inference/kernels/transform_step.hpp"

#include <fmt/format.h>

namespace ohmloop {

void TransformStep::run(const RunMemory& memory) const {
  ActivationView view = view_;
  view.values = reinterpret_cast<float*>(memory.addresses[writes[0].index()]);
  view.image_dims = image_dims_;
  view.images = memory.images.count;
  view.first_image = memory.images.first;
  const ValueTransform* transform = number_ < memory.transforms.size() ? memory.transforms[number_] : nullptr;
  if (transform != nullptr) {
    transform->apply(view, after_);
  } else if (after_.does_something()) {
    apply_clamp(view, after_);
  }
}

std::string TransformStep::describe() const {
  return fmt::format("transform {}{}", number_, after_.does_something() ? " + clamp" : "");
}

}  // namespace ohmloop
