#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/workload/onnx/onnx_proto.hpp"
#include "ohmloop/workload/onnx_reader.hpp"

namespace ohmloop {

/// Builds small ONNX models for tests and benchmarks, with the generated classes: another encoder than our decoder.
class TestModel {
 public:
  using Integers = std::vector<std::int64_t>;

  explicit TestModel(std::int64_t operator_set = 13) {
    model_.set_ir_version(8);
    model_.add_opset_import()->set_version(operator_set);
    model_.mutable_graph()->set_name("test");
  }

  ::onnx::ModelProto& proto() { return model_; }
  ::onnx::GraphProto& graph() { return *model_.mutable_graph(); }

  /// A size of -1 is open and has the name "batch".
  TestModel& input(const std::string& name, const Integers& dims) {
    describe(*graph().add_input(), name, dims);
    return *this;
  }
  TestModel& value_info(const std::string& name, const Integers& dims) {
    describe(*graph().add_value_info(), name, dims);
    return *this;
  }
  /// A float tensor without values, as weights may be.
  TestModel& weight(const std::string& name, const Integers& dims) {
    ::onnx::TensorProto& tensor = *graph().add_initializer();
    tensor.set_name(name);
    tensor.set_data_type(::onnx::TensorProto::FLOAT);
    for (const std::int64_t dim : dims) tensor.add_dims(dim);
    return *this;
  }
  TestModel& integers(const std::string& name, const Integers& values) {
    ::onnx::TensorProto& tensor = *graph().add_initializer();
    tensor.set_name(name);
    tensor.set_data_type(::onnx::TensorProto::INT64);
    tensor.add_dims(static_cast<std::int64_t>(values.size()));
    for (const std::int64_t value : values) tensor.add_int64_data(value);
    return *this;
  }
  TestModel& scalar(const std::string& name, std::int64_t value) {
    integers(name, {value});
    graph().mutable_initializer(graph().initializer_size() - 1)->clear_dims();
    return *this;
  }
  TestModel& floats(const std::string& name, const std::vector<float>& values) {
    weight(name, {static_cast<std::int64_t>(values.size())});
    for (const float value : values) graph().mutable_initializer(graph().initializer_size() - 1)->add_float_data(value);
    return *this;
  }

  TestModel& node(const std::string& operation, const std::vector<std::string>& inputs,
                  const std::vector<std::string>& outputs, const std::string& name = {}) {
    ::onnx::NodeProto& node = *graph().add_node();
    node.set_op_type(operation);
    if (!name.empty()) node.set_name(name);
    for (const std::string& input : inputs) node.add_input(input);
    for (const std::string& output : outputs) node.add_output(output);
    return *this;
  }
  /// Attributes of the node added last.
  TestModel& with(const std::string& name, std::int64_t value) {
    ::onnx::AttributeProto& attribute = add_attribute(name, ::onnx::AttributeProto::INT);
    attribute.set_i(value);
    return *this;
  }
  TestModel& with(const std::string& name, const Integers& values) {
    ::onnx::AttributeProto& attribute = add_attribute(name, ::onnx::AttributeProto::INTS);
    for (const std::int64_t value : values) attribute.add_ints(value);
    return *this;
  }
  TestModel& with_text(const std::string& name, const char* value) {
    add_attribute(name, ::onnx::AttributeProto::STRING).set_s(value);
    return *this;
  }
  TestModel& with_floats(const std::string& name, const std::vector<float>& values) {
    ::onnx::AttributeProto& attribute = add_attribute(name, ::onnx::AttributeProto::FLOATS);
    for (const float value : values) attribute.add_floats(value);
    return *this;
  }
  ::onnx::AttributeProto& add_attribute(const std::string& name, ::onnx::AttributeProto::AttributeType type) {
    ::onnx::AttributeProto& attribute = *graph().mutable_node(graph().node_size() - 1)->add_attribute();
    attribute.set_name(name);
    attribute.set_type(type);
    return attribute;
  }

  [[nodiscard]] std::string bytes() const { return model_.SerializeAsString(); }
  [[nodiscard]] Network read(std::int64_t batch = 1) const {
    return read_onnx_bytes(bytes(), "test.onnx", {.batch = batch});
  }

 private:
  static void describe(::onnx::ValueInfoProto& info, const std::string& name, const Integers& dims) {
    info.set_name(name);
    auto& type = *info.mutable_type()->mutable_tensor_type();
    type.set_elem_type(::onnx::TensorProto::FLOAT);
    auto& shape = *type.mutable_shape();
    for (const std::int64_t dim : dims) {
      auto& entry = *shape.add_dim();
      if (dim == -1) {
        entry.set_dim_param("batch");
      } else {
        entry.set_dim_value(dim);
      }
    }
  }

  ::onnx::ModelProto model_;
};

}  // namespace ohmloop
