#pragma once

#include <string>

#include "ohmloop/accuracy/record_values.hpp"

namespace ohmloop {

/// Schema ohmloop-values/1 (docs/accuracy.md): what energy models take of the values in a network.
std::string value_record_json(const ValueRecord& record);

}  // namespace ohmloop
