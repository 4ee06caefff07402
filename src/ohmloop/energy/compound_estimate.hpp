#pragma once

#include "ohmloop/energy/component_estimator.hpp"

namespace ohmloop {

/// A compound component from its parts: an action is the sum over its steps of repeat x energy of the part's action;
/// area and leakage are sums of count x that of the part. Attributes of the instance replace the compound's own
/// expressions; `technology` goes on to the parts. Reports unknown and missing attributes.
ComponentEstimate estimate_compound(const CompoundClass& compound, const ComponentInstance& instance,
                                    const WantedActions& wanted, ComponentEstimator& estimator);

}  // namespace ohmloop
