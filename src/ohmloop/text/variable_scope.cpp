#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/text/expression.hpp"
#include "ohmloop/text/expression_functions.hpp"
#include "ohmloop/text/expression_lexer.hpp"

namespace ohmloop {
namespace {

// Looking a variable up may look up the next one: a bound on how long such a chain is keeps the stack small.
constexpr std::size_t longest_chain = 200;

}  // namespace

VariableScope::VariableScope(const YamlNode& variables, Scope* outer, Diagnostics& diagnostics) : outer_(outer) {
  if (variables.is_null()) return;
  if (!variables.is_map()) {
    diagnostics.error(fmt::format("expected a map of variables, found {}", kind_name(variables)), variables.span);
    return;
  }
  for (const YamlEntry& entry : variables.entries) {
    if (!is_identifier(entry.key) || is_keyword(entry.key) || is_function(entry.key)) {
      diagnostics.error(fmt::format("'{}' cannot be the name of a variable", entry.key), entry.key_span, {},
                        {"a name has letters, digits and underscores, and is no word or function of the formulas"});
      continue;
    }
    variables_.push_back({.name = entry.key, .expression = entry.value, .key_span = entry.key_span, .value = {}});
  }
}

std::optional<Value> VariableScope::lookup(std::string_view name, const SourceSpan& use, Diagnostics& diagnostics) {
  const auto found = std::find_if(variables_.begin(), variables_.end(),
                                  [&](const Variable& variable) { return variable.name == name; });
  if (found == variables_.end()) return outer_ == nullptr ? std::nullopt : outer_->lookup(name, use, diagnostics);
  if (found->state == State::done) {
    // Its error was reported when it was evaluated, but perhaps to someone else.
    if (!found->value && !diagnostics.has_errors()) {
      diagnostics.error(fmt::format("variable '{}' has no value", name), use, {},
                        {fmt::format("its own error is at {}", to_string(found->expression.span))});
    }
    return found->value;
  }
  if (found->state == State::running) {
    const auto start = std::find(running_.begin(), running_.end(), name);
    std::vector<std::string> path(start, running_.end());
    path.emplace_back(name);
    diagnostics.error(fmt::format("variable '{}' depends on itself: {}", name, fmt::join(path, " -> ")), use);
    return std::nullopt;
  }
  if (running_.size() >= longest_chain) {
    diagnostics.error(fmt::format("more than {} variables depend on one another in a chain", longest_chain), use);
    return std::nullopt;
  }
  found->state = State::running;
  running_.emplace_back(name);
  found->value = evaluate(found->expression, *this, diagnostics);
  running_.pop_back();
  found->state = State::done;
  return found->value;
}

std::vector<std::string> VariableScope::names() const {
  std::vector<std::string> result;
  for (const Variable& variable : variables_) result.push_back(variable.name);
  if (outer_ == nullptr) return result;
  for (std::string& name : outer_->names()) {
    if (std::find(result.begin(), result.end(), name) == result.end()) result.push_back(std::move(name));
  }
  return result;
}

}  // namespace ohmloop
