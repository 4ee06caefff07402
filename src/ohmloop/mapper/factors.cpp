#include "ohmloop/mapper/factors.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

using Wide = unsigned long long;
__extension__ using Product = unsigned __int128;

Wide multiply_modulo(Wide a, Wide b, Wide modulus) { return static_cast<Wide>(Product{a} * b % modulus); }

Wide power_modulo(Wide base, Wide exponent, Wide modulus) {
  Wide result = 1;
  for (; exponent > 0; exponent >>= 1U) {
    if ((exponent & 1U) != 0) result = multiply_modulo(result, base, modulus);
    base = multiply_modulo(base, base, modulus);
  }
  return result;
}

/// Miller-Rabin for odd n > 37. No composite below 3.3e24 passes with the first twelve primes as bases (Sorenson and
/// Webster, Strong pseudoprimes to twelve prime bases, 2015).
bool is_prime(Wide n) {
  int halvings = 0;
  Wide odd = n - 1;
  for (; odd % 2 == 0; odd /= 2) ++halvings;
  for (const Wide base : std::array<Wide, 12>{2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37}) {
    Wide x = power_modulo(base, odd, n);
    bool passed = x == 1 || x == n - 1;
    for (int i = 1; i < halvings && !passed; ++i) {
      x = multiply_modulo(x, x, n);
      passed = x == n - 1;
    }
    if (!passed) return false;
  }
  return true;
}

/// A divisor of an odd composite n other than 1 and n (Pollard's rho); takes about the root of the smallest prime.
Wide proper_divisor(Wide n) {
  for (Wide shift = 1;; ++shift) {
    const auto next = [&](Wide x) { return static_cast<Wide>((Product{x} * x + shift) % n); };
    Wide slow = 2;
    Wide fast = 2;
    Wide divisor = 1;
    while (divisor == 1) {
      slow = next(slow);
      fast = next(next(fast));
      divisor = std::gcd(slow > fast ? slow - fast : fast - slow, n);
    }
    if (divisor != n) return divisor;
  }
}

/// Appends the primes of n > 1, which has none below the limit of trial division.
void split_large(Wide n, std::vector<std::int64_t>& primes) {
  if (is_prime(n)) {
    primes.push_back(static_cast<std::int64_t>(n));
    return;
  }
  const Wide divisor = proper_divisor(n);
  split_large(divisor, primes);
  split_large(n / divisor, primes);
}

}  // namespace

std::vector<std::int64_t> prime_factors(std::int64_t n) {
  // Layers' ranks end here; trial division of what is beyond could take 3e9 steps.
  constexpr std::int64_t most_tried = 1'000;
  std::vector<std::int64_t> primes;
  std::int64_t p = 2;
  for (; p <= n / p && p < most_tried; ++p) {
    for (; n % p == 0; n /= p) primes.push_back(p);
  }
  if (n == 1) return primes;
  if (p > n / p) {
    primes.push_back(n);
    return primes;
  }
  split_large(static_cast<Wide>(n), primes);
  std::sort(primes.begin(), primes.end());
  return primes;
}

std::vector<std::int64_t> divisors(std::int64_t n) {
  std::vector<std::int64_t> all = {1};
  std::int64_t last = 1;
  std::size_t before = 0;
  for (const std::int64_t prime : prime_factors(n)) {
    // A prime that repeats multiplies only what its last occurrence has added.
    const std::size_t from = prime == last ? before : 0;
    const std::size_t end = all.size();
    for (std::size_t i = from; i < end; ++i) all.push_back(all[i] * prime);
    last = prime;
    before = end;
  }
  std::sort(all.begin(), all.end());
  return all;
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
