#include "ohmloop/mapper/exact/cost_to_go.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

/// Lowers values to those of a step along a direction, from the far end, so that several steps are one pass.
template <class After>
void step_along(const TimeLattice::Direction& direction, std::size_t points, double* values, const After& after) {
  const std::size_t row = direction.stride * direction.length;
  for (std::size_t begin = 0; begin < points; begin += row) {
    for (std::size_t end = begin + row - direction.stride; end > begin; end -= direction.stride) {
      for (std::size_t p = end - direction.stride; p < end; ++p) values[p] = std::min(values[p], after(p));
    }
  }
}

}  // namespace

CostToGo::CostToGo(const Skeleton& skeleton)
    : skeleton_(&skeleton),
      codes_{LinkCodes(skeleton, Role::input), LinkCodes(skeleton, Role::weight), LinkCodes(skeleton, Role::output)} {}

std::size_t CostToGo::combination(std::size_t block, const ByRole<std::size_t>& codes) const {
  std::size_t index = 0;
  for (std::size_t r = 0; r < codes.size(); ++r) index = index * codes_[r].codes(block) + codes[r];
  return index;
}

std::size_t CostToGo::combinations(std::size_t block) const {
  std::size_t product = 1;
  for (const LinkCodes& codes : codes_) product *= codes.codes(block);
  return product;
}

ByRole<std::size_t> CostToGo::codes_of(std::size_t block, std::size_t combination) const {
  ByRole<std::size_t> codes{};
  for (std::size_t r = codes.size(); r-- > 0;) {
    codes[r] = combination % codes_[r].codes(block);
    combination /= codes_[r].codes(block);
  }
  return codes;
}

void CostToGo::start(TrafficModel& model, const SpatialLoops& spatial, const TimeLattice& lattice) {
  model_ = &model;
  lattice_ = &lattice;
  bounded_.clear();
  for (Charged& known : charged_) spare_.push_back(std::move(known.table));
  charged_.clear();
  tables_.resize(Amounts::most * skeleton_->blocks.size());
  find_holds(spatial);
  for (const Role role : all_roles) {
    std::vector<bool> matters;
    for (std::size_t rank = 0; rank < lattice.ranks(); ++rank) matters.push_back(model.depends_on(role, rank));
    parts_[role_index(role)] = std::make_unique<SubLattice>(lattice, matters);
  }
}

void CostToGo::bound(std::size_t amount) {
  for (std::size_t block = skeleton_->blocks.size(); block-- > 0;) fill_block(amount, block);
  bounded_.push_back(amount);
}

std::int64_t CostToGo::entries_per_amount(const TimeLattice& lattice) const {
  std::size_t sum = 0;
  for (std::size_t block = 0; block < skeleton_->blocks.size(); ++block) sum += combinations(block);
  return static_cast<std::int64_t>(sum * lattice.points());
}

void CostToGo::find_holds(const SpatialLoops& spatial) {
  const Mapspace& space = *skeleton_->space;
  holds_.assign(skeleton_->blocks.size(), std::vector<char>(lattice_->points(), 1));
  std::vector<std::int64_t> bits;
  for (std::size_t block = 0; block < skeleton_->blocks.size(); ++block) {
    if (!skeleton_->blocks[block].storage) continue;
    const StoragePlace& storage = space.storages[*skeleton_->blocks[block].storage];
    if (!storage.size_bits) continue;
    bits.assign(lattice_->points(), 0);
    for (const Role role : all_roles) {
      const std::size_t r = role_index(role);
      if ((skeleton_->keeps[*skeleton_->blocks[block].storage] >> r & 1U) == 0) continue;
      std::vector<bool> moves;
      for (const Motion motion : skeleton_->motions[r].motions) moves.push_back(motion != Motion::still);
      std::vector<std::int64_t> extents(space.einsum->ranks.size(), 1);
      const auto tile = [&](const std::vector<std::int64_t>& time) {
        for (std::size_t i = 0; i < time.size(); ++i) {
          extents[space.ranks[i].index()] = std::min(time[i] * spatial.inside(block, i), space.sizes[i]);
        }
        return checked_multiply(storage.tiles[r]->elements(extents), space.einsum->tensor(role).bits);
      };
      const SubLattice parts(*lattice_, moves);
      std::vector<std::int64_t> tiles;
      for (std::size_t part = 0; part < parts.points(); ++part) tiles.push_back(tile(parts.extents(part)));
      for (std::size_t p = 0; p < bits.size(); ++p) bits[p] = checked_add(bits[p], tiles[parts.point(p)]);
    }
    for (std::size_t p = 0; p < bits.size(); ++p) {
      holds_[block][p] = bits[p] <= *storage.size_bits && bits[p] >= storage.least_bits ? 1 : 0;
    }
  }
}

