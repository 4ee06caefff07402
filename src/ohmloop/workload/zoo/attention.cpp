#include "ohmloop/workload/zoo/attention.hpp"

#include <string_view>

#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

constexpr std::array<std::string_view, 3> operands = {"query", "key", "value"};

std::string dotted(const std::string& name, std::string_view part) { return (name + ".").append(part); }

}  // namespace

std::array<Feature, 3> split_in_three(NetworkBuilder& net, const std::string& name, const Feature& x) {
  OHM_CHECK(x.dims.size() == 3 && x.dims[2] % 3 == 0, name);
  std::array<Feature, 3> parts;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    parts[part] = net.rearrange("Slice", dotted(name, operands[part]), x, {x.dims[0], x.dims[1], x.dims[2] / 3});
  }
  return parts;
}

Feature attention(NetworkBuilder& net, const std::string& name, const std::array<Feature, 3>& query_key_value,
                  std::int64_t heads) {
  const auto& [query, key, value] = query_key_value;
  OHM_CHECK(query.dims.size() == 3 && query.dims[2] % heads == 0 && query.dims == key.dims && query.dims == value.dims,
            name);
  const std::int64_t batch = query.dims[0];
  const std::int64_t length = query.dims[1];
  const std::int64_t depth = query.dims[2] / heads;
  const Feature queries = net.rearrange("Transpose", name + ".query_heads", query, {batch, heads, length, depth});
  const Feature keys = net.rearrange("Transpose", name + ".key_heads", key, {batch, heads, depth, length});
  const Feature values = net.rearrange("Transpose", name + ".value_heads", value, {batch, heads, length, depth});
  Feature scores = net.matmul(name + ".scores", queries, keys);
  scores = net.elementwise("Mul", name + ".scale", scores);
  scores = net.elementwise("Softmax", name + ".softmax", scores);
  const Feature context = net.matmul(name + ".context", scores, values);
  return net.rearrange("Transpose", name + ".merge_heads", context, query.dims);
}

}  // namespace ohmloop
