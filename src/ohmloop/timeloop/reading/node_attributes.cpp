#include "ohmloop/timeloop/reading/node_attributes.hpp"

#include <cmath>
#include <variant>

#include <fmt/format.h>

#include "ohmloop/timeloop/reading/read_context.hpp"

namespace ohmloop::timeloop {
namespace {

constexpr double largest_whole = static_cast<double>(std::int64_t{1} << 40);

bool means_infinite(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr && (*text == "inf" || *text == "INF" || *text == "Inf" || *text == ".inf");
}

}  // namespace

NodeAttributes::NodeAttributes(const FieldNode& node, Diagnostics& diagnostics)
    : node_(&node), diagnostics_(&diagnostics) {
  for (const auto& [name, attribute] : node.attributes) attributes_[with_underscores(name)] = &attribute;
}

const NodeAttributes::Attributes::value_type* NodeAttributes::find_entry(Names names) const {
  for (const std::string_view name : names) {
    const auto found = attributes_.find(name);
    if (found != attributes_.end()) return &*found;
  }
  return nullptr;
}

const ComponentAttribute* NodeAttributes::find(Names names) const {
  const auto* entry = find_entry(names);
  return entry == nullptr ? nullptr : entry->second;
}

void NodeAttributes::report(Names names, std::string_view expected) const {
  const auto* entry = find_entry(names);
  diagnostics_->error(fmt::format("'{}' of '{}' must be {}, found {}", entry->first, node_->name, expected,
                                  to_string(entry->second->value)),
                      entry->second->where);
}

bool NodeAttributes::is_infinite(Names names) const {
  const ComponentAttribute* attribute = find(names);
  return attribute != nullptr && means_infinite(attribute->value);
}

std::optional<double> NodeAttributes::number(Names names) const {
  const ComponentAttribute* attribute = find(names);
  if (attribute == nullptr || means_infinite(attribute->value)) return std::nullopt;
  const auto* quantity = std::get_if<Quantity>(&attribute->value);
  if (quantity != nullptr && quantity->dimension == dimension::none) return quantity->value;
  report(names, "a number");
  return std::nullopt;
}

std::optional<std::int64_t> NodeAttributes::whole(Names names, std::int64_t low) const {
  const std::optional<double> value = number(names);
  if (!value) return std::nullopt;
  if (*value == std::floor(*value) && *value >= static_cast<double>(low) && *value <= largest_whole) {
    return static_cast<std::int64_t>(*value);
  }
  report(names, fmt::format("a whole number of at least {}", low));
  return std::nullopt;
}

std::string NodeAttributes::text(Names names) const {
  const ComponentAttribute* attribute = find(names);
  const auto* text = attribute == nullptr ? nullptr : std::get_if<std::string>(&attribute->value);
  return text == nullptr ? std::string() : *text;
}

std::optional<bool> NodeAttributes::truth(Names names) const {
  const ComponentAttribute* attribute = find(names);
  if (attribute == nullptr) return std::nullopt;
  if (const auto* truth = std::get_if<bool>(&attribute->value)) return *truth;
  if (const auto* quantity = std::get_if<Quantity>(&attribute->value)) return quantity->value != 0;
  report(names, "true or false");
  return std::nullopt;
}

SourceSpan NodeAttributes::where(Names names) const {
  const ComponentAttribute* attribute = find(names);
  return attribute == nullptr ? node_->where : attribute->where;
}

}  // namespace ohmloop::timeloop
