#include "ohmloop/inference/graph.hpp"

#include <algorithm>
#include <utility>

namespace ohmloop {

const NodeAttribute* GraphNode::attribute(std::string_view attribute_name) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const NodeAttribute& attribute) { return attribute.name == attribute_name; });
  return found == attributes.end() ? nullptr : &*found;
}

std::int64_t GraphNode::integer(std::string_view attribute_name, std::int64_t otherwise) const {
  const NodeAttribute* found = attribute(attribute_name);
  return found != nullptr && found->integer ? *found->integer : otherwise;
}

double GraphNode::real(std::string_view attribute_name, double otherwise) const {
  const NodeAttribute* found = attribute(attribute_name);
  return found != nullptr && found->real ? *found->real : otherwise;
}

std::string_view GraphNode::text(std::string_view attribute_name, std::string_view otherwise) const {
  const NodeAttribute* found = attribute(attribute_name);
  return found != nullptr && found->text ? std::string_view(*found->text) : otherwise;
}

std::optional<std::vector<std::int64_t>> GraphNode::integers(std::string_view attribute_name) const {
  const NodeAttribute* found = attribute(attribute_name);
  return found == nullptr ? std::nullopt : std::optional(found->integers);
}

const TensorData* Graph::constant(std::optional<ValueId> id) const {
  if (!id) return nullptr;
  const std::optional<TensorData>& tensor = value(*id).constant;
  return tensor ? &*tensor : nullptr;
}

ValueId Graph::add_value(std::string name, std::optional<TensorData> constant) {
  values.push_back({std::move(name), std::move(constant)});
  return ValueId(values.size() - 1);
}

}  // namespace ohmloop
