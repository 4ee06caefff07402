#include "ohmloop/arch/node_scope.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace ohmloop {
namespace {

/// Keys whose values are names, never operands of an expression.
constexpr std::array<std::string_view, 8> word_keys = {"name",     "class",  "keep",  "bypass",
                                                       "separate", "shares", "holds", "passes"};

// Looking a key up may look up the next one: a bound on how long such a chain is keeps the stack small.
constexpr std::size_t longest_chain = 200;

bool is_operand(const YamlEntry& entry) {
  return entry.value.is_scalar() && std::find(word_keys.begin(), word_keys.end(), entry.key) == word_keys.end();
}

/// Whether a place lies inside a scalar (the part of an expression, or the whole).
bool within(const SourceSpan& part, const SourceSpan& whole) {
  return part.file == whole.file && part.line == whole.line && part.column >= whole.column &&
         part.column < whole.column + std::max<std::size_t>(whole.length, 1);
}

}  // namespace

std::optional<Value> NodeScope::lookup(std::string_view name, const SourceSpan& use, Diagnostics& diagnostics) {
  const auto own = std::find_if(node_->entries.begin(), node_->entries.end(),
                                [&](const YamlEntry& entry) { return entry.key == name && is_operand(entry); });
  if (own == node_->entries.end() || within(use, own->value.span)) return outer_->lookup(name, use, diagnostics);
  if (const auto known = done_.find(name); known != done_.end()) {
    if (!known->second) diagnostics.error(fmt::format("key '{}' has no value", name), use);
    return known->second;
  }
  if (const auto start = std::find(running_.begin(), running_.end(), name); start != running_.end()) {
    std::vector<std::string> path(start, running_.end());
    path.emplace_back(name);
    diagnostics.error(fmt::format("key '{}' depends on itself: {}", name, fmt::join(path, " -> ")), use);
    return std::nullopt;
  }
  if (running_.size() >= longest_chain) {
    diagnostics.error(fmt::format("more than {} keys depend on one another in a chain", longest_chain), use);
    return std::nullopt;
  }
  running_.emplace_back(name);
  std::optional<Value> value = evaluate(own->value, *this, diagnostics);
  running_.pop_back();
  done_.emplace(name, value);
  return value;
}

std::vector<std::string> NodeScope::names() const {
  std::vector<std::string> result;
  for (const YamlEntry& entry : node_->entries) {
    if (is_operand(entry)) result.push_back(entry.key);
  }
  for (std::string& name : outer_->names()) {
    if (std::find(result.begin(), result.end(), name) == result.end()) result.push_back(std::move(name));
  }
  return result;
}

}  // namespace ohmloop
