#include "ohmloop/accuracy/layer_signals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ohmloop/analog/image_values.hpp"
#include "ohmloop/base/parallel.hpp"

namespace ohmloop {

namespace {

/// The activations of one batch of one layer, in the order of elements, whatever their layout.
std::vector<float> in_order(const ActivationView& view) {
  const ImageShape shape = image_shape(view);
  std::vector<float> values;
  values.reserve(view.images * shape.channels * shape.height);
  for (std::size_t i = 0; i < view.images; ++i) {
    const float* image = view.image(i);
    for (std::size_t c = 0; c < shape.channels; ++c) {
      for (std::size_t h = 0; h < shape.height; ++h)
        values.push_back(image[place_of_element(shape, view.layout, c, h, 0)]);
    }
  }
  return values;
}

class Keep final : public ValueTransform {
 public:
  explicit Keep(std::vector<float>& kept) : kept_(kept) {}
  void apply(const ActivationView& view, const Clamp& after) const override {
    kept_ = in_order(view);
    apply_clamp(view, after);
  }

 private:
  std::vector<float>& kept_;
};

struct Powers {
  double signal = 0;
  double difference = 0;
};

/// Distorts, then compares with what was kept.
class Compare final : public ValueTransform {
 public:
  Compare(const ValueTransform* inner, const std::vector<float>& kept, Powers& powers)
      : inner_(inner), kept_(kept), powers_(powers) {}
  void apply(const ActivationView& view, const Clamp& after) const override {
    if (inner_ != nullptr) inner_->apply(view, {});
    const std::vector<float> values = in_order(view);
    OHM_CHECK(values.size() == kept_.size(), "the same layer on the same images");
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double difference = static_cast<double>(values[i]) - static_cast<double>(kept_[i]);
      powers_.signal += static_cast<double>(kept_[i]) * static_cast<double>(kept_[i]);
      powers_.difference += difference * difference;
    }
    apply_clamp(view, after);
  }

 private:
  const ValueTransform* inner_;
  const std::vector<float>& kept_;
  Powers& powers_;
};

/// Runs one batch through both networks; powers per layer.
std::vector<Powers> compare_batch(const DistortedNetwork& clean, const DistortedNetwork& distorted,
                                  const std::vector<const ValueTransform*>& transforms, const DataSet& data,
                                  const ImageRange& range) {
  const std::size_t layers = clean.network().layers.size();
  std::vector<std::vector<float>> kept(layers);
  std::vector<Powers> powers(layers);
  std::vector<std::unique_ptr<ValueTransform>> owned;
  std::vector<const ValueTransform*> keep(layers, nullptr);
  std::vector<const ValueTransform*> compare = transforms;
  for (std::size_t i = 0; i < layers; ++i) {
    keep[i] = owned.emplace_back(std::make_unique<Keep>(kept[i])).get();
    compare[i] = owned.emplace_back(std::make_unique<Compare>(transforms[i], kept[i], powers[i])).get();
  }
  for (const bool first : {true, false}) {
    Session session((first ? clean : distorted).program());
    const std::span<float> input = session.input(0);
    const std::size_t sample = input.size() / static_cast<std::size_t>(clean.program().batch());
    for (std::size_t i = 0; i < range.count; ++i) data.load(range.first + i, input.subspan(i * sample, sample));
    session.run(range, first ? keep : compare);
  }
  return powers;
}

double decibels(const Powers& powers) {
  if (powers.difference == 0) return std::numeric_limits<double>::infinity();
  return 10 * std::log10(powers.signal / powers.difference);
}

}  // namespace

std::vector<LayerSignal> measure_layer_signals(const DistortedNetwork& clean, const DistortedNetwork& distorted,
                                               const std::vector<const ValueTransform*>& transforms,
                                               const DataSet& data, std::size_t images,
                                               const AccuracyOptions& options) {
  const auto batch = static_cast<std::size_t>(clean.program().batch());
  const std::size_t batches = (images + batch - 1) / batch;
  std::vector<std::vector<Powers>> parts(batches);
  parallel_for(batches, options.threads, [&](std::size_t i) {
    parts[i] = compare_batch(clean, distorted, transforms, data, {i * batch, std::min(batch, images - i * batch)});
  });
  std::vector<LayerSignal> signals;
  for (std::size_t layer = 0; layer < clean.network().layers.size(); ++layer) {
    Powers sum;
    for (const std::vector<Powers>& part : parts) {
      sum.signal += part[layer].signal;
      sum.difference += part[layer].difference;
    }
    signals.push_back({clean.network().layers[layer], decibels(sum)});
  }
  return signals;
}

}  // namespace ohmloop
