#include "ohmloop/mapper/factors.hpp"

#include <algorithm>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {

std::vector<std::int64_t> prime_factors(std::int64_t n) {
  std::vector<std::int64_t> primes;
  for (std::int64_t p = 2; p <= n / p; ++p) {
    for (; n % p == 0; n /= p) primes.push_back(p);
  }
  if (n > 1) primes.push_back(n);
  return primes;
}

std::vector<std::int64_t> divisors(std::int64_t n) {
  std::vector<std::int64_t> small;
  std::vector<std::int64_t> large;
  for (std::int64_t d = 1; d <= n / d; ++d) {
    if (n % d != 0) continue;
    small.push_back(d);
    if (d != n / d) large.push_back(n / d);
  }
  small.insert(small.end(), large.rbegin(), large.rend());
  return small;
}

std::vector<std::int64_t> useful_factors(std::int64_t n, std::int64_t most) {
  std::vector<std::int64_t> factors;
  for (std::int64_t factor = 1; factor <= std::min(n, most);) {
    factors.push_back(factor);
    const std::int64_t rounds = ceil_divide(n, factor);
    if (rounds == 1) break;
    // The next factor that needs fewer rounds.
    factor = ceil_divide(n, rounds - 1);
  }
  return factors;
}

}  // namespace ohmloop
