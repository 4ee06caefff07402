#include "ohmloop/energy/models/model.hpp"

#include <cmath>

#include <fmt/format.h>

namespace ohmloop {

bool at_technology(Query& query, double technology_nm) {
  const std::optional<double> given = query.number("technology");
  return given && std::abs(*given - technology_nm) <= 1e-6 * technology_nm;
}

Rejection other_technology(double technology_nm) { return {fmt::format("holds at {:g} nm only", technology_nm)}; }

}  // namespace ohmloop
