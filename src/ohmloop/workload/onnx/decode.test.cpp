#include "ohmloop/workload/onnx/decode.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ohmloop/workload/onnx/test_model.hpp"

namespace ohmloop {
namespace {

std::string encoded(const ::onnx::TensorProto& tensor) {
  TestModel model;
  *model.graph().add_initializer() = tensor;
  return model.bytes();
}

OnnxTensor decoded(const ::onnx::TensorProto& tensor) { return decode_onnx(encoded(tensor)).initializers.at(0); }

::onnx::TensorProto tensor_of(int type, const std::vector<std::int64_t>& dims) {
  ::onnx::TensorProto tensor;
  tensor.set_name("t");
  tensor.set_data_type(type);
  for (const std::int64_t dim : dims) tensor.add_dims(dim);
  return tensor;
}

TEST(WireReader, reads_what_the_generated_classes_write) {
  EXPECT_TRUE(rc::check([](std::int64_t value, float real, const std::string& text, std::vector<std::int64_t> list) {
    TestModel model;
    model.node("Op", {text, ""}, {text + "y"}, text).with("i", value).with("list", list).with_text("s", text.c_str());
    model.add_attribute("f", ::onnx::AttributeProto::FLOAT).set_f(real);
    const std::string bytes = model.bytes();
    const OnnxModel result = decode_onnx(bytes);
    RC_ASSERT(result.nodes.size() == 1U);
    const OnnxNode& node = result.nodes[0];
    RC_ASSERT(node.name == text);
    RC_ASSERT(node.inputs == (std::vector<std::string_view>{text, ""}));
    RC_ASSERT(node.attributes[0].integer == value);
    RC_ASSERT(node.attributes[1].integers == list);
    RC_ASSERT(node.attributes[2].text == text.c_str());
    RC_ASSERT(node.attributes[3].real == static_cast<double>(real));
  }));
}

TEST(DecodeTensor, reads_small_values_in_every_form) {
  using Integers = std::vector<std::int64_t>;
  ::onnx::TensorProto typed = tensor_of(::onnx::TensorProto::INT64, {2});
  typed.add_int64_data(-3);
  typed.add_int64_data(INT64_MAX);
  EXPECT_EQ(decoded(typed).values, (Constant{{2}, Integers{-3, INT64_MAX}}));
  ::onnx::TensorProto raw = tensor_of(::onnx::TensorProto::INT32, {2});
  raw.set_raw_data(std::string("\xfe\xff\xff\xff\x07\0\0\0", 8));
  EXPECT_EQ(decoded(raw).values, (Constant{{2}, Integers{-2, 7}}));
  ::onnx::TensorProto bytes = tensor_of(::onnx::TensorProto::INT8, {2});
  bytes.set_raw_data("\xff\x02");
  EXPECT_EQ(decoded(bytes).values, (Constant{{2}, Integers{-1, 2}}));
  ::onnx::TensorProto reals = tensor_of(::onnx::TensorProto::FLOAT, {1});
  reals.set_raw_data(std::string("\0\0\0\x40", 4));
  EXPECT_EQ(decoded(reals).values, (Constant{{1}, std::vector<double>{2.0}}));
}

TEST(DecodeTensor, leaves_large_values_where_they_are) {
  ::onnx::TensorProto tensor = tensor_of(::onnx::TensorProto::INT64, {1025});
  tensor.set_raw_data(std::string(1025 * 8, '\0'));
  EXPECT_EQ(decoded(tensor).values, std::nullopt);
  EXPECT_EQ(decoded(tensor).dims, (Dims{1025}));
  EXPECT_EQ(decoded(tensor_of(::onnx::TensorProto::FLOAT, {64, 3})).values, std::nullopt);
}

TEST(DecodeTensor, refuses_impossible_sizes_and_values_that_do_not_fill_them) {
  EXPECT_THROW(decoded(tensor_of(::onnx::TensorProto::FLOAT, {-1})), DecodeError);
  EXPECT_THROW(decoded(tensor_of(::onnx::TensorProto::FLOAT, {INT64_MAX, 3})), DecodeError);
  EXPECT_THROW(decoded(tensor_of(::onnx::TensorProto::FLOAT, std::vector<std::int64_t>(65, 1))), DecodeError);
  ::onnx::TensorProto raw = tensor_of(::onnx::TensorProto::FLOAT, {100, 100});
  raw.set_raw_data("1234");
  EXPECT_THROW(decoded(raw), DecodeError);
  ::onnx::TensorProto typed = tensor_of(::onnx::TensorProto::INT64, {3});
  typed.add_int64_data(1);
  EXPECT_THROW(decoded(typed), DecodeError);
}

TEST(DecodeOnnx, skips_subgraphs_without_reading_them) {
  TestModel model;
  model.node("If", {"c"}, {"y"});
  ::onnx::GraphProto* graph = model.add_attribute("then_branch", ::onnx::AttributeProto::GRAPH).mutable_g();
  for (int depth = 0; depth < 2000; ++depth) {
    graph = graph->add_node()->add_attribute()->mutable_g();
  }
  const std::string bytes = model.bytes();
  EXPECT_EQ(decode_onnx(bytes).nodes.size(), 1U);
}

TEST(DecodeOnnx, bounds_the_parts_of_a_model) {
  TestModel model;
  model.node("Op", {}, {"y"});
  std::string empty_attributes;
  for (int i = 0; i < (1 << 21); ++i) empty_attributes += std::string("\x2a\0", 2);
  std::string node = model.graph().node(0).SerializeAsString() + empty_attributes;
  const auto length_delimited = [](char tag, const std::string& body) {
    std::string bytes(1, tag);
    for (std::size_t rest = body.size();; rest >>= 7U) {
      const bool last = rest < 128;
      bytes += static_cast<char>((rest & 127U) | (last ? 0U : 128U));
      if (last) return bytes + body;
    }
  };
  const std::string bytes = length_delimited(0x3a, length_delimited(0x0a, node));
  EXPECT_THROW(decode_onnx(bytes), DecodeError);
}

}  // namespace
}  // namespace ohmloop
