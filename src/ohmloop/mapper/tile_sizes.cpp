#include "ohmloop/mapper/tile_sizes.hpp"

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapping/tile_image.hpp"

namespace ohmloop {

std::size_t TileSizes::Hash::operator()(const std::vector<std::int64_t>& key) const {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const std::int64_t value : key) hash = (hash ^ static_cast<std::uint64_t>(value)) * 0x100000001b3U;
  return hash ^ (hash >> 32U);
}

TileSizes::TileSizes(const Einsum& einsum, const std::vector<Axis>& axes) : einsum_(&einsum), axes_(&axes) {
  for (const AxisGroup& group : axis_groups(einsum, axes)) {
    std::vector<RankId>& ranks = group.plain ? plain_ : shared_;
    ranks.insert(ranks.end(), group.ranks.begin(), group.ranks.end());
  }
}

std::int64_t TileSizes::elements(const std::vector<std::int64_t>& extents) {
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