/// Combinations with fewer open links come first: advancing only ends links.
void CostToGo::fill_block(std::size_t amount, std::size_t block) {
  const std::size_t points = lattice_->points();
  table(amount, block).assign(combinations(block) * points, never);
  std::vector<std::size_t> order(combinations(block));
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto open = [&](std::size_t index) {
    std::size_t sum = 0;
    const ByRole<std::size_t> codes = codes_of(block, index);
    for (std::size_t r = 0; r < codes.size(); ++r) {
      const OpenLinks links = codes_[r].links(codes[r]);
      if (links.first > 0) sum += links.slid > 0 ? 1 : 2;
    }
    return sum;
  };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return open(a) < open(b); });
  for (const std::size_t index : order) {
    const ByRole<std::size_t> codes = codes_of(block, index);
    double* values = table(amount, block).data() + index * points;
    leave(amount, block, codes, values);
    const LoopPlace& place = skeleton_->space->places[skeleton_->blocks[block].place];
    // Steps that end links lead to tables that are done; then those that end none, along one direction after another.
    for (const bool ends : {true, false}) {
      for (const TimeLattice::Direction& direction : lattice_->directions()) {
        if (place.ranges[direction.rank].most == 1) continue;
        bool changes = false;
        for (const Role role : all_roles) {
          const std::size_t r = role_index(role);
          changes = changes || step(block, role, codes[r], direction.rank).code != codes[r];
        }
        if (changes == ends) advance(amount, block, direction, codes, values);
      }
    }
  }
}

void CostToGo::leave(std::size_t amount, std::size_t block, const ByRole<std::size_t>& codes, double* values) {
  if (block + 1 == skeleton_->blocks.size()) return finish(amount, codes, values);
  ByRole<std::size_t> next = codes;
  const std::size_t points = lattice_->points();
  std::vector<const double*> charges_here;
  for (const Role role : all_roles) {
    const std::size_t r = role_index(role);
    const std::size_t begun = codes_[r].last_link(block);
    if (!codes_[r].begins_after(block)) continue;
    const OpenLinks links = codes_[r].links(codes[r]);
    if (links.first > 0 && links.slid == 0) continue;
    // What slides now and what has not begun to can't be told by one number: the former is charged its least.
    if (links.first > 0) {
      const ReuseEnd end{Ending::slid_open, block, links.slid - 1};
      charges_here.push_back(charges(role, links.first, begun, end).data() + amount * points);
    }
    next[r] = codes_[r].code({begun + 1, 0});
  }
  const double* outside = table(amount, block + 1).data() + combination(block + 1, next) * points;
  std::fill_n(values, points, never);
  for (std::size_t p = 0; p < points; ++p) {
    if (holds_[block][p] != 0) values[p] = outside[p];
  }
  for (const double* charge : charges_here) {
    for (std::size_t p = 0; p < points; ++p) values[p] += charge[p];
  }
}

/// Everything has been walked over: what is still open ends.
void CostToGo::finish(std::size_t amount, const ByRole<std::size_t>& codes, double* values) {
  const std::size_t block = skeleton_->blocks.size() - 1;
  const std::size_t full = lattice_->full();
  std::fill_n(values, lattice_->points(), never);
  if (holds_[block][full] != 0) values[full] = 0;
  std::vector<std::int64_t> extents;
  for (std::size_t rank = 0; rank < lattice_->ranks(); ++rank) extents.push_back(lattice_->iterations(rank));
  for (const Role role : all_roles) {
    const std::size_t r = role_index(role);
    const OpenLinks links = codes_[r].links(codes[r]);
    if (links.first == 0) continue;
    const ReuseEnd end{links.slid == 0 ? Ending::moved : Ending::slid_moved, block,
                       links.slid == 0 ? 0 : links.slid - 1};
    values[full] += model_->charge(role, links.first, codes_[r].last_link(block), end, extents).of[amount];
  }
}

