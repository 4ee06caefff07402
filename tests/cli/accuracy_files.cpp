#include "accuracy_files.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "fixtures.hpp"

#include "ohmloop/workload/onnx/test_model.hpp"

namespace ohmloop::test {

namespace {

constexpr std::int64_t image_size = 6;
constexpr std::int64_t filters = 8;
constexpr std::int64_t classes = 3;

/// Weights that are all different and the same on every machine.
std::vector<float> weights_of(std::int64_t count, double phase) {
  std::vector<float> values;
  for (std::int64_t i = 0; i < count; ++i)
    values.push_back(static_cast<float>(std::round(64 * std::sin(phase + 1.7 * static_cast<double>(i))) / 64));
  return values;
}

void add_weights(TestModel& model, const std::string& name, const TestModel::Integers& dims, double phase) {
  model.weight(name, dims);
  std::int64_t count = 1;
  for (const std::int64_t dim : dims) count *= dim;
  auto& tensor = *model.graph().mutable_initializer(model.graph().initializer_size() - 1);
  for (const float value : weights_of(count, phase)) tensor.add_float_data(value);
}

/// A convolution, its activation, and a classifier with three classes.
TestModel trained_model(const std::string& activation = "Relu") {
  TestModel model;
  model.input("image", {-1, 1, image_size, image_size});
  add_weights(model, "filters", {filters, 1, 3, 3}, 0.3);
  model.node("Conv", {"image", "filters"}, {"sums"}, "conv").with("pads", {1, 1, 1, 1});
  model.node(activation, {"sums"}, {"activations"}, "activation");
  model.node("GlobalAveragePool", {"activations"}, {"means"}, "pool").node("Flatten", {"means"}, {"flat"}, "flatten");
  add_weights(model, "matrix", {classes, filters}, 1.1);
  model.node("Gemm", {"flat", "matrix"}, {"scores"}, "classifier").with("transB", std::int64_t{1});
  model.graph().add_output()->set_name("scores");
  return model;
}

std::string big_endian(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8)
    bytes += static_cast<char>(value >> static_cast<unsigned>(shift) & 0xFFU);
  return bytes;
}

/// MNIST's format: two zeros, type, number of axes, sizes, values.
std::string idx_images(std::uint32_t count) {
  std::string bytes("\0\0\x08\x03", 4);
  bytes += big_endian(count) + big_endian(image_size) + big_endian(image_size);
  for (std::uint32_t i = 0; i < count * image_size * image_size; ++i)
    bytes += static_cast<char>(i * 2654435761U >> 24U);
  return bytes;
}

std::string idx_labels(std::uint32_t count, std::uint32_t modulus) {
  std::string bytes("\0\0\x08\x01", 4);
  bytes += big_endian(count);
  for (std::uint32_t i = 0; i < count; ++i) bytes += static_cast<char>(i % modulus);
  return bytes;
}

std::string description(const std::string& images, const std::string& labels,
                        const std::string& steps = "- divide: 255") {
  return "ohmloop-data: 1\nname: squares\nsource:\n  idx: {images: " + images + ", labels: " + labels +
         "}\npreprocessing:\n" + steps + "\n";
}

void make_images(const std::filesystem::path& folder) {
  constexpr std::uint32_t count = 30;
  write_text(folder / "images.idx", idx_images(count));
  write_text(folder / "labels.idx", idx_labels(count, classes));
  write_text(folder / "images.yaml", description("images.idx", "labels.idx"));
  write_text(folder / "no-images.idx", idx_images(0));
  write_text(folder / "no-labels.idx", idx_labels(0, 1));
  write_text(folder / "no-images.yaml", description("no-images.idx", "no-labels.idx"));
  write_text(folder / "many-labels.idx", idx_labels(count, 7));
  write_text(folder / "other-labels.yaml", description("images.idx", "many-labels.idx"));
  write_text(folder / "larger.yaml",
             description("images.idx", "labels.idx", "- resize: {width: 12, height: 12}\n- divide: 255"));
  write_text(folder / "damaged.idx", idx_images(count).substr(0, 500));
  write_text(folder / "damaged.yaml", description("damaged.idx", "labels.idx"));
  write_text(folder / "misspelt.yaml", description("images.idx", "labels.idx", "- dvide: 255"));
  write_text(folder / "pictures.tsv", "file\tclass\nfirst.jpg\t0\nsecond.jpg\t1\n");
  write_text(folder / "first.jpg", "no picture at all");
  write_text(folder / "second.jpg", std::string("\xFF\xD8\xFF\xE0", 4));
  write_text(folder / "pictures.yaml",
             "ohmloop-data: 1\nname: pictures\nsource:\n  table: {file: pictures.tsv, folder: .}\npreprocessing:\n"
             "- resize: {width: 6, height: 6}\n- channels: grey\n");
}

}  // namespace

void make_accuracy_files(const std::filesystem::path& folder) {
  make_images(folder);
  write_text(folder / "trained.onnx", trained_model().bytes());
  write_text(folder / "fancy.onnx", trained_model("FancyRelu").bytes());
  TestModel not_finite = trained_model();
  not_finite.graph().mutable_initializer(0)->set_float_data(3, std::numeric_limits<float>::quiet_NaN());
  write_text(folder / "not-finite.onnx", not_finite.bytes());
  TestModel weightless = trained_model();
  weightless.graph().mutable_initializer(0)->clear_float_data();
  write_text(folder / "weightless.onnx", weightless.bytes());
}

}  // namespace ohmloop::test
