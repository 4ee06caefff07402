#include "ohmloop/arch/read_architecture.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/arch/check_structure.hpp"
#include "ohmloop/arch/node_reader.hpp"
#include "ohmloop/arch/overrides.hpp"
#include "ohmloop/arch/read_schedule.hpp"
#include "ohmloop/base/check.hpp"
#include "ohmloop/text/expression_names.hpp"

namespace ohmloop {
namespace {

constexpr std::int64_t format_version = 1;
constexpr std::int64_t widest_operand = 64;

/// The variables, and fitted constants, technology and clock among them, so that expressions may use those too.
YamlNode named_values(const YamlNode& root) {
  YamlNode values;
  values.kind = YamlNode::Kind::map;
  values.span = root.span;
  if (const YamlNode* variables = root.find("variables"); variables != nullptr && !variables->is_null()) {
    if (!variables->is_map()) return *variables;  // the scope reports it
    values = *variables;
  }
  if (const YamlNode* fitted = root.find("fitted"); fitted != nullptr && fitted->is_map()) {
    for (const YamlEntry& entry : fitted->entries) {
      if (values.find(entry.key) == nullptr) values.entries.push_back(entry);
    }
  }
  for (const YamlEntry& entry : root.entries) {
    const bool named = entry.key == "technology" || entry.key == "clock";
    if (named && values.find(entry.key) == nullptr) values.entries.push_back(entry);
  }
  return values;
}

/// Evaluates every variable, used or not, so that each error is told once.
std::map<std::string, Value> evaluate_all(const YamlNode& values, Scope& scope, Diagnostics& diagnostics) {
  std::map<std::string, Value> result;
  for (const YamlEntry& entry : values.entries) {
    Diagnostics found;
    std::optional<Value> value = scope.lookup(entry.key, entry.key_span, found);
    for (const Diagnostic& each : found.all()) {
      // What stands at the key itself only repeats that an earlier error left the variable without a value.
      const bool repeated = each.where.line == entry.key_span.line && each.where.column == entry.key_span.column &&
                            each.where.file == entry.key_span.file;
      if (!repeated) diagnostics.error(each.message, each.where, each.label, each.notes);
    }
    if (value) result.emplace(entry.key, std::move(*value));
  }
  return result;
}

class FileReader {
 public:
  FileReader(const YamlNode& root, Architecture& architecture, Diagnostics& diagnostics)
      : values_(named_values(root)),
        scope_(values_, nullptr, diagnostics),
        keys_(root, "the architecture", scope_, diagnostics),
        architecture_(architecture),
        diagnostics_(diagnostics) {}

  void run() {
    read_version();
    read_texts();
    keys_.mark_known("variables");
    architecture_.variables = evaluate_all(values_, scope_, diagnostics_);
    read_fitted();
    ReadContext context{scope_, diagnostics_, {}, {}, has_array(), architecture_.fitted_names};
    read_technology(context);
    read_clock(context);
    read_bits(context);
    read_nodes(context);
    read_schedule(keys_, context, architecture_);
    for (PlacedWord& word : read_words(keys_, "tables", diagnostics_)) {
      architecture_.tables.emplace_back(std::move(word.text), std::move(word.where));
    }
    if (const YamlNode* components = keys_.node("components")) architecture_.components = *components;
    keys_.finish();
  }

 private:
  void read_version() {
    if (keys_.required_node("ohmloop") == nullptr) return;
    const auto version = keys_.integer("ohmloop", dimension::none, 0);
    if (!version || *version == format_version) return;
    diagnostics_.error(fmt::format("version {} of the format is not known", *version), keys_.node("ohmloop")->span,
                       fmt::format("this program reads version {}", format_version));
  }

  void read_texts() {
    if (auto name = keys_.text("name")) architecture_.name = std::move(*name);
    if (auto text = keys_.text("description")) architecture_.description = std::move(*text);
    if (auto text = keys_.text("source")) architecture_.citation = std::move(*text);
  }

  void read_fitted() {
    const YamlNode* fitted = keys_.node("fitted");
    if (fitted == nullptr || fitted->is_null()) return;
    if (!fitted->is_map()) {
      diagnostics_.error(fmt::format("expected a map of fitted constants, found {}", kind_name(*fitted)), fitted->span,
                         "as in {adc_energy: 1.79 pJ}");
      return;
    }
    for (const YamlEntry& entry : fitted->entries) {
      const YamlEntry* same = entry_of(values_, entry.key);
      const bool itself = same != nullptr && same->key_span.line == entry.key_span.line &&
                          same->key_span.column == entry.key_span.column;
      if (same != nullptr && !itself) {
        diagnostics_.error(fmt::format("'{}' is a variable, too", entry.key), entry.key_span, {},
                           {"the variable is at " + to_string(same->key_span)});
      }
      const auto value = architecture_.variables.find(entry.key);
      if (value == architecture_.variables.end()) continue;
      architecture_.fitted.push_back({entry.key, value->second, entry.value.span});
      architecture_.fitted_names.insert(entry.key);
    }
    architecture_.fitted_names = with_dependents(std::move(architecture_.fitted_names), values_.entries);
  }

