#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/cli/commands.hpp"
#include "ohmloop/cli/estimator_options.hpp"
#include "ohmloop/report/parts_report.hpp"
#include "ohmloop/study/sweep_values.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

namespace {

/// One `--set` or `--sweep`.
struct Assignment {
  std::string name;
  std::string value;
  SourceSpan where;
};

Assignment parse_assignment(const ArgumentText& word) {
  Override parsed = parse_override(word.text);
  return {std::move(parsed.path), std::move(parsed.value), word.where};
}

const ComponentClass& find_class(const ArgumentText& word, const Registry& registry) {
  const ComponentClass* found = registry.classes().find(word.text);
  if (found != nullptr) return *found;
  const std::vector<std::string> names = registry.classes().names();
  throw InputError(Diagnostic{Severity::error,
                              fmt::format("unknown component class '{}'", word.text),
                              word.where,
                              did_you_mean(word.text, names),
                              {"classes: " + list_names(names)}});
}

class PartReader {
 public:
  PartReader(const ArgumentText& class_word, const Registry& registry)
      : registry_(registry), class_(find_class(class_word, registry)) {
    given_.class_name = class_.name;
    given_.what = "the component";
    given_.where = class_word.where;
  }

  void set(const Assignment& one) {
    if (const std::optional<Value> value = parse_attribute_value(one.value, one.where, diagnostics_)) {
      assign(given_, one, *value);
    }
  }

  [[nodiscard]] bool any_set() const { return !given_.attributes.empty(); }

  PartReport at_given() {
    PartReport report;
    report.component_class = &class_;
    if (any_set()) report.figures = figures(given_, report.attributes);
    diagnostics_.throw_if_errors();
    return report;
  }

  PartSweep sweep(const Assignment& over) {
    PartSweep result;
    result.component_class = &class_;
    result.attribute = over.name;
    const std::vector<Value> values = parse_sweep(over.value, over.where, diagnostics_);
    for (const Value& value : values) add_point(over, value, result);
    diagnostics_.throw_if_errors();
    return result;
  }

 private:
  /// Memories are often described by their words: `depth` stands for size / width.
  [[nodiscard]] bool stands_for_size(const std::string& name) const {
    return name == "depth" && class_.attribute("depth") == nullptr && class_.attribute("size") != nullptr &&
           class_.attribute("width") != nullptr;
  }

  void assign(ComponentInstance& part, const Assignment& one, const Value& value) const {
    part.attributes[one.name] = {value, one.where, AttributeOrigin::stated, one.where};
  }

  void depth_to_size(ComponentInstance& part) const {
    const auto depth = part.attributes.find("depth");
    if (depth == part.attributes.end() || !stands_for_size("depth")) return;
    const auto width = part.attributes.find("width");
    const auto* words = std::get_if<Quantity>(&depth->second.value);
    const auto* bits = width == part.attributes.end() ? nullptr : std::get_if<Quantity>(&width->second.value);
    if (words == nullptr || bits == nullptr) return;
    part.attributes["size"] = {Quantity{words->value * bits->value, dimension::bits}, depth->second.where};
    part.attributes.erase(depth);
  }

  std::vector<PartFigure> figures(ComponentInstance part, std::string& description) {
    depth_to_size(part);
    Diagnostics found;
    const bool good = complete_attributes(class_, part, found);
    // Every point of a sweep would tell the same.
    if (!diagnostics_.has_errors()) {
      for (const Diagnostic& one : found.all()) diagnostics_.error(one.message, one.where, one.label, one.notes);
    }
    if (!good) return {};
    description = describe_attributes(class_, part.attributes);
    return part_figures(registry_, class_, part.attributes);
  }

  void add_point(const Assignment& over, const Value& value, PartSweep& sweep) {
    ComponentInstance part = given_;
    assign(part, over, value);
    std::string description;
    PartSweep::Point point;
    point.figures = figures(part, description);
    const auto* quantity = std::get_if<Quantity>(&value);
    if (quantity == nullptr) {
      diagnostics_.error("a sweep goes over numbers", over.where, "for words, ask for one after the other with --set");
      return;
    }
    const AttributeSpec* spec = class_.attribute(over.name);
    const bool plain = spec == nullptr || spec->in_base <= 0 || quantity->dimension == dimension::none;
    sweep.unit = spec == nullptr ? "words" : spec->unit;
    point.value = plain ? quantity->value : quantity->value / spec->in_base;
    if (sweep.points.empty()) sweep.attributes = description;
    sweep.points.push_back(std::move(point));
  }

  const Registry& registry_;
  const ComponentClass& class_;
  ComponentInstance given_;
  Diagnostics diagnostics_;
};

/// Options that ask about one class make no sense for the list.
void require_class(const ParsedArguments& arguments) {
  for (const char* option : {"set", "sweep"}) {
    if (!arguments.has(option)) continue;
    throw InputError(Diagnostic{Severity::error,
                                fmt::format("option '--{}' needs a class", option),
                                arguments.values(option).front().where,
                                "as in: ohmloop parts sram --set width=64",
                                {}});
  }
}

std::string print_list(const std::string& format, const Registry& registry, const TableStyle& style) {
  if (format == "json") return parts_json(registry);
  return format == "csv" ? parts_csv(registry) : parts_table(registry, style);
}

std::string print_part(const std::string& format, const PartReport& report, const Registry& registry,
                       const TableStyle& style) {
  if (format == "json") return part_json(report, registry);
  return format == "csv" ? part_csv(report) : part_table(report, registry, style);
}

std::string print_sweep(const std::string& format, const PartSweep& sweep, const TableStyle& style) {
  if (format == "json") return sweep_json(sweep);
  return format == "csv" ? sweep_csv(sweep) : sweep_table(sweep, style);
}

}  // namespace

int parts_command(const ParsedArguments& arguments, Terminal& terminal) {
  Registry registry;
  register_estimators(arguments, registry);
  const std::string format = arguments.value("format").value_or("table");
  if (arguments.positional.empty()) {
    require_class(arguments);
    terminal.print(print_list(format, registry, terminal.table_style()));
    return 0;
  }
  PartReader reader(arguments.positional.front(), registry);
  for (const ArgumentText& word : arguments.values("set")) reader.set(parse_assignment(word));
  if (arguments.has("sweep")) {
    const PartSweep sweep = reader.sweep(parse_assignment(arguments.values("sweep").back()));
    terminal.print(print_sweep(format, sweep, terminal.table_style()));
  } else {
    terminal.print(print_part(format, reader.at_given(), registry, terminal.table_style()));
  }
  return 0;
}

}  // namespace ohmloop
