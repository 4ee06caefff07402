#include "ohmloop/mapper/exact/time_lattice.hpp"

#include <algorithm>

#include "ohmloop/mapper/factors.hpp"

namespace ohmloop {

TimeLattice::TimeLattice(const std::vector<std::int64_t>& iterations) {
  for (const std::int64_t all : iterations) {
    RankPoints& rank = ranks_.emplace_back();
    rank.stride = points_;
    rank.extents = {1};
    const std::vector<std::int64_t> primes = prime_factors(all);
    for (std::size_t i = 0; i < primes.size();) {
      const std::int64_t prime = primes[i];
      std::size_t exponent = 0;
      for (; i < primes.size() && primes[i] == prime; ++i) ++exponent;
      const std::size_t before = rank.extents.size();
      directions_.push_back({ranks_.size() - 1, points_ * before, exponent + 1});
      for (std::size_t p = 0; p < before * exponent; ++p) rank.extents.push_back(rank.extents[p] * prime);
    }
    rank.factors.resize(rank.extents.size());
    for (std::size_t from = 0; from < rank.extents.size(); ++from) {
      for (std::size_t to = from + 1; to < rank.extents.size(); ++to) {
        if (rank.extents[to] % rank.extents[from] != 0) continue;
        rank.factors[from].push_back({rank.extents[to] / rank.extents[from], (to - from) * rank.stride});
      }
      std::sort(rank.factors[from].begin(), rank.factors[from].end(),
                [](const Factor& a, const Factor& b) { return a.bound < b.bound; });
    }
    points_ *= rank.extents.size();
  }
}

}  // namespace ohmloop
