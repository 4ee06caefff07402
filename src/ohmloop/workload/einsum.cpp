#include "ohmloop/workload/einsum.hpp"

#include <algorithm>
#include <set>

#include "ohmloop/base/check.hpp"
#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

bool uses(const std::vector<Axis>& axes, RankId rank) {
  return std::any_of(axes.begin(), axes.end(), [&](const Axis& axis) {
    return std::any_of(axis.terms.begin(), axis.terms.end(), [&](const AxisTerm& term) { return term.rank == rank; });
  });
}

void validate_axes(const Einsum& einsum, const Tensor& tensor, const std::vector<Axis>& axes) {
  for (const Axis& axis : axes) {
    OHM_CHECK(axis.size >= 1, tensor.name + "." + axis.name + " has no size");
    for (const AxisTerm& term : axis.terms) {
      OHM_CHECK(term.rank.index() < einsum.ranks.size(), tensor.name + "." + axis.name + " names a rank out of range");
      OHM_CHECK(term.coefficient >= 1 && term.divisor >= 1 && term.modulus >= 0,
                tensor.name + "." + axis.name + " has a term that is no digit of its rank");
    }
  }
}

void validate_output(const Einsum& einsum) {
  std::set<RankId> seen;
  for (const Axis& axis : einsum.tensor(Role::output).axes) {
    OHM_CHECK(axis.terms.size() == 1 && axis.offset == 0, "output axis " + axis.name + " is not one plain term");
    const AxisTerm& term = axis.terms.front();
    OHM_CHECK(term == AxisTerm{.rank = term.rank}, "output axis " + axis.name + " is not one plain term");
    OHM_CHECK(axis.size == einsum.rank(term.rank).size, "output axis " + axis.name + " differs from its rank");
    OHM_CHECK(seen.insert(term.rank).second, "two output axes share a rank");
  }
}

void validate_ranks(const Einsum& einsum) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < einsum.ranks.size(); ++i) {
    const Rank& rank = einsum.ranks[i];
    OHM_CHECK(rank.size >= 1, "rank " + rank.name + " is empty");
    OHM_CHECK(!rank.name.empty() && names.insert(rank.name).second, "rank names are not unique: '" + rank.name + "'");
    const bool used =
        std::any_of(all_roles.begin(), all_roles.end(), [&](Role role) { return einsum.relevant(RankId(i), role); });
    OHM_CHECK(used, "no tensor uses rank " + rank.name);
  }
}

/// An axis that is a rank itself.
Axis plain_axis(const Einsum& einsum, RankId rank) {
  const Rank& r = einsum.rank(rank);
  return {.name = r.name, .terms = {{.rank = rank}}, .size = r.size};
}

std::vector<Axis> plain_axes(const Einsum& einsum, std::initializer_list<RankId> ranks) {
  std::vector<Axis> axes;
  for (const RankId rank : ranks) axes.push_back(plain_axis(einsum, rank));
  return axes;
}

/// Input rows under a filter: stride x output position + dilation x filter position - padding.
Axis window_axis(std::string name, AxisTerm output, AxisTerm filter, std::int64_t padding, std::int64_t size) {
  return {.name = std::move(name), .terms = {output, filter}, .offset = -padding, .size = size};
}

}  // namespace

std::string_view to_string(Role role) {
  switch (role) {
    case Role::input:
      return "input";
    case Role::weight:
      return "weight";
    case Role::output:
      return "output";
  }
  return "?";
}

std::int64_t Tensor::elements() const {
  std::int64_t count = 1;
  for (const Axis& axis : axes) count = checked_multiply(count, axis.size);
  return count;
}

std::int64_t Einsum::points() const {
  std::int64_t count = 1;
  for (const Rank& r : ranks) count = checked_multiply(count, r.size);
  return count;
}

bool Einsum::relevant(RankId rank, Role role) const {
  const Tensor& t = tensor(role);
  return uses(t.axes, rank) || uses(t.window_axes, rank);
}

