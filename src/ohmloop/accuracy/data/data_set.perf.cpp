// What an image costs before the network sees it, on one thread: 299 x 299 pixels, as of photographs, to a sample of
// 224 x 224.
#include <benchmark/benchmark.h>

#include "ohmloop/accuracy/data/images/decode_image.hpp"
#include "ohmloop/accuracy/data/images/image_testing.hpp"
#include "ohmloop/accuracy/data/images/resize.hpp"
#include "ohmloop/accuracy/data/preprocessing.hpp"
#include "ohmloop/accuracy/data/sources/cifar_records.hpp"

namespace ohmloop {
namespace {

using data_testing::Bytes;

/// Smooth with some noise, so that the file has the size of a photograph's (about 2 bits a pixel).
Image picture() {
  Image image = make_image<std::uint8_t>(299, 299, 3);
  auto& pixels = std::get<Bytes>(image.pixels);
  std::uint32_t noise = 1;
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    noise = noise * 1664525U + 1013904223U;
    pixels[i] = static_cast<std::uint8_t>(i / 897 / 2 + i % 897 / 9 + (noise >> 28U));
  }
  return image;
}

Preprocessing usual_steps() {
  const ResizeStep resize_step{.shorter = 256, .width = {}, .height = {}, .options = {}};
  const std::vector<PreprocessingStep> steps = {
      {resize_step, {}},
      {CropStep{224, 224}, {}},
      {ArithmeticStep{PixelArithmetic::divide, {255}}, {}},
      {ArithmeticStep{PixelArithmetic::subtract, {0.485F, 0.456F, 0.406F}}, {}},
      {ArithmeticStep{PixelArithmetic::divide, {0.229F, 0.224F, 0.225F}}, {}}};
  Diagnostics diagnostics;
  return *Preprocessing::compile(steps, {.width = {}, .height = {}, .channels = 3}, SampleLayout::nchw, {},
                                 diagnostics);
}

void decode_jpeg_299(benchmark::State& state) {
  const Bytes file = data_testing::jpeg(std::get<Bytes>(picture().pixels), 299, 299, {.quality = 85});
  for (auto _ : state) benchmark::DoNotOptimize(decode_image(file));
  state.counters["file_bytes"] = static_cast<double>(file.size());
}
BENCHMARK(decode_jpeg_299)->Unit(benchmark::kMicrosecond);

void resize_299_to_256(benchmark::State& state) {
  const Image image = picture();
  for (auto _ : state) benchmark::DoNotOptimize(resize(image, 256, 256));
}
BENCHMARK(resize_299_to_256)->Unit(benchmark::kMicrosecond);

/// All that a photograph needs the first time.
void load_299_to_224(benchmark::State& state) {
  const Bytes file = data_testing::jpeg(std::get<Bytes>(picture().pixels), 299, 299, {.quality = 85});
  const Preprocessing preprocessing = usual_steps();
  std::vector<float> sample(preprocessing.sample_size());
  for (auto _ : state) {
    preprocessing.write_sample(preprocessing.arranged(decode_image(file)), sample);
    benchmark::DoNotOptimize(sample.data());
  }
}
BENCHMARK(load_299_to_224)->Unit(benchmark::kMicrosecond);

/// What is left of it when the image was kept.
void load_kept_224(benchmark::State& state) {
  const Preprocessing preprocessing = usual_steps();
  const Image image = preprocessing.arranged(picture());
  std::vector<float> sample(preprocessing.sample_size());
  for (auto _ : state) {
    preprocessing.write_sample(image, sample);
    benchmark::DoNotOptimize(sample.data());
  }
}
BENCHMARK(load_kept_224)->Unit(benchmark::kMicrosecond);

void load_cifar(benchmark::State& state) {
  const ByteSource file = ByteSource::of_bytes(Bytes(std::size_t{3073} * 100, 7), "cifar");
  const LabelledImages images = read_cifar_records({file}, CifarLabels::cifar10);
  Diagnostics diagnostics;
  const auto preprocessing = Preprocessing::compile({}, images.images->format(), SampleLayout::nchw, {}, diagnostics);
  std::vector<float> sample(preprocessing->sample_size());
  std::size_t i = 0;
  for (auto _ : state) {
    preprocessing->write_sample(images.images->image(i++ % 100), sample);
    benchmark::DoNotOptimize(sample.data());
  }
}
BENCHMARK(load_cifar)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace ohmloop