  static const YamlEntry* entry_of(const YamlNode& map, std::string_view key) {
    const auto found =
        std::find_if(map.entries.begin(), map.entries.end(), [&](const YamlEntry& entry) { return entry.key == key; });
    return found == map.entries.end() ? nullptr : &*found;
  }

  /// A variable's value where it is a positive quantity of the dimension.
  std::optional<double> positive(const std::string& key, Dimension wanted) {
    const YamlNode* at = keys_.node(key);
    if (at == nullptr) return std::nullopt;
    const auto found = architecture_.variables.find(key);
    if (found == architecture_.variables.end()) return std::nullopt;
    const auto* quantity = std::get_if<Quantity>(&found->second);
    if (quantity != nullptr && quantity->dimension == wanted && quantity->value > 0) return quantity->value;
    diagnostics_.error(fmt::format("'{}' must be {}, not {}", key, describe(wanted), to_string(found->second)),
                       at->span, quantity != nullptr && quantity->dimension == wanted ? "must be more than 0" : "");
    return std::nullopt;
  }

  void read_technology(ReadContext& context) {
    const std::optional<double> metres = positive("technology", dimension::length);
    if (!metres) return;
    architecture_.technology_nm = *metres * 1e9;
    context.technology = Attribute{Quantity{*metres, dimension::length}, keys_.node("technology")->span, true};
  }

  void read_clock(ReadContext& context) {
    if (keys_.required_node("clock") == nullptr) return;
    context.clock_hertz = positive("clock", dimension::frequency);
    if (context.clock_hertz) architecture_.clock_hertz = *context.clock_hertz;
  }

  void read_bits(ReadContext& context) {
    if (context.has_array) {
      if (keys_.has("bits")) {
        diagnostics_.error("the widths of an architecture with an !Array stand at the array", keys_.key_span("bits"),
                           "move them there, as in input: {bits: 16}");
      }
      return;
    }
    const YamlNode* map = keys_.required_node("bits");
    if (map == nullptr) return;
    MapReader widths(*map, "'bits'", scope_, diagnostics_);
    const auto width = [&](const char* role) {
      const bool there = widths.required_node(role) != nullptr;
      return static_cast<int>(there ? widths.integer_in_bits(role, 1, widest_operand).value_or(1) : 1);
    };
    architecture_.bits = {width("input"), width("weight"), width("output")};
    widths.finish();
  }

  bool has_array() {
    const YamlNode* nodes = keys_.node("architecture");
    if (nodes == nullptr) return false;
    for (const YamlNode& node : nodes->items) {
      if (node.tag == "!Array") return true;
    }
    return false;
  }

  void read_nodes(ReadContext& context) {
    const YamlNode* nodes = keys_.required_node("architecture");
    if (nodes == nullptr) return;
    if (!nodes->is_sequence() || nodes->items.empty()) {
      diagnostics_.error(fmt::format("expected a list of nodes for 'architecture', found {}",
                                     nodes->is_sequence() ? "an empty list" : kind_name(*nodes)),
                         nodes->span, "as in - !Memory {name: buffer, class: sram, size: 64 KiB, width: 64 bit}");
      return;
    }
    for (const YamlNode& node : nodes->items) read_node(node, context, architecture_);
  }

  YamlNode values_;
  VariableScope scope_;
  MapReader keys_;
  Architecture& architecture_;
  Diagnostics& diagnostics_;
};

/// "my-chip" of "designs/my-chip.yaml", "isaac" of "preset:isaac".
std::string name_from_path(const std::string& path) {
  const std::size_t start = path.find_last_of("/:") + 1;
  const std::size_t dot = path.find_last_of('.');
  return path.substr(start, dot == std::string::npos || dot < start ? std::string::npos : dot - start);
}

}  // namespace

std::optional<Architecture> read_what_is_there(const SourceFilePtr& source, std::span<const Override> overrides,
                                               Diagnostics& diagnostics) {
  YamlNode root = parse_yaml(source, diagnostics);
  if (!root.is_map()) {
    // A file that isn't YAML has been reported as such.
    if (diagnostics.has_errors()) return std::nullopt;
    diagnostics.error(
        fmt::format("expected an architecture: a map with the keys ohmloop, clock and architecture, found {}",
                    kind_name(root)),
        root.span.empty() ? SourceSpan{source, 1, 1, 1} : root.span);
    return std::nullopt;
  }
  Architecture architecture;
  architecture.source = source;
  architecture.name = name_from_path(source->path);
  apply_overrides(root, overrides, diagnostics);
  FileReader(root, architecture, diagnostics).run();
  // Nodes that could not be read would only bring errors that follow from their own.
  if (!diagnostics.has_errors()) check_structure(architecture, diagnostics);
  return architecture;
}

Architecture read_architecture(const SourceFilePtr& source, std::span<const Override> overrides,
                               Diagnostics& diagnostics) {
  Diagnostics found;
  std::optional<Architecture> architecture = read_what_is_there(source, overrides, found);
  found.throw_if_errors();
  OHM_CHECK(architecture.has_value(), "what can't be read is an error");
  for (const Diagnostic& each : found.all()) diagnostics.warning(each.message, each.where, each.label, each.notes);
  return *std::move(architecture);
}

}  // namespace ohmloop
