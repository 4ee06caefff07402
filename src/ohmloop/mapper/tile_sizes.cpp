#include "ohmloop/mapper/tile_sizes.hpp"

#include <algorithm>
#include <cstdlib>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapping/tile_image.hpp"

namespace ohmloop {

std::size_t TileSizes::Hash::operator()(const std::vector<std::int64_t>& key) const {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const std::int64_t value : key) hash = (hash ^ static_cast<std::uint64_t>(value)) * 0x100000001b3U;
  return hash ^ (hash >> 32U);
}

TileSizes::TileSizes(const Einsum& einsum, const std::vector<Axis>& axes, bool boxes)
    : einsum_(&einsum), axes_(&axes), boxes_(boxes) {
  for (const AxisGroup& group : axis_groups(einsum, axes)) {
    std::vector<RankId>& ranks = group.plain ? plain_ : shared_;
    ranks.insert(ranks.end(), group.ranks.begin(), group.ranks.end());
  }
}

std::int64_t TileSizes::box(const std::vector<std::int64_t>& extents) const {
  std::int64_t product = 1;
  for (const Axis& axis : *axes_) {
    std::int64_t span = 1;
    for (const AxisTerm& term : axis.terms) {
      const std::int64_t move = checked_multiply(std::abs(term.coefficient), extents[term.rank.index()] - 1);
      span = checked_add(span, move);
    }
    product = checked_multiply(product, span);
  }
  return product;
}

std::int64_t TileSizes::bound(const std::vector<std::int64_t>& extents) const {
  if (boxes_) return box(extents);
  std::int64_t box = 1;
  for (const Axis& axis : *axes_) {
    std::int64_t span = 0;
    std::int64_t points = 1;
    for (const AxisTerm& term : axis.terms) {
      // Quotients that a tile touches wherever it starts; with a modulus they may wrap around.
      const std::int64_t quotients = (extents[term.rank.index()] + term.divisor - 2) / term.divisor + 1;
      const bool wraps = term.modulus > 0 && quotients > 1;
      span += term.coefficient * (wraps ? term.modulus - 1 : quotients - 1);
      points = checked_multiply(points, wraps ? std::min(quotients, term.modulus) : quotients);
    }
    box = checked_multiply(box, std::min({span + 1, points, axis.size}));
  }
  return box;
}

std::int64_t TileSizes::elements(const std::vector<std::int64_t>& extents) {
  if (boxes_) return box(extents);
  std::int64_t product = 1;
  for (const RankId rank : plain_) product = checked_multiply(product, extents[rank.index()]);
  if (shared_.empty()) return product;
  key_.clear();
  for (const RankId rank : shared_) key_.push_back(extents[rank.index()]);
  auto known = known_.find(key_);
  if (known == known_.end()) {
    std::vector<std::int64_t> only_shared(extents.size(), 1);
    for (const RankId rank : shared_) only_shared[rank.index()] = extents[rank.index()];
    std::int64_t size = 1;
    for (const std::int64_t group : largest_tile(*einsum_, *axes_, only_shared)) size = checked_multiply(size, group);
    known = known_.emplace(key_, size).first;
  }
  return checked_multiply(product, known->second);
}

}  // namespace ohmloop
