#include "ohmloop/energy/estimate_budget.hpp"

#include <fmt/format.h>

namespace ohmloop {

bool EstimateBudget::spend(std::size_t estimates, const std::string& what, const SourceSpan& where,
                           Diagnostics& diagnostics) {
  if (!exhausted_ && estimates <= left_) {
    left_ -= estimates;
    return true;
  }
  if (!exhausted_) {
    diagnostics.error(fmt::format("the description asks for more than {} numbers", most_), where,
                      fmt::format("{} asks for {} of them", what, estimates),
                      {"arguments of actions multiply: narrow their ranges, or describe fewer components"});
  }
  exhausted_ = true;
  return false;
}

}  // namespace ohmloop
