#include "ohmloop/mapper/exact/certify.hpp"

#include <fmt/format.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/mapper/mapspace_size.hpp"

namespace ohmloop {

Certificate certify(const Mapspace& space, const ExactSearchResult& result, const ExactSearchStats& stats) {
  OHM_CHECK(result.best, "there is something to certify");
  Certificate certificate;
  certificate.optimal = result.complete;
  certificate.evaluated = stats.nests.states;
  certificate.mappings = mapspace_size(space);
  certificate.mapspace = fmt::format("all {:.2g} mappings with perfect {}factors", certificate.mappings,
                                     space.imperfect_spatial ? "temporal " : "");
  if (result.complete) {
    certificate.lower_bound = result.best->score.value;
    certificate.gap = 0;
  } else if (result.bound.value > 0) {
    certificate.lower_bound = result.bound.value;
    certificate.gap = std::max(0.0, result.best->score.value / result.bound.value - 1);
  }
  return certificate;
}

}  // namespace ohmloop
