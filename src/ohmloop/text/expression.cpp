#include "ohmloop/text/expression.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/text/expression_functions.hpp"
#include "ohmloop/text/expression_program.hpp"
#include "ohmloop/text/suggest.hpp"
#include "ohmloop/text/unit.hpp"

namespace ohmloop {
namespace {

using Code = Instruction::Code;

/// A part of a scalar's text as a place in its file. A scalar folded from several lines is only known as a whole.
SourceSpan part_of(const YamlNode& scalar, std::size_t offset, std::size_t length) {
  SourceSpan span = scalar.span;
  if (span.empty() || scalar.quoted || span.length != scalar.scalar.size()) return span;
  span.column += offset;
  span.length = length;
  return span;
}

/// Runs a compiled expression on a stack of values.
class Machine {
 public:
  Machine(const YamlNode& scalar, Scope& scope, Diagnostics& diagnostics)
      : scalar_(scalar), scope_(scope), diagnostics_(diagnostics) {}

  std::optional<Value> run(const std::vector<Instruction>& program) {
    for (std::size_t place = 0; place < program.size(); ++place) {
      const std::optional<std::size_t> skipped = step(program[place]);
      if (!skipped) return std::nullopt;
      place += *skipped;
    }
    OHM_CHECK(stack_.size() == 1, "an expression leaves one value");
    return std::move(stack_.back());
  }

 private:
  /// The number of instructions to skip, or nothing after an error.
  std::optional<std::size_t> step(const Instruction& instruction) {
    switch (instruction.code) {
      case Code::push:
        stack_.push_back(instruction.constant);
        return 0;
      case Code::load:
        return load(instruction);
      case Code::negate:
      case Code::affirm:
        return sign(instruction);
      case Code::binary: {
        const Value right = pop();
        const Value left = pop();
        return finish(apply_operator(instruction.text, left, right), instruction);
      }
      case Code::call:
        return call(instruction);
      case Code::jump:
        return instruction.count;
      default:
        return step_on_truth_value(instruction);
    }
  }

  /// The steps whose topmost value must be true or false.
  std::optional<std::size_t> step_on_truth_value(const Instruction& instruction) {
    const auto* truth = std::get_if<bool>(&stack_.back());
    if (truth == nullptr) {
      return fail(instruction,
                  fmt::format("'{}' takes true or false, not {}", instruction.text, describe(stack_.back())));
    }
    const bool holds = *truth;
    switch (instruction.code) {
      case Code::invert:
        stack_.back() = !holds;
        return 0;
      case Code::jump_if_false:
        pop();
        return holds ? 0 : instruction.count;
      case Code::keep_if_false:
      case Code::keep_if_true:
        if (holds == (instruction.code == Code::keep_if_true)) return instruction.count;
        pop();
        return 0;
      default:
        return 0;
    }
  }

  std::optional<std::size_t> load(const Instruction& instruction) {
    const std::size_t reported = diagnostics_.all().size();
    const SourceSpan use = part_of(scalar_, instruction.offset, instruction.length);
    std::optional<Value> value = scope_.lookup(instruction.text, use, diagnostics_);
    if (value) {
      stack_.push_back(std::move(*value));
      return 0;
    }
    if (diagnostics_.all().size() > reported) return std::nullopt;
    const std::vector<std::string> names = scope_.names();
    // A name that is known but has no value failed before: that was reported, and once is enough.
    const bool failed_before = std::find(names.begin(), names.end(), instruction.text) != names.end();
    if (failed_before && diagnostics_.has_errors()) return std::nullopt;
    std::string label = did_you_mean(instruction.text, names);
    if (label.empty() && find_unit(instruction.text)) label = "a unit stands behind a number";
    return fail(instruction, fmt::format("unknown name '{}'", instruction.text), label);
  }

  std::optional<std::size_t> sign(const Instruction& instruction) {
    auto* quantity = std::get_if<Quantity>(&stack_.back());
    if (quantity == nullptr) {
      return fail(instruction, fmt::format("'{}' takes a number, not {}", instruction.text, describe(stack_.back())));
    }
    if (instruction.code == Code::negate) quantity->value = -quantity->value;
    return 0;
  }

  std::optional<std::size_t> call(const Instruction& instruction) {
    const std::size_t first = stack_.size() - instruction.count;
    OperationResult result = apply_function(instruction.text, std::span(stack_).subspan(first));
    stack_.resize(first);
    return finish(std::move(result), instruction);
  }

  std::optional<std::size_t> finish(OperationResult result, const Instruction& instruction) {
    if (const auto* failure = std::get_if<OperationFailure>(&result)) {
      return fail(instruction, failure->message, failure->label);
    }
    stack_.push_back(std::get<Value>(std::move(result)));
    return 0;
  }

  std::optional<std::size_t> fail(const Instruction& instruction, std::string message, std::string label = {}) {
    diagnostics_.error(std::move(message), part_of(scalar_, instruction.offset, instruction.length), std::move(label));
    return std::nullopt;
  }

  Value pop() {
    Value value = std::move(stack_.back());
    stack_.pop_back();
    return value;
  }

  const YamlNode& scalar_;
  Scope& scope_;
  Diagnostics& diagnostics_;
  std::vector<Value> stack_;
};

std::optional<Value> evaluate_expression(const YamlNode& scalar, Scope& scope, Diagnostics& diagnostics) {
  try {
    return Machine(scalar, scope, diagnostics).run(compile_expression(scalar.scalar));
  } catch (const ExpressionError& error) {
    diagnostics.error(error.message, part_of(scalar, error.offset, error.length), error.label);
    return std::nullopt;
  }
}

/// Identifiers joined by '-' or '.': what people write as a name of something.
std::vector<std::string_view> parts_of_word(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find_first_of("-.");
    const std::string_view part = text.substr(0, end);
    if (!is_identifier(part)) return {};
    parts.push_back(part);
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// Whether a scalar is a word for itself rather than a name or a formula like rows-columns.
bool is_plain_word(std::string_view text, const Scope& scope) {
  const std::vector<std::string_view> parts = parts_of_word(text);
  if (parts.empty()) return false;
  const std::vector<std::string> names = scope.names();
  const auto known = [&](std::string_view part) { return std::find(names.begin(), names.end(), part) != names.end(); };
  return !known(text) && std::none_of(parts.begin(), parts.end(), known);
}

std::optional<bool> truth_value(std::string_view text) {
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  return std::nullopt;
}

}  // namespace

std::optional<Value> evaluate(const YamlNode& scalar, Scope& scope, Diagnostics& diagnostics) {
  if (!scalar.is_scalar()) {
    diagnostics.error(fmt::format("expected a value, found {}", kind_name(scalar)), scalar.span);
    return std::nullopt;
  }
  if (scalar.quoted) return scalar.scalar;
  if (const auto truth = truth_value(scalar.scalar)) return *truth;
  if (!is_keyword(scalar.scalar) && is_plain_word(scalar.scalar, scope)) return scalar.scalar;
  return evaluate_expression(scalar, scope, diagnostics);
}

}  // namespace ohmloop
