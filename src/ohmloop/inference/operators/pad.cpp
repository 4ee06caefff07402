#include <algorithm>
#include <cmath>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/inference/operators/arguments.hpp"
#include "ohmloop/inference/operators/gather_axes.hpp"
#include "ohmloop/inference/operators/numbers.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"

namespace ohmloop {
namespace {

/// A position beyond the ends, thrown back at them as often as it takes.
std::int64_t reflected(std::int64_t position, std::int64_t size) {
  if (size == 1) return 0;
  const std::int64_t period = 2 * (size - 1);
  const std::int64_t rest = ((position % period) + period) % period;
  return rest < size ? rest : period - rest;
}

Sources sources_of(std::int64_t size, std::int64_t begin, std::int64_t padded, std::string_view mode) {
  need(mode == "constant" || size > 0 || padded == 0, "an axis of size 0 has nothing to pad with");
  Sources sources(static_cast<std::size_t>(padded));
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const std::int64_t position = static_cast<std::int64_t>(i) - begin;
    if (mode == "edge") {
      sources[i] = std::clamp<std::int64_t>(position, 0, size - 1);
    } else if (mode == "reflect") {
      sources[i] = reflected(position, size);
    } else {
      sources[i] = position >= 0 && position < size ? position : -1;
    }
  }
  return sources;
}

/// The padding value as an element of x: an input from operator set 11 on, before an attribute.
TensorData value_of(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  TensorData value(x.type(), {});
  if (call.has(2)) {
    need(call.operator_set >= 11, "it has too many inputs");
    need(call.input(2).size() == 1, "its value must be a single number");
    need_same_type(x, call.input(2));
    return call.input(2).reshaped({});
  }
  const double given = call.node.real("value", 0);
  if (given == 0) return value;
  for_type(NumberTypes{}, x.type(), [&]<class T>() { value.mutable_values<T>()[0] = convert<T>(given); });
  return value;
}

}  // namespace

Tensors run_pad(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  const auto pads = call.operator_set >= 11 ? integers_from(call, "", 1) : call.node.integers("pads");
  need(pads && pads->size() == 2 * x.rank(), "it needs {} pads, two for each axis", 2 * x.rank());
  const std::string_view mode = call.node.text("mode", "constant");
  need(mode == "constant" || mode == "reflect" || mode == "edge", "the mode '{}' is not known", mode);
  Dims dims;
  for (std::size_t i = 0; i < x.rank(); ++i) {
    dims.push_back(checked_add(checked_add(x.dims()[i], (*pads)[i]), (*pads)[x.rank() + i]));
  }
  TensorData result = make_output(call, x.type(), dims);
  std::vector<Sources> sources;
  for (const std::int64_t dim : dims) check_output(call, ElementType::int64, {dim});
  for (std::size_t i = 0; i < x.rank(); ++i) sources.push_back(sources_of(x.dims()[i], (*pads)[i], dims[i], mode));
  const TensorData value = value_of(call);
  gather_axes(x, sources, value, result);
  return {result};
}

}  // namespace ohmloop
