#include "ohmloop/mapper/exact/nest_state.hpp"

#include <bit>

namespace ohmloop {

NestRules::NestRules(const Skeleton& skeleton, TrafficModel& model, const TimeLattice& lattice)
    : skeleton_(&skeleton),
      model_(&model),
      lattice_(&lattice),
      codes_{LinkCodes(skeleton, Role::input), LinkCodes(skeleton, Role::weight), LinkCodes(skeleton, Role::output)} {}

NestState NestRules::start() const {
  NestState state;
  state.amounts = model_->fixed();
  for (const Role role : all_roles) state.links[role_index(role)].counted = model_->fixed_is_exact(role);
  return state;
}

std::vector<std::int64_t> NestRules::extents(std::size_t point) const {
  std::vector<std::int64_t> extents;
  extents.reserve(lattice_->ranks());
  for (std::size_t rank = 0; rank < lattice_->ranks(); ++rank) extents.push_back(lattice_->extent(point, rank));
  return extents;
}

/// Ends the open links up to `last`. A sliding tensor's link 0 is counted with the first that end.
void NestRules::end_links(NestState& state, Role role, std::size_t last, const NestPath& path) const {
  const std::size_t r = role_index(role);
  NestState::Links& links = state.links[r];
  if (!model_->counts(role)) {
    state.amounts +=
        model_->charge(role, links.ended + 1U, last, {Ending::moved, state.block, 0}, extents(state.point));
  } else {
    if (!links.counted) {
      for (std::size_t i = 0; i < Amounts::most; ++i) state.amounts.of[i] -= model_->fixed_of(role).of[i];
    }
    state.amounts += model_->exact(role, links.counted ? links.ended + 1U : 0U, last, path);
    links.counted = true;
  }
  links.ended = static_cast<std::uint8_t>(last);
}

void NestRules::slide(NestState& state, Role role, std::size_t axis, const NestPath& path) const {
  NestState::Links& links = state.links[role_index(role)];
  std::size_t ending = links.ended;
  for (std::size_t link = links.ended + 1U; link <= links.begun; ++link) {
    links.slid[link] |= static_cast<std::uint8_t>(1U << axis);
    // Inner links have slid along all axes that outer ones have.
    if (model_->ends_at_second_axis() && std::popcount(links.slid[link]) > 1) ending = link;
  }
  if (ending > links.ended) end_links(state, role, ending, path);
}

/// A loop that moves a tensor whole ends its links as they stand; one along a second axis is part of what is counted.
void NestRules::add_loop(NestState& state, std::size_t rank, const TimeLattice::Factor& factor, NestPath& path) const {
  for (const Role role : all_roles) {
    const std::size_t r = role_index(role);
    const NestState::Links& links = state.links[r];
    const bool open = links.any_open() || (!links.counted && model_->decides_computes(role, state.block));
    const bool ends = open && skeleton_->motions[r].motions[rank] == Motion::whole;
    if (ends) end_links(state, role, state.links[r].begun, path);
  }
  path.loops.push_back({state.block, rank, factor.bound});
  for (const Role role : all_roles) {
    const std::size_t r = role_index(role);
    const TensorMotion& motion = skeleton_->motions[r];
    if (state.links[r].any_open() && motion.motions[rank] == Motion::sliding) {
      slide(state, role, motion.axis_of[rank], path);
    }
  }
  state.point += factor.offset;
  state.used |= 1U << rank;
}

void NestRules::leave_block(NestState& state) const {
  for (const Role role : all_roles) {
    const std::size_t r = role_index(role);
    if (codes_[r].begins_after(state.block)) ++state.links[r].begun;
  }
  ++state.block;
  state.used = 0;
}

void NestRules::finish(NestState& state, const NestPath& path) const {
  for (const Role role : all_roles) {
    const NestState::Links& links = state.links[role_index(role)];
    if (links.any_open() || !links.counted) end_links(state, role, links.begun, path);
  }
}

ByRole<OpenLinks> NestRules::outlook(const NestState& state) const {
  ByRole<OpenLinks> outlook{};
  for (std::size_t r = 0; r < all_roles.size(); ++r) {
    const NestState::Links& links = state.links[r];
    if (!links.any_open()) continue;
    // The outermost links that agree are one number.
    std::size_t first = links.begun;
    const std::uint8_t slid = links.slid[links.begun];
    while (first > links.ended + 1U && links.slid[first - 1] == slid) --first;
    if (std::popcount(slid) > 1) continue;
    outlook[r] = {first, slid == 0 ? 0U : static_cast<std::size_t>(std::countr_zero(slid)) + 1};
  }
  return outlook;
}

std::optional<Amounts> NestRules::counted_least(const NestState& state, const NestPath& path,
                                                ByRole<OpenLinks>& open) const {
  std::optional<Amounts> least;
  for (const Role role : all_roles) {
    const std::size_t r = role_index(role);
    const NestState::Links& links = state.links[r];
    const bool computes = !links.counted && model_->computes_pass_words() && !path.loops.empty();
    const bool slides = links.any_open() && links.slid[links.ended + 1U] != 0;
    if (!computes && !slides) continue;
    std::size_t last = links.ended;
    while (slides && last < links.begun && links.slid[last + 1] != 0) ++last;
    if (!least) least = state.amounts;
    if (computes) {
      for (std::size_t i = 0; i < Amounts::most; ++i) least->of[i] -= model_->fixed_of(role).of[i];
    }
    *least += model_->least(role, computes ? 0U : links.ended + 1U, last, path);
    if (slides) open[r] = last < links.begun ? OpenLinks{last + 1, 0} : OpenLinks{};
  }
  return least;
}

bool NestRules::commute(const NestState& before, std::size_t a, std::size_t b) const {
  for (std::size_t r = 0; r < all_roles.size(); ++r) {
    const bool computes = !before.links[r].counted && model_->computes_pass_words();
    if (!before.links[r].any_open() && !computes) continue;
    const std::vector<Motion>& motions = skeleton_->motions[r].motions;
    if (motions[a] != motions[b] || motions[a] == Motion::sliding) return false;
  }
  return true;
}

}  // namespace ohmloop
