#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ohmloop/inference/operators/operator_error.hpp"
#include "ohmloop/inference/operators/operator_table.hpp"

/// What operators ask of their attributes and inputs.
namespace ohmloop {

/// Throws OperatorError with the text unless the condition holds.
template <class... Values>
void need(bool condition, fmt::format_string<Values...> text, Values&&... values) {
  if (!condition) throw OperatorError(fmt::format(text, std::forward<Values>(values)...));
}

/// Throws OperatorError if a size is negative or the tensor larger than the call allows.
void check_output(const OperatorCall& call, ElementType type, const Dims& dims);
/// A tensor of zeros for a result, after that check.
TensorData make_output(const OperatorCall& call, ElementType type, const Dims& dims);

/// Throws OperatorError if a node would take more innermost steps than the call allows.
void check_steps(const OperatorCall& call, double steps);

/// An axis counted from the front; -1 is the last one. Throws OperatorError unless -rank <= axis < rank.
std::size_t front_axis(std::int64_t axis, std::size_t rank);
/// The same for several, which must differ.
std::vector<std::size_t> front_axes(const std::vector<std::int64_t>& axes, std::size_t rank);

/// The whole numbers of a list (int32 or int64; of one axis, or a scalar).
std::vector<std::int64_t> integers_of(const TensorData& tensor);
/// The numbers of a list of any number type.
std::vector<double> reals_of(const TensorData& tensor);
/// The only number of a tensor.
double number_of(const TensorData& tensor);

/// A list that older operator sets have as an attribute, newer ones as an input. Nothing where neither is there.
std::optional<std::vector<std::int64_t>> integers_from(const OperatorCall& call, std::string_view attribute,
                                                       std::size_t input);
/// An attribute that lists real numbers; nothing where it is not there.
std::optional<std::vector<double>> reals_from(const OperatorCall& call, std::string_view attribute);

/// Throws OperatorError unless both have the same type of elements.
void need_same_type(const TensorData& a, const TensorData& b);

/// A tensor seen as outer x length x inner around one axis.
struct AxisSplit {
  std::int64_t outer = 1;
  std::int64_t length = 1;
  std::int64_t inner = 1;
};
AxisSplit split_at(const Dims& dims, std::size_t axis);

}  // namespace ohmloop
