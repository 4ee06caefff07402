#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/yaml.hpp"
#include "ohmloop/workload/einsum.hpp"

namespace ohmloop {

/// The position on one axis of a tensor: offset + sum of the terms.
struct Projection {
  std::vector<AxisTerm> terms;
  std::int64_t offset = 0;

  friend bool operator==(const Projection&, const Projection&) = default;
};

/// Reads "2*E + R - 1" or, where ranks were flattened, "E + (K // 3 % 3)": whole numbers, ranks with a factor of at
/// least 1, and digits of ranks in parentheses. Nothing after an error was reported (an unknown rank with the nearest
/// one, a rank that is named twice, numbers beyond 2^31).
std::optional<Projection> read_projection(const YamlNode& scalar, const std::vector<Rank>& ranks,
                                          Diagnostics& diagnostics);

/// The text that read_projection reads back.
std::string to_text(const Projection& projection, const std::vector<Rank>& ranks);

/// Largest position; throws OverflowError.
std::int64_t largest_position(const Projection& projection, const std::vector<Rank>& ranks);

}  // namespace ohmloop
