#include <random>

#include <gtest/gtest.h>

#include "ohmloop/inference/read_graph.hpp"
#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/workload/onnx/test_model.hpp"

namespace ohmloop {
namespace {

using Integers = TestModel::Integers;

TestModel& output(TestModel& model, const std::string& name) {
  model.graph().add_output()->set_name(name);
  return model;
}

/// Everything that a reader says against a model; "" if it reads it.
std::string complaints(const std::string& bytes, const GraphOptions& options = {}) {
  try {
    read_graph_bytes(bytes, "test.onnx", options);
  } catch (const InputError& error) {
    return render(error.diagnostics());
  }
  return "";
}

/// Weights in several encodings, attributes of every kind, a constant.
std::string varied_model() {
  TestModel model;
  model.input("x", {-1, 2}).floats("w", {1, 2}).integers("size", {-1, 2});
  ::onnx::TensorProto& raw = *model.graph().add_initializer();
  raw.set_name("raw");
  raw.set_data_type(::onnx::TensorProto::FLOAT16);
  raw.add_dims(2);
  raw.set_raw_data("\x01\x3c\x02\x3c");
  model.node("Add", {"x", "w"}, {"a"}).node("LeakyRelu", {"a"}, {"b"}, "leak");
  model.add_attribute("alpha", ::onnx::AttributeProto::FLOAT).set_f(0.5F);
  model.with("axes", Integers{1, 2}).with_text("mode", "edge").with_floats("values", {1, 2});
  model.add_attribute("texts", ::onnx::AttributeProto::STRINGS).add_strings("p");
  *model.add_attribute("tensor", ::onnx::AttributeProto::TENSOR).mutable_t() = raw;
  model.node("Constant", {}, {"c"}).with("value_ints", Integers{1, 2, 3}).node("Reshape", {"b", "size"}, {"y"});
  return output(model, "y").bytes();
}

TEST(ReadDamagedGraph, RefusesAFileCutAnywhere) {
  const std::string whole = varied_model();
  ASSERT_EQ(complaints(whole), "");
  // The output of the graph stands last, but for the operator set and the version.
  for (std::size_t length = 0; length < whole.size() - 16; ++length) {
    EXPECT_NE(complaints(whole.substr(0, length)), "") << length;
  }
}

TEST(ReadDamagedGraph, AnyChangeOfBytesIsReadOrRefused) {
  const std::string whole = varied_model();
  std::mt19937 random(7);
  int refused = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string damaged = whole;
    for (int change = 0; change < 1 + round % 3; ++change) {
      damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
    }
    refused += complaints(damaged).empty() ? 0 : 1;
  }
  EXPECT_GT(refused, 1'000);
  EXPECT_LT(refused, 20'000);
}

TEST(ReadDamagedGraph, SizesThatTheFileCannotFillTakeNoMemory) {
  for (const Integers& dims : {Integers{1'000'000, 1'000'000}, Integers{INT64_MAX}, Integers{INT64_MAX, INT64_MAX}}) {
    TestModel model;
    model.input("x", {-1, 2}).weight("w", dims).node("Add", {"x", "w"}, {"y"});
    model.graph().mutable_initializer(0)->add_float_data(1);
    EXPECT_NE(complaints(output(model, "y").bytes()), "");
  }
}

TEST(ReadDamagedGraph, WeightsKeepToTheLimit) {
  TestModel model;
  model.input("x", {-1, 64}).weight("w", {64}).node("Add", {"x", "w"}, {"y"});
  model.graph().mutable_initializer(0)->set_raw_data(std::string(256, '\0'));
  const std::string bytes = output(model, "y").bytes();
  EXPECT_EQ(complaints(bytes, {.max_bytes = bytes.size()}), "");
  EXPECT_NE(complaints(bytes, {.max_bytes = bytes.size() - 1}).find("more than the limit"), std::string::npos);
  // Whole numbers of one byte in the file take eight in memory.
  TestModel packed;
  packed.input("x", {-1}).integers("w", Integers(1000, 1)).node("Add", {"x", "w"}, {"y"});
  const std::string small = output(packed, "y").bytes();
  EXPECT_EQ(complaints(small, {.max_bytes = 8000}), "");
  EXPECT_NE(complaints(small, {.max_bytes = 7999}).find("larger than the limit of 7999 bytes"), std::string::npos);
}

TEST(ReadDamagedGraph, AnInputWithoutAShapeIsNoScalar) {
  TestModel model;
  model.input("x", {}).node("Relu", {"x"}, {"y"});
  output(model, "y");
  EXPECT_TRUE(read_graph_bytes(model.bytes(), "test.onnx").inputs[0].rank_known);
  model.graph().mutable_input(0)->mutable_type()->mutable_tensor_type()->clear_shape();
  EXPECT_FALSE(read_graph_bytes(model.bytes(), "test.onnx").inputs[0].rank_known);
  model.graph().mutable_input(0)->mutable_type()->mutable_sequence_type();
  EXPECT_NE(complaints(model.bytes()).find("the input 'x' is not a tensor of a type that is supported"),
            std::string::npos);
}

}  // namespace
}  // namespace ohmloop
