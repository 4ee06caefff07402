#pragma once

#include <cstdint>
#include <vector>

namespace ohmloop {

/// Prime factors of n >= 1, ascending, with repetition; empty for 1.
std::vector<std::int64_t> prime_factors(std::int64_t n);

/// All divisors of n >= 1, ascending.
std::vector<std::int64_t> divisors(std::int64_t n);

/// Factors that leave different numbers of iterations: for every value of ceil(n / factor) the smallest factor that
/// gives it, ascending, at most `most`. {1, 2, 3, 4, 5, 8} for n = 8 lacks 6 and 7, which need two rounds as 4 does.
std::vector<std::int64_t> useful_factors(std::int64_t n, std::int64_t most);

}  // namespace ohmloop