void validate(const Einsum& einsum) {
  OHM_CHECK(einsum.tensors.size() == all_roles.size(), einsum.name + " needs an input, a weight and an output");
  for (const Role role : all_roles) {
    const Tensor& tensor = einsum.tensor(role);
    OHM_CHECK(tensor.role == role, "tensor " + tensor.name + " stands in another's place");
    OHM_CHECK(tensor.bits >= 1, "tensor " + tensor.name + " has elements without bits");
    OHM_CHECK(role == Role::input || tensor.window_axes.empty(), "only inputs have window axes");
    validate_axes(einsum, tensor, tensor.axes);
    validate_axes(einsum, tensor, tensor.window_axes);
  }
  validate_output(einsum);
  validate_ranks(einsum);
}

Einsum conv_einsum(std::string name, const LayerShape& shape, const OperandBits& bits) {
  constexpr RankId N(0), G(1), M(2), C(3), E(4), F(5), R(6), S(7);
  Einsum einsum{.name = std::move(name),
                .ranks = {{"N", shape.N},
                          {"G", shape.G},
                          {"M", shape.M / shape.G},
                          {"C", shape.C / shape.G},
                          {"E", shape.E},
                          {"F", shape.F},
                          {"R", shape.R},
                          {"S", shape.S}},
                .weight_is_activation = shape.weight_is_activation};
  Tensor input{.name = "input", .role = Role::input, .axes = plain_axes(einsum, {N, G, C}), .bits = bits.input};
  input.axes.push_back(window_axis("H", {.rank = E, .coefficient = shape.stride_height},
                                   {.rank = R, .coefficient = shape.dilation_height}, shape.pad_top, shape.H));
  input.axes.push_back(window_axis("W", {.rank = F, .coefficient = shape.stride_width},
                                   {.rank = S, .coefficient = shape.dilation_width}, shape.pad_left, shape.W));
  einsum.tensors.push_back(std::move(input));
  einsum.tensors.push_back(
      {.name = "weight", .role = Role::weight, .axes = plain_axes(einsum, {G, M, C, R, S}), .bits = bits.weight});
  einsum.tensors.push_back(
      {.name = "output", .role = Role::output, .axes = plain_axes(einsum, {N, G, M, E, F}), .bits = bits.output});
  validate(einsum);
  return einsum;
}

Einsum array_einsum(std::string name, const LayerShape& shape, const SliceParameters& slices) {
  constexpr RankId N(0), G(1), M(2), K(3), E(4), F(5), IS(6), WS(7);
  OHM_CHECK(shape.G % slices.diagonal_blocks == 0, name + " has no such number of groups in a block diagonal");
  const std::int64_t groups = shape.G / slices.diagonal_blocks;
  const std::int64_t channels = shape.C / groups;
  const std::int64_t filter = checked_multiply(shape.R, shape.S);
  Einsum einsum{.name = std::move(name),
                .ranks = {{"N", shape.N},
                          {"G", groups},
                          {"M", shape.M / groups},
                          {"K", checked_multiply(channels, filter)},
                          {"E", shape.E},
                          {"F", shape.F},
                          {"IS", slices.input_slices},
                          {"WS", slices.weight_slices}},
                .weight_is_activation = shape.weight_is_activation,
                .diagonal_blocks = slices.diagonal_blocks};
  Tensor input{
      .name = "input", .role = Role::input, .axes = plain_axes(einsum, {N, G}), .bits = slices.input_slice_bits};
  input.axes.push_back({.name = "C", .terms = {{.rank = K, .divisor = filter}}, .size = channels});
  input.axes.push_back(
      window_axis("H", {.rank = E, .coefficient = shape.stride_height},
                  {.rank = K, .coefficient = shape.dilation_height, .divisor = shape.S, .modulus = shape.R},
                  shape.pad_top, shape.H));
  input.axes.push_back(window_axis("W", {.rank = F, .coefficient = shape.stride_width},
                                   {.rank = K, .coefficient = shape.dilation_width, .modulus = shape.S}, shape.pad_left,
                                   shape.W));
  input.axes.push_back(plain_axis(einsum, IS));
  input.window_axes = plain_axes(einsum, {N, G, K, E, F, IS});
  einsum.tensors.push_back(std::move(input));
  einsum.tensors.push_back({.name = "weight",
                            .role = Role::weight,
                            .axes = plain_axes(einsum, {G, M, K, WS}),
                            .bits = slices.weight_slice_bits});
  einsum.tensors.push_back({.name = "output",
                            .role = Role::output,
                            .axes = plain_axes(einsum, {N, G, M, E, F}),
                            .bits = slices.output_bits});
  validate(einsum);
  return einsum;
}

}  // namespace ohmloop
