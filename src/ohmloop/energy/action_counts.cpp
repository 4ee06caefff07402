#include "ohmloop/energy/action_counts.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/text/map_reader.hpp"

namespace ohmloop {
namespace {

class CountsReader {
 public:
  explicit CountsReader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  ActionCounts run(const YamlNode& root) {
    MapReader reader(root, "action_counts", scope_, diagnostics_);
    reader.mark_known("version");
    reader.mark_known("name");
    if (const std::optional<double> runtime = reader.number("runtime", dimension::time)) read_runtime(reader, *runtime);
    if (root.is_map() && root.find("local") == nullptr && root.find("subtree") == nullptr) {
      diagnostics_.error("action_counts has neither 'local' nor 'subtree'", root.span,
                         "a list of components goes here");
    }
    read_children(reader, "");
    reader.finish();
    return std::move(result_);
  }

 private:
  void read_runtime(const MapReader& reader, double seconds) {
    result_.runtime_s = seconds;
    if (seconds >= 0) return;
    diagnostics_.error("'runtime' cannot be negative", reader.map().find("runtime")->span);
  }

  /// The components of `local` and the parts of `subtree`, with what their names begin with.
  void read_children(MapReader& reader, const std::string& path) {
    for_each(reader, "local", [&](const YamlNode& item) { read_component(item, path); });
    for_each(reader, "subtree", [&](const YamlNode& item) { read_subtree(item, path); });
  }

  template <class Read>
  void for_each(MapReader& reader, std::string_view key, Read read) {
    const YamlNode* list = reader.node(key);
    if (list == nullptr || list->is_null()) return;
    if (!list->is_sequence()) {
      diagnostics_.error(fmt::format("expected a list for '{}' of {}, found {}", key, reader.what(), kind_name(*list)),
                         list->span);
      return;
    }
    for (const YamlNode& item : list->items) read(item);
  }

  void read_subtree(const YamlNode& item, const std::string& path) {
    MapReader reader(item, "a subtree of action_counts", scope_, diagnostics_);
    const std::optional<std::string> name = reader.required_text("name");
    read_children(reader, name ? join(path, *name) : path);
    reader.finish();
  }

  void read_component(const YamlNode& item, const std::string& path) {
    MapReader reader(item, "a component of action_counts", scope_, diagnostics_);
    const std::optional<std::string> name = reader.required_text("name");
    const YamlNode* list = reader.required_node("action_counts");
    reader.finish();
    if (!name || list == nullptr || list->is_null()) return;
    const std::string component = join(path, *name);
    if (!list->is_sequence()) {
      diagnostics_.error(fmt::format("expected a list of actions for '{}', found {}", component, kind_name(*list)),
                         list->span);
      return;
    }
    for (const YamlNode& action : list->items) read_action(action, component, item.find("name")->span);
  }

  void read_action(const YamlNode& item, const std::string& component, const SourceSpan& component_where) {
    MapReader reader(item, fmt::format("an action of '{}'", component), scope_, diagnostics_);
    ActionCount count;
    count.component = component;
    count.where = component_where;
    count.component_where = component_where;
    if (const std::optional<std::string> name = reader.required_text("name")) {
      count.action = *name;
      count.where = item.find("name")->span;
    }
    reader.required_node("counts");
    const std::optional<double> number = reader.number("counts", dimension::none);
    count.tensor = reader.text("tensor").value_or("");
    read_arguments(reader, count);
    reader.finish();
    if (!number || count.action.empty()) return;
    count.count = *number;
    if (*number < 0) {
      diagnostics_.error(
          fmt::format("'{}' of '{}' happened {} times", count.action, component, shortest_double(*number)),
          item.find("counts")->span, "a count cannot be negative");
    }
    result_.actions.push_back(std::move(count));
  }

  void read_arguments(MapReader& reader, ActionCount& count) {
    const YamlNode* map = reader.node("arguments");
    if (map == nullptr || map->is_null()) return;
    MapReader arguments(*map, fmt::format("the arguments of '{}' of '{}'", count.action, count.component), scope_,
                        diagnostics_);
    for (const YamlEntry& entry : map->entries) {
      if (const std::optional<double> value = arguments.number(entry.key, dimension::none)) {
        count.arguments[entry.key] = *value;
      }
    }
  }

  static std::string join(const std::string& path, const std::string& name) {
    return path.empty() ? name : path + "." + name;
  }

  Diagnostics& diagnostics_;
  EmptyScope scope_;
  ActionCounts result_;
};

/// A name as a YAML scalar: in quotes unless it is surely a plain string.
std::string yaml_name(const std::string& name) {
  constexpr std::array<std::string_view, 6> words = {"true", "false", "null", "yes", "no", "on"};
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
           c == '[' || c == ']';
  };
  const bool letter = !name.empty() && ((name[0] >= 'a' && name[0] <= 'z') || (name[0] >= 'A' && name[0] <= 'Z'));
  const bool word = std::find(words.begin(), words.end(), name) != words.end();
  if (letter && !word && std::all_of(name.begin(), name.end(), plain)) return name;
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

void write_action(const ActionCount& count, std::string& text) {
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "    - name: {}\n", yaml_name(count.action));
  if (!count.tensor.empty()) fmt::format_to(out, "      tensor: {}\n", yaml_name(count.tensor));
  if (!count.arguments.empty()) text += "      arguments:\n";
  for (const auto& [name, value] : count.arguments) {
    fmt::format_to(out, "        {}: {}\n", yaml_name(name), shortest_double(value));
  }
  fmt::format_to(out, "      counts: {}\n", shortest_double(count.count));
}

}  // namespace

ActionCounts read_action_counts(const YamlNode& action_counts, Diagnostics& diagnostics) {
  return CountsReader(diagnostics).run(action_counts);
}

std::string write_action_counts(const ActionCounts& counts) {
  std::string text = "action_counts:\n  version: 0.4\n";
  if (counts.runtime_s > 0) text += fmt::format("  runtime: {} s\n", shortest_double(counts.runtime_s));
  text += counts.actions.empty() ? "  local: []\n" : "  local:\n";
  const std::string* component = nullptr;
  for (const ActionCount& count : counts.actions) {
    if (component == nullptr || *component != count.component) {
      text += fmt::format("  - name: {}\n    action_counts:\n", yaml_name(count.component));
    }
    component = &count.component;
    write_action(count, text);
  }
  return text;
}

}  // namespace ohmloop
