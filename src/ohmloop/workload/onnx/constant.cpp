#include "ohmloop/workload/onnx/constant.hpp"

#include <algorithm>
#include <cmath>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

/// Position in a tensor of `dims` of the element that broadcasting puts at `position` of a tensor of `target`.
std::size_t source_position(std::size_t position, const Dims& target, const Dims& dims) {
  std::size_t result = 0;
  std::size_t stride = 1;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    const auto extent = static_cast<std::size_t>(target[target.size() - 1 - i]);
    const auto size = static_cast<std::size_t>(dims[dims.size() - 1 - i]);
    if (size != 1) result += position % extent * stride;
    position /= extent;
    stride *= size;
  }
  return result;
}

std::optional<std::size_t> foldable_size(const Dims& dims) {
  const std::int64_t count = element_count(dims);
  if (count > max_constant_elements) return std::nullopt;
  return static_cast<std::size_t>(count);
}

std::optional<std::int64_t> whole(Arithmetic operation, std::int64_t a, std::int64_t b) {
  const bool undefined = b == 0 || b == -1;
  std::int64_t result = 0;
  switch (operation) {
    case Arithmetic::add:
      return __builtin_add_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Arithmetic::subtract:
      return __builtin_sub_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Arithmetic::multiply:
      return __builtin_mul_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Arithmetic::divide:
      // -1 is left to subtraction: the smallest number has no positive twin.
      if (b == -1) return whole(Arithmetic::subtract, 0, a);
      return undefined ? std::nullopt : std::optional(a / b);
    case Arithmetic::modulo:
      if (undefined) return b == -1 ? std::optional<std::int64_t>(0) : std::nullopt;
      result = a % b;
      return result != 0 && (result < 0) != (b < 0) ? result + b : result;
    case Arithmetic::minimum:
      return std::min(a, b);
    case Arithmetic::maximum:
      return std::max(a, b);
    case Arithmetic::equal:
      return a == b;
    case Arithmetic::less:
      return a < b;
    case Arithmetic::greater:
      return a > b;
  }
  return std::nullopt;
}

double real(Arithmetic operation, double a, double b) {
  switch (operation) {
    case Arithmetic::add:
      return a + b;
    case Arithmetic::subtract:
      return a - b;
    case Arithmetic::multiply:
      return a * b;
    case Arithmetic::divide:
      return a / b;
    case Arithmetic::modulo:
      return std::fmod(a, b);
    case Arithmetic::minimum:
      return std::min(a, b);
    case Arithmetic::maximum:
      return std::max(a, b);
    case Arithmetic::equal:
      return a == b ? 1 : 0;
    case Arithmetic::less:
      return a < b ? 1 : 0;
    case Arithmetic::greater:
      return a > b ? 1 : 0;
  }
  return 0;
}

double real(Rounding operation, double a) {
  switch (operation) {
    case Rounding::negate:
      return -a;
    case Rounding::absolute:
      return std::abs(a);
    case Rounding::floor:
      return std::floor(a);
    case Rounding::ceiling:
      return std::ceil(a);
    case Rounding::round:
      return std::nearbyint(a);
    case Rounding::square_root:
      return std::sqrt(a);
  }
  return a;
}

bool is_comparison(Arithmetic operation) {
  return operation == Arithmetic::equal || operation == Arithmetic::less || operation == Arithmetic::greater;
}

}  // namespace

std::size_t Constant::size() const {
  return std::visit([](const auto& values) { return values.size(); }, elements);
}

double Constant::real(std::size_t i) const {
  return std::visit([i](const auto& values) { return static_cast<double>(values[i]); }, elements);
}

Constant integer_list(std::vector<std::int64_t> values) {
  Dims dims = {static_cast<std::int64_t>(values.size())};
  return {.dims = std::move(dims), .elements = std::move(values)};
}

std::optional<Constant> fold(Arithmetic operation, const Constant& a, const Constant& b) {
  const std::optional<Dims> dims = broadcast(a.dims, b.dims);
  const std::optional<std::size_t> size = dims ? foldable_size(*dims) : std::nullopt;
  if (!size) return std::nullopt;
  std::vector<std::int64_t> wholes;
  std::vector<double> reals;
  const bool whole_inputs = a.is_integer() && b.is_integer();
  for (std::size_t i = 0; i < *size; ++i) {
    const std::size_t left = source_position(i, *dims, a.dims);
    const std::size_t right = source_position(i, *dims, b.dims);
    if (!whole_inputs) {
      reals.push_back(real(operation, a.real(left), b.real(right)));
      continue;
    }
    const std::optional<std::int64_t> value =
        whole(operation, std::get<0>(a.elements)[left], std::get<0>(b.elements)[right]);
    if (!value) return std::nullopt;
    wholes.push_back(*value);
  }
  if (whole_inputs) return Constant{*dims, std::move(wholes)};
  Constant result{*dims, std::move(reals)};
  return is_comparison(operation) ? fold_cast(result, true) : result;
}

