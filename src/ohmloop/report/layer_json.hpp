#pragma once

#include <cmath>
#include <cstddef>

#include <nlohmann/json.hpp>

#include "ohmloop/base/check.hpp"
#include "ohmloop/report/run_report.hpp"

namespace ohmloop {

using Json = nlohmann::ordered_json;

/// JSON has no infinity and no NaN; a result with one is a bug of ours.
inline double finite(double value) {
  OHM_CHECK(std::isfinite(value), "a result is not a finite number");
  return value;
}

/// Entry `index` of "layers": what was computed, what it costs, how it is mapped.
Json layer_json(const RunReport& report, std::size_t index);

/// The loop nest as a list of {"keep", "tensor"} and {"for", "bound", "across"}.
Json mapping_json(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping);

}  // namespace ohmloop
