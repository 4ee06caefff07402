#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ohmloop {

/// The unit of one column of a table, chosen once from the column's largest value.
struct DisplayUnit {
  std::string_view name;  ///< "nJ"
  double in_base = 1;     ///< one of it in the unit that the values come in: 1000 for nJ where they come in pJ
};

DisplayUnit energy_unit(double largest_pj);  ///< fJ, pJ, nJ, uJ, mJ or J, for values in pJ
DisplayUnit area_unit(double largest_um2);   ///< um2 or mm2, for values in um2
DisplayUnit time_unit(double largest_s);     ///< ns, us, ms or s, for values in seconds
DisplayUnit power_unit(double largest_w);    ///< nW, uW, mW or W, for values in watts
DisplayUnit cycles_unit();                   ///< cycles, as they are

/// A number for people: three significant figures; whole numbers with thousands separators from 100 upwards; tiny ones
/// as 1.23e-07, so that only a true zero reads "0"; "-" for NaN and for nothing.
std::string format_number(double value);
std::string format_number(std::optional<double> value);
/// The same after conversion to a column's unit; the unit itself is not printed.
std::string format_number(double value, const DisplayUnit& unit);
/// The number with the unit that suits it best: format_with_unit(1234.0, energy_unit(1234.0)) is "1.23 nJ".
std::string format_with_unit(double value, const DisplayUnit& unit);

/// 1234567 as "1,234,567".
std::string format_count(std::int64_t count);
/// A whole number that may be huge: in full below a million, else with two figures, "3.1e14".
std::string format_magnitude(double count);
/// 0.1234 as "12.3 %".
std::string format_percent(double fraction);

/// The shortest text that reads back as the same double, for JSON and CSV: "0.1", "1e-07", "128". Never a decimal
/// comma. Infinity and NaN have no such text: throws std::invalid_argument.
std::string shortest_double(double value);

}  // namespace ohmloop
