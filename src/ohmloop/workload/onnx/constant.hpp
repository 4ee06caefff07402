#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "ohmloop/workload/onnx/dims.hpp"

namespace ohmloop {

/// Tensors with more elements are never evaluated: shapes are small.
inline constexpr std::int64_t max_constant_elements = 1024;

/// A small tensor whose values are known without running the network, as computations on shapes are.
struct Constant {
  Dims dims;
  std::variant<std::vector<std::int64_t>, std::vector<double>> elements;

  friend bool operator==(const Constant&, const Constant&) = default;

  [[nodiscard]] bool is_integer() const { return elements.index() == 0; }
  [[nodiscard]] std::size_t size() const;
  /// The elements as whole numbers, or nothing if they are real.
  [[nodiscard]] const std::vector<std::int64_t>* integers() const { return std::get_if<0>(&elements); }
  [[nodiscard]] double real(std::size_t i) const;
};

enum class Arithmetic { add, subtract, multiply, divide, modulo, minimum, maximum, equal, less, greater };
enum class Rounding { negate, absolute, floor, ceiling, round, square_root };

/// Element-wise with broadcasting; whole numbers stay whole (division truncates). Nothing where a value would not be
/// defined (division by zero, overflow) or the result is too large.
std::optional<Constant> fold(Arithmetic operation, const Constant& a, const Constant& b);
std::optional<Constant> fold(Rounding operation, const Constant& a);
std::optional<Constant> fold_where(const Constant& condition, const Constant& yes, const Constant& no);
std::optional<Constant> fold_cast(const Constant& a, bool to_integer);

/// Elements of `a` by position, one per entry of `positions`; nothing if one lies outside.
std::optional<Constant> pick(const Constant& a, Dims dims, const std::vector<std::int64_t>& positions);

/// One-dimensional tensors (or scalars) behind one another.
std::optional<Constant> join(const std::vector<const Constant*>& parts);

Constant integer_list(std::vector<std::int64_t> values);

}  // namespace ohmloop