CostToGo::Step CostToGo::step(std::size_t block, Role role, std::size_t code, std::size_t rank) {
  const std::size_t r = role_index(role);
  const OpenLinks links = codes_[r].links(code);
  const TensorMotion& motion = skeleton_->motions[r];
  if (links.first == 0) return {code, nullptr};
  const std::size_t last = codes_[r].last_link(block);
  const std::size_t axis = links.slid == 0 ? 0 : links.slid - 1;
  switch (motion.motions[rank]) {
    case Motion::still:
      if (links.slid == 0) return {code, nullptr};
      return {0, &charges(role, links.first, last, {Ending::slid_stood, block, axis})};
    case Motion::whole:
      return {0,
              &charges(role, links.first, last, {links.slid == 0 ? Ending::moved : Ending::slid_moved, block, axis})};
    case Motion::sliding:
      break;
  }
  if (links.slid == 0) return {codes_[r].code({links.first, motion.axis_of[rank] + 1}), nullptr};
  if (axis == motion.axis_of[rank]) return {code, nullptr};
  return {0, &charges(role, links.first, last, {Ending::slid_turned, block, axis})};
}

void CostToGo::advance(std::size_t amount, std::size_t block, const TimeLattice::Direction& direction,
                       const ByRole<std::size_t>& codes, double* values) {
  const std::size_t points = lattice_->points();
  ByRole<std::size_t> next{};
  std::array<const double*, 3> charge{};
  std::size_t charged = 0;
  for (const Role role : all_roles) {
    const Step taken = step(block, role, codes[role_index(role)], direction.rank);
    next[role_index(role)] = taken.code;
    if (taken.charge != nullptr) charge[charged++] = taken.charge->data() + amount * points;
  }
  const double* from = table(amount, block).data() + combination(block, next) * points;
  switch (charged) {
    case 0:
      return step_along(direction, points, values, [&](std::size_t p) { return from[p + direction.stride]; });
    case 1:
      return step_along(direction, points, values,
                        [&](std::size_t p) { return from[p + direction.stride] + charge[0][p]; });
    case 2:
      return step_along(direction, points, values,
                        [&](std::size_t p) { return from[p + direction.stride] + charge[0][p] + charge[1][p]; });
    default:
      return step_along(direction, points, values, [&](std::size_t p) {
        return from[p + direction.stride] + charge[0][p] + charge[1][p] + charge[2][p];
      });
  }
}

const CostToGo::Table& CostToGo::charges(Role role, std::size_t first, std::size_t last, const ReuseEnd& end) {
  // Where a tensor is not counted, neither the block nor what ended the reuse matters.
  const ReuseEnd asked = model_->counts(role) ? end : ReuseEnd{};
  for (const Charged& known : charged_) {
    const bool same_end =
        known.end.ending == asked.ending && known.end.block == asked.block && known.end.axis == asked.axis;
    if (known.role == role && known.first == first && known.last == last && same_end) return *known.table;
  }
  std::unique_ptr<Table> table = std::make_unique<Table>();
  if (!spare_.empty()) {
    table = std::move(spare_.back());
    spare_.pop_back();
  }
  const SubLattice& parts = *parts_[role_index(role)];
  const std::size_t points = lattice_->points();
  const std::size_t used = model_->amounts();
  std::vector<double> values(used * parts.points());
  for (std::size_t part = 0; part < parts.points(); ++part) {
    std::vector<std::int64_t> extents = parts.extents(part);
    for (std::size_t rank = 0; asked.ending == Ending::slid_open && rank < extents.size(); ++rank) {
      extents[rank] = lattice_->iterations(rank);
    }
    const Amounts amounts = model_->charge(role, first, last, asked, extents);
    for (std::size_t a = 0; a < used; ++a) values[a * parts.points() + part] = amounts.of[a];
  }
  table->resize(used * points);
  for (std::size_t a = 0; a < used; ++a) {
    const double* from = values.data() + a * parts.points();
    double* to = table->data() + a * points;
    for (std::size_t p = 0; p < points; ++p) to[p] = from[parts.point(p)];
  }
  charged_.push_back({role, first, last, asked, std::move(table)});
  return *charged_.back().table;
}

Amounts CostToGo::at(std::size_t block, const ByRole<OpenLinks>& links, std::size_t point) const {
  ByRole<std::size_t> codes{};
  for (std::size_t r = 0; r < codes.size(); ++r) codes[r] = codes_[r].code(links[r]);
  const std::size_t entry = combination(block, codes) * lattice_->points() + point;
  Amounts amounts;
  for (const std::size_t a : bounded_) amounts.of[a] = tables_[a * skeleton_->blocks.size() + block][entry];
  return amounts;
}

}  // namespace ohmloop
