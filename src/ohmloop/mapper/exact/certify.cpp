#include "ohmloop/mapper/exact/certify.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/mapper/mapspace_size.hpp"

namespace ohmloop {

Certificate certify(const Mapspace& space, const ExactSearchResult& result, double value,
                    const ExactSearchStats& stats) {
  Certificate certificate;
  certificate.optimal = result.complete;
  certificate.evaluated = stats.nests.states;
  certificate.mappings = mapspace_size(space);
  const std::string count = certificate.mappings > 0 ? format_magnitude(certificate.mappings) + " " : "";
  certificate.mapspace =
      fmt::format("all {}mappings with perfect {}factors", count, space.imperfect_spatial ? "temporal " : "");
  if (result.complete) {
    certificate.lower_bound = value;
    certificate.gap = 0;
  } else if (result.bound.value > 0) {
    certificate.lower_bound = result.bound.value;
    certificate.gap = std::max(0.0, value / result.bound.value - 1);
  }
  return certificate;
}

}  // namespace ohmloop
