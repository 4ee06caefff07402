#pragma once

#include <cstdint>
#include <string>

#include "ohmloop/base/number_format.hpp"

namespace ohmloop {

/// k, M, G or T, for counts; the name is empty below 10,000.
DisplayUnit count_unit(double largest);

/// Number of a column with one unit; "-" where nothing happened.
std::string cell(double value, const DisplayUnit& unit);
std::string percent_cell(double fraction);
std::string count_cell(std::int64_t count);

/// part / whole, 0 where there is no whole.
double share(double part, double whole);

/// "1 layer", "2 layers".
std::string counted(std::int64_t count, const std::string& noun);

}  // namespace ohmloop
