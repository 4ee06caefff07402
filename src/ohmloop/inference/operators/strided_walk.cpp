#include "ohmloop/inference/operators/strided_walk.hpp"

#include <algorithm>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {

Dims strides_of(const Dims& dims) {
  Dims strides(dims.size(), 1);
  for (std::size_t i = dims.size(); i-- > 1;)
    strides[i - 1] = checked_multiply(strides[i], std::max<std::int64_t>(dims[i], 1));
  return strides;
}

Dims broadcast_strides(const Dims& from, const Dims& to) {
  need(from.size() <= to.size(), "the size {} does not broadcast to {}", to_string(from), to_string(to));
  const Dims strides = strides_of(from);
  Dims result(to.size(), 0);
  const std::size_t skipped = to.size() - from.size();
  for (std::size_t i = 0; i < from.size(); ++i) {
    need(from[i] == 1 || from[i] == to[skipped + i], "the size {} does not broadcast to {}", to_string(from),
         to_string(to));
    result[skipped + i] = from[i] == 1 ? 0 : strides[i];
  }
  return result;
}

Dims broadcast_dims(const Dims& a, const Dims& b) {
  const std::optional<Dims> dims = broadcast(a, b);
  need(dims.has_value(), "the sizes {} and {} do not broadcast", to_string(a), to_string(b));
  return *dims;
}

}  // namespace ohmloop
