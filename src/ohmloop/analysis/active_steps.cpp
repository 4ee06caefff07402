#include "ohmloop/analysis/active_steps.hpp"

#include "ohmloop/analysis/valid_tuples.hpp"

namespace ohmloop {

std::int64_t active_steps(const Einsum& einsum, const Mapping& mapping, NodeId node) {
  std::vector<DigitLoop> digits;
  return valid_tuples(einsum, nest_loops(einsum, mapping), digits,
                      [&](const NestLoop& loop) { return loop.temporal() || *loop.fanout < node; });
}

}  // namespace ohmloop
