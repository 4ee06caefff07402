#pragma once

#include <cstdint>
#include <vector>

#include "ohmloop/mapper/mapspace.hpp"
#include "ohmloop/mapping/mapping.hpp"

namespace ohmloop {

/// One point of a mapspace, flat: rows of `ranks` entries, one row per place.
struct Candidate {
  std::vector<std::int64_t> factors;
  std::vector<std::uint8_t> orders;  ///< per place a permutation of the ranks, outer to inner
  std::vector<std::uint8_t> keeps;   ///< per storage, one bit per role
};

/// All factors 1 and every free tensor kept; the ranks stand in their own order, then those whose order is fixed.
Candidate blank_candidate(const Mapspace& space);

/// Reads and writes of one candidate by place and rank.
class CandidateView {
 public:
  CandidateView(const Mapspace& space, Candidate& candidate) : space_(&space), candidate_(&candidate) {}

  [[nodiscard]] std::int64_t& factor(std::size_t place, std::size_t rank) const {
    return candidate_->factors[place * space_->ranks.size() + rank];
  }
  /// The loop order of a place.
  [[nodiscard]] std::uint8_t* order(std::size_t place) const {
    return candidate_->orders.data() + place * space_->ranks.size();
  }

 private:
  const Mapspace* space_;
  Candidate* candidate_;
};

/// Moves the ranks whose order the file fixes to the inner end of the place, in that order.
void hold_fixed_order(const Mapspace& space, std::size_t place, Candidate& candidate);

/// False for a memory that keeps nothing: it has no place in the nest.
bool has_loops(const Mapspace& space, const Candidate& candidate, std::size_t place);

/// Makes imperfect factors as small as they can be, inner ones first: no loop walks over points that don't exist.
void trim(const Mapspace& space, Candidate& candidate);

/// Whether factors cover the ranks, and constraints, fan-outs and memory sizes hold; what check_mapping finds out, but
/// without a word.
bool fits(const Mapspace& space, const Candidate& candidate);

/// Whether the memories hold the tiles of these factors, covering the ranks or not: factors only add to a tile.
bool memories_hold(const Mapspace& space, const Candidate& candidate);

/// Bits of the tensors that a storage would hold.
std::int64_t occupied_bits(const Mapspace& space, const Candidate& candidate, std::size_t storage);

Mapping to_mapping(const Mapspace& space, const Candidate& candidate);

}  // namespace ohmloop
