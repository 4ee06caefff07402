#pragma once

#include <string>

#include "ohmloop/report/energy_report.hpp"

namespace ohmloop {

/// The whole result by the schema "ohmloop-energy/1" (share/ohmloop/schemas/ohmloop-energy-1.json), indented, with a
/// newline at the end. The same input gives the same bytes.
std::string energy_json(const EnergyReport& report, Detail detail = Detail::entries);

}  // namespace ohmloop
