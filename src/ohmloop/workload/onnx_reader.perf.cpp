#include "ohmloop/workload/onnx_reader.hpp"

#include <filesystem>
#include <fstream>

#include <benchmark/benchmark.h>

#include "ohmloop/workload/onnx/test_model.hpp"

namespace ohmloop {
namespace {

/// 100 convolutions with normalisation and activation, 1 MB of weights each: as large as ResNet-50, as deep as
/// ResNet-101. The weights' bytes lie in the file, or in lists of floats as some exporters write them.
std::string hundred_layers(bool raw) {
  constexpr std::int64_t channels = 171;
  TestModel model;
  model.input("x", {-1, channels, 14, 14});
  std::string previous = "x";
  for (int i = 0; i < 100; ++i) {
    const std::string id = std::to_string(i);
    model.weight("w" + id, {channels, channels, 3, 3});
    ::onnx::TensorProto& weight = *model.graph().mutable_initializer(model.graph().initializer_size() - 1);
    constexpr auto elements = static_cast<std::size_t>(channels * channels * 9);
    if (raw) {
      weight.set_raw_data(std::string(elements * sizeof(float), '\1'));
    } else {
      for (std::size_t k = 0; k < elements; ++k) weight.add_float_data(0.5F);
    }
    for (const char* part : {"scale", "shift", "mean", "variance"}) model.weight(part + id, {channels});
    model.node("Conv", {previous, "w" + id}, {"c" + id}, "conv" + id).with("pads", TestModel::Integers{1, 1, 1, 1});
    model.node("BatchNormalization", {"c" + id, "scale" + id, "shift" + id, "mean" + id, "variance" + id}, {"n" + id});
    model.node("Relu", {"n" + id}, {"r" + id});
    previous = "r" + id;
  }
  return model.bytes();
}

/// A file that is gone with the object.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& bytes)
      : path_(std::filesystem::temp_directory_path() / ("ohmloop-perf-" + std::to_string(bytes.size()) + ".onnx")) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::filesystem::remove(path_); }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

/// Goal: under 100 ms.
void read_hundred_layers(benchmark::State& state) {
  const TemporaryFile file(hundred_layers(state.range(0) != 0));
  for (auto _ : state) benchmark::DoNotOptimize(read_onnx(file.path()));
  state.counters["file_MB"] = static_cast<double>(std::filesystem::file_size(file.path())) * 1e-6;
}
BENCHMARK(read_hundred_layers)->ArgName("raw")->Arg(1)->Arg(0)->Unit(benchmark::kMillisecond);

/// Goal: under 100 ms for each real model.
void read_mobilenet(benchmark::State& state) {
  const std::string path = OHMLOOP_SOURCE_DIR "/../shared/data/models/imagenet/mobilenet_v1_1.0_224_quant.onnx";
  if (!std::filesystem::exists(path)) {
    state.SkipWithError("the shared models are not there");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(read_onnx(path));
}
BENCHMARK(read_mobilenet)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ohmloop
