#include "ohmloop/analog/value_recorder.hpp"

#include "ohmloop/analog/image_values.hpp"

namespace ohmloop {

void ValueRecorder::apply(const ActivationView& view, const Clamp& after) const {
  ValueHistogram batch;
  for_each_value_run(view, [&](std::span<const float> values) { batch.observe(values); });
  {
    const std::lock_guard lock(mutex_);
    values_.merge(batch);
  }
  apply_clamp(view, after);
}

}  // namespace ohmloop
