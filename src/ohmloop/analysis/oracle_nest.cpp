#include "ohmloop/analysis/oracle_nest.hpp"

namespace ohmloop {

OracleNest::OracleNest(const Einsum& einsum, const Mapping& mapping) : einsum_(einsum) {
  for (std::size_t position = 0; position < mapping.steps.size(); ++position) {
    const Loop* loop = std::get_if<Loop>(&mapping.steps[position]);
    if (loop == nullptr) continue;
    std::int64_t step = 1;
    for (std::size_t inner = position + 1; inner < mapping.steps.size(); ++inner) {
      const Loop* other = std::get_if<Loop>(&mapping.steps[inner]);
      if (other != nullptr && other->rank == loop->rank) step *= other->bound;
    }
    loops_.push_back({position, loop->rank.index(), loop->bound, step, loop->fanout});
  }
}

void OracleNest::for_each(const std::vector<std::size_t>& chosen, Indices& indices,
                          const std::function<void()>& visit) const {
  const std::function<void(std::size_t)> descend = [&](std::size_t depth) {
    if (depth == chosen.size()) {
      visit();
      return;
    }
    std::int64_t& index = indices[chosen[depth]];
    const std::int64_t saved = index;
    for (index = 0; index < loops_[chosen[depth]].bound; ++index) descend(depth + 1);
    index = saved;
  };
  descend(0);
}

std::int64_t OracleNest::value(std::size_t rank, const Indices& indices) const {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < loops_.size(); ++i) {
    if (loops_[i].rank == rank) sum += indices[i] * loops_[i].step;
  }
  return sum;
}

bool OracleNest::exists(const Indices& indices) const {
  for (std::size_t rank = 0; rank < einsum_.ranks.size(); ++rank) {
    if (value(rank, indices) >= einsum_.ranks[rank].size) return false;
  }
  return true;
}

OracleNest::Element OracleNest::element(const std::vector<Axis>& axes, const Indices& indices) const {
  Element element;
  for (const Axis& axis : axes) {
    std::int64_t position = axis.offset;
    for (const AxisTerm& term : axis.terms) {
      std::int64_t digit = value(term.rank.index(), indices) / term.divisor;
      if (term.modulus > 0) digit %= term.modulus;
      position += term.coefficient * digit;
    }
    element.push_back(position);
  }
  return element;
}

bool OracleNest::inside(const std::vector<Axis>& axes, const Element& element) {
  for (std::size_t i = 0; i < axes.size(); ++i) {
    if (element[i] < 0 || element[i] >= axes[i].size) return false;
  }
  return true;
}

std::vector<std::size_t> OracleNest::select(const std::function<bool(const LoopInfo&)>& accept) const {
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < loops_.size(); ++i) {
    if (accept(loops_[i])) chosen.push_back(i);
  }
  return chosen;
}

}  // namespace ohmloop