std::optional<Constant> fold(Rounding operation, const Constant& a) {
  if (a.is_integer()) {
    const bool rounds_nothing =
        operation == Rounding::floor || operation == Rounding::ceiling || operation == Rounding::round;
    if (rounds_nothing) return a;
    if (operation == Rounding::square_root) return std::nullopt;
    Constant result = a;
    for (std::int64_t& value : std::get<0>(result.elements)) {
      if (operation == Rounding::absolute && value >= 0) continue;
      const std::optional<std::int64_t> negated = whole(Arithmetic::subtract, 0, value);
      if (!negated) return std::nullopt;
      value = *negated;
    }
    return result;
  }
  Constant result = a;
  for (double& value : std::get<1>(result.elements)) value = real(operation, value);
  return result;
}

std::optional<Constant> fold_where(const Constant& condition, const Constant& yes, const Constant& no) {
  if (!condition.is_integer() || yes.is_integer() != no.is_integer()) return std::nullopt;
  const std::optional<Dims> branches = broadcast(yes.dims, no.dims);
  const std::optional<Dims> dims = branches ? broadcast(condition.dims, *branches) : std::nullopt;
  const std::optional<std::size_t> size = dims ? foldable_size(*dims) : std::nullopt;
  if (!size) return std::nullopt;
  Constant result{*dims, yes.elements};
  std::visit(
      [&](auto& values) {
        const auto& others = std::get<std::decay_t<decltype(values)>>(no.elements);
        const auto firsts = values;
        values.assign(*size, {});
        for (std::size_t i = 0; i < *size; ++i) {
          const bool chosen = std::get<0>(condition.elements)[source_position(i, *dims, condition.dims)] != 0;
          values[i] = chosen ? firsts[source_position(i, *dims, yes.dims)] : others[source_position(i, *dims, no.dims)];
        }
      },
      result.elements);
  return result;
}

std::optional<Constant> fold_cast(const Constant& a, bool to_integer) {
  if (to_integer == a.is_integer()) return a;
  const std::size_t size = a.size();
  if (!to_integer) {
    std::vector<double> reals;
    for (std::size_t i = 0; i < size; ++i) reals.push_back(a.real(i));
    return Constant{a.dims, std::move(reals)};
  }
  std::vector<std::int64_t> wholes;
  constexpr double limit = 9.0e18;
  for (std::size_t i = 0; i < size; ++i) {
    const double value = a.real(i);
    if (!(std::abs(value) < limit)) return std::nullopt;
    wholes.push_back(static_cast<std::int64_t>(value));
  }
  return Constant{a.dims, std::move(wholes)};
}

std::optional<Constant> pick(const Constant& a, Dims dims, const std::vector<std::int64_t>& positions) {
  const auto size = static_cast<std::int64_t>(a.size());
  const auto outside = [size](std::int64_t position) { return position < 0 || position >= size; };
  if (std::any_of(positions.begin(), positions.end(), outside)) return std::nullopt;
  Constant result{std::move(dims), a.elements};
  std::visit(
      [&](auto& values) {
        const auto all = values;
        values.clear();
        for (const std::int64_t position : positions) values.push_back(all[static_cast<std::size_t>(position)]);
      },
      result.elements);
  return result;
}

std::optional<Constant> join(const std::vector<const Constant*>& parts) {
  if (parts.empty()) return std::nullopt;
  Constant result{{0}, parts.front()->elements};
  const auto clear = [](auto& values) { values.clear(); };
  std::visit(clear, result.elements);
  for (const Constant* part : parts) {
    if (part->dims.size() > 1 || part->elements.index() != result.elements.index()) return std::nullopt;
    const auto append = [&](auto& values) {
      const auto& more = std::get<std::decay_t<decltype(values)>>(part->elements);
      values.insert(values.end(), more.begin(), more.end());
    };
    std::visit(append, result.elements);
    if (result.size() > static_cast<std::size_t>(max_constant_elements)) return std::nullopt;
  }
  result.dims[0] = static_cast<std::int64_t>(result.size());
  return result;
}

}  // namespace ohmloop
