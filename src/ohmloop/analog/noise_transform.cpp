#include "ohmloop/analog/noise_transform.hpp"

#include <algorithm>

#include "ohmloop/analog/absolute_maximum.hpp"
#include "ohmloop/analog/gaussian_noise.hpp"
#include "ohmloop/analog/image_values.hpp"

namespace ohmloop {

namespace {

class NoiseTransform final : public ValueTransform {
 public:
  explicit NoiseTransform(const LayerNoise& noise) : noise_(noise) {}

  void apply(const ActivationView& view, const Clamp& after) const override {
    const double batch_maximum =
        noise_.maximum == NoiseMaximum::batch && noise_.kind == NoiseKind::rescaled ? largest_of_batch(view) : 0;
    for (std::size_t i = 0; i < view.images; ++i) {
      const RandomKey key{noise_.seed, RandomPurpose::output_noise, noise_.layer,
                          static_cast<std::uint32_t>(view.first_image + i)};
      add_gaussian_to_image(image_values(view, i), image_shape(view), view.layout, deviation(view, i, batch_maximum),
                            key, after);
    }
  }

 private:
  [[nodiscard]] float deviation(const ActivationView& view, std::size_t image, double batch_maximum) const {
    if (noise_.kind == NoiseKind::fixed) return static_cast<float>(noise_.amplitude);
    switch (noise_.maximum) {
      case NoiseMaximum::image:
        return static_cast<float>(noise_.amplitude * absolute_maximum(image_values(view, image)));
      case NoiseMaximum::batch:
        return static_cast<float>(noise_.amplitude * batch_maximum);
      case NoiseMaximum::calibration:
        return static_cast<float>(noise_.amplitude * noise_.calibrated_maximum);
    }
    return 0;
  }

  static double largest_of_batch(const ActivationView& view) {
    double largest = 0;
    for (std::size_t i = 0; i < view.images; ++i)
      largest = std::max<double>(largest, absolute_maximum(image_values(view, i)));
    return largest;
  }

  LayerNoise noise_;
};

}  // namespace

std::unique_ptr<ValueTransform> make_noise(const LayerNoise& noise) { return std::make_unique<NoiseTransform>(noise); }

}  // namespace ohmloop
