#include "ohmloop/timeloop/reading/read_tables.hpp"

#include <variant>

#include <fmt/format.h>

namespace ohmloop::timeloop {
namespace {

/// The maps of a reference table's list, each with a name.
std::vector<const YamlNode*> named_tables(const YamlNode& value, std::string_view what, Diagnostics& diagnostics) {
  const YamlNode* tables = value.is_map() ? value.find("tables") : nullptr;
  if (tables == nullptr || !tables->is_sequence()) {
    diagnostics.error(fmt::format("`{}` must have a list `tables`", what), value.span);
    return {};
  }
  std::vector<const YamlNode*> result;
  for (const YamlNode& table : tables->items) {
    const YamlNode* name = table.is_map() ? table.find("name") : nullptr;
    if (name != nullptr && name->is_scalar())
      result.push_back(&table);
    else
      diagnostics.error(fmt::format("a table of `{}` is a map with `name`", what), table.span);
  }
  return result;
}

/// Arguments may be texts, too: those don't decide anything here.
std::map<std::string, double, std::less<>> numeric_arguments(const YamlNode* arguments, const ReadContext& context) {
  std::map<std::string, double, std::less<>> result;
  if (arguments == nullptr || !arguments->is_map()) return result;
  for (const YamlEntry& entry : arguments->entries) {
    if (!entry.value.is_scalar()) continue;
    Diagnostics unheard;
    const auto value = evaluate_field(entry.value, context.dialect, context.scope, unheard);
    const auto* quantity = value ? std::get_if<Quantity>(&*value) : nullptr;
    if (quantity != nullptr) result[entry.key] = quantity->value;
  }
  return result;
}

}  // namespace

std::string component_of_path(std::string_view path) {
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '[') ++depth;
    if (path[i] == ']') --depth;
    if (path[i] == '.' && depth == 0) begin = i + 1;
  }
  path.remove_prefix(begin);
  return std::string(path.substr(0, path.find('[')));
}

std::vector<ErtTable> read_ert(const YamlNode& ert, const ReadContext& context) {
  std::vector<ErtTable> tables;
  for (const YamlNode* node : named_tables(ert, "ERT", context.diagnostics)) {
    const YamlNode* name = node->find("name");
    ErtTable table{.component = component_of_path(name->scalar), .actions = {}, .where = name->span};
    const YamlNode* actions = node->find("actions");
    for (const YamlNode* action : actions == nullptr ? std::vector<const YamlNode*>() : items_of(*actions)) {
      const YamlNode* action_name = action->is_map() ? action->find("name") : nullptr;
      const YamlNode* energy = action->is_map() ? action->find("energy") : nullptr;
      if (action_name == nullptr || energy == nullptr) {
        context.diagnostics.error("an action of the ERT is a map with `name` and `energy`", action->span);
        continue;
      }
      const auto value = context.number(*energy, "an energy");
      if (!value) continue;
      table.actions.push_back({.name = action_name->scalar,
                               .arguments = numeric_arguments(action->find("arguments"), context),
                               .energy_pj = *value});
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

std::vector<ArtTable> read_art(const YamlNode& art, const ReadContext& context) {
  std::vector<ArtTable> tables;
  for (const YamlNode* node : named_tables(art, "ART", context.diagnostics)) {
    const YamlNode* area = node->find("area");
    if (area == nullptr) {
      context.diagnostics.error("a table of the ART needs `area`", node->span);
      continue;
    }
    if (const auto value = context.number(*area, "an area")) {
      tables.push_back({.component = component_of_path(node->find("name")->scalar), .area_um2 = *value});
    }
  }
  return tables;
}

}  // namespace ohmloop::timeloop
