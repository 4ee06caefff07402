#include "ohmloop/mapper/candidate_counts.hpp"

#include <algorithm>

#include "ohmloop/analysis/digit_cover.hpp"
#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapping/nest.hpp"

namespace ohmloop {
namespace {

/// Entries after which what is known is forgotten: memory stays within some megabytes.
constexpr std::size_t most_known = 8'192;

enum Token : std::int64_t { keep_token = -1, spatial_token = -2, still_token = -3 };

/// The key of one tensor. Loops in time that don't move it count only by how often they run between two that do.
class KeyWriter {
 public:
  KeyWriter(std::vector<std::int64_t>& key, bool perfect) : key_(&key), perfect_(perfect) { key.clear(); }

  void keep(std::size_t place) {
    flush();
    key_->insert(key_->end(), {keep_token, static_cast<std::int64_t>(place)});
  }
  void spatial(std::size_t place, std::int64_t rank, std::int64_t factor) {
    key_->insert(key_->end(), {spatial_token, static_cast<std::int64_t>(place), rank, factor});
  }
  void temporal(std::int64_t rank, std::int64_t factor, bool moves) {
    if (!moves && perfect_) {
      still_ *= factor;
      return;
    }
    flush();
    key_->insert(key_->end(), {rank, factor});
  }
  void flush() {
    if (still_ > 1) key_->insert(key_->end(), {still_token, still_});
    still_ = 1;
  }

 private:
  std::vector<std::int64_t>* key_;
  bool perfect_;
  std::int64_t still_ = 1;
};

}  // namespace

std::size_t CandidateCounts::Hash::operator()(const Key& key) const {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const std::int64_t value : key) {
    hash = (hash ^ static_cast<std::uint64_t>(value)) * 0x9e3779b97f4a7c15U;
    hash ^= hash >> 32U;
  }
  return hash;
}

CandidateCounts::CandidateCounts(const Mapspace& space) : space_(&space) {
  const std::size_t nodes = space.architecture->nodes.size();
  counts_.computes = space.einsum->points();
  counts_.memories.resize(nodes);
  counts_.converters.resize(nodes);
  for (const Role role : all_roles) {
    roles_[role_index(role)] = std::make_unique<RoleCounts>(*space.einsum, *space.architecture, role);
    for (const RankId rank : space.ranks) moves_[role_index(role)].push_back(space.einsum->relevant(rank, role));
  }
}

const Counts& CandidateCounts::count(const Candidate& candidate) {
  reset();
  counts_.steps = steps(candidate);
  counts_.rows_in_use = rows_in_use(candidate);
  for (const Role role : all_roles) {
    auto& known = known_[role_index(role)];
    make_key(candidate, role);
    auto found = known.find(key_);
    if (found == known.end()) {
      if (known.size() >= most_known) known.clear();
      found = known.emplace(key_, take(candidate, role)).first;
    }
    add(found->second, role);
  }
  return counts_;
}

void CandidateCounts::make_key(const Candidate& candidate, Role role) {
  KeyWriter writer(key_, !space_->imperfect_spatial && !space_->imperfect_temporal);
  const std::size_t ranks = space_->ranks.size();
  std::size_t storage = 0;
  for (std::size_t p = 0; p < space_->places.size(); ++p) {
    const bool spatial = space_->places[p].spatial;
    if (!spatial && (candidate.keeps[storage++] & (1U << role_index(role))) != 0) writer.keep(p);
    for (std::size_t position = 0; position < ranks; ++position) {
      const std::uint8_t rank = candidate.orders[p * ranks + position];
      const std::int64_t factor = candidate.factors[p * ranks + rank];
      if (factor == 1) continue;
      if (spatial) {
        writer.spatial(p, rank, factor);
      } else {
        writer.temporal(rank, factor, moves_[role_index(role)][rank]);
      }
    }
  }
  writer.flush();
}

CandidateCounts::Shares CandidateCounts::take(const Candidate& candidate, Role role) {
  ++counted_;
  const Mapping mapping = to_mapping(*space_, candidate);
  const std::vector<NestLoop> loops = nest_loops(*space_->einsum, mapping);
  Counts counts;
  const std::size_t nodes = space_->architecture->nodes.size();
  counts.memories.resize(nodes);
  counts.converters.resize(nodes);
  const std::size_t r = role_index(role);
  roles_[r]->add(mapping, loops, counts);
  Shares shares;
  for (std::size_t node = 0; node < nodes; ++node) {
    const MemoryCounts& memory = counts.memories[node];
    const ConverterCounts& converter = counts.converters[node];
    if (!memory.keeps[r] && converter.total[r] == 0) continue;
    shares.push_back({node, memory.total[r], memory.busiest[r], memory.tile_elements[r], memory.keeps[r],
                      converter.total[r], converter.busiest[r]});
  }
  return shares;
}

void CandidateCounts::reset() {
  std::fill(counts_.memories.begin(), counts_.memories.end(), MemoryCounts{});
  std::fill(counts_.converters.begin(), counts_.converters.end(), ConverterCounts{});
}

void CandidateCounts::add(const Shares& shares, Role role) {
  const std::size_t r = role_index(role);
  for (const Share& share : shares) {
    MemoryCounts& memory = counts_.memories[share.node];
    memory.total[r] = share.total;
    memory.busiest[r] = share.busiest;
    memory.tile_elements[r] = share.tile_elements;
    memory.keeps[r] = share.keeps;
    counts_.converters[share.node].total[r] = share.passes;
    counts_.converters[share.node].busiest[r] = share.busiest_passes;
  }
}

/// Index tuples of the loops in time that have points.
std::int64_t CandidateCounts::steps(const Candidate& candidate) const {
  std::int64_t product = 1;
  std::vector<DigitLoop> digits;
  const std::size_t ranks = space_->ranks.size();
  for (std::size_t r = 0; r < ranks; ++r) {
    digits.clear();
    std::int64_t step = 1;
    for (std::size_t p = space_->places.size(); p-- > 0;) {
      const std::int64_t factor = candidate.factors[p * ranks + r];
      if (factor == 1) continue;
      digits.push_back({factor, step, space_->places[p].spatial});
      step = checked_multiply(step, factor);
    }
    std::reverse(digits.begin(), digits.end());
    product = checked_multiply(product, cover_digits(space_->sizes[r], digits).subtrees);
  }
  return product;
}

/// Factors are trimmed, so that the array with index 0 uses all copies that they ask for.
std::int64_t CandidateCounts::rows_in_use(const Candidate& candidate) const {
  if (!space_->architecture->array) return 0;
  const NodeId rows(space_->architecture->array->cells.index() - 1);
  std::int64_t product = 1;
  const std::size_t ranks = space_->ranks.size();
  for (std::size_t p = 0; p < space_->places.size(); ++p) {
    if (space_->places[p].node != rows) continue;
    for (std::size_t r = 0; r < ranks; ++r) product *= candidate.factors[p * ranks + r];
  }
  return product;
}

}  // namespace ohmloop
