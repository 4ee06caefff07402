#include <fmt/format.h>

#include "ohmloop/arch/describe.hpp"
#include "ohmloop/cli/commands.hpp"
#include "ohmloop/cli/estimator_options.hpp"
#include "ohmloop/energy/write_tables.hpp"
#include "ohmloop/report/architecture_table.hpp"
#include "ohmloop/report/network_table.hpp"
#include "ohmloop/study/chosen_inputs.hpp"
#include "ohmloop/text/suggest.hpp"
#include "ohmloop/workload/zoo/zoo.hpp"

namespace ohmloop {

namespace {

enum class Kind { architecture, network };

/// What a word means; throws InputError if it means nothing.
Kind kind_of(const ArgumentText& name) {
  if (find_preset(name.text) != nullptr) return Kind::architecture;
  if (find_zoo_entry(name.text) != nullptr) return Kind::network;
  if (means_file(name.text)) {
    require_file(name);
    return is_onnx_file(name.text) ? Kind::network : Kind::architecture;
  }
  std::vector<std::string> known = preset_names();
  const std::vector<std::string> networks = zoo_names();
  std::vector<std::string> notes = {fmt::format("architectures: {}", list_names(known)),
                                    fmt::format("networks: {}", list_names(networks)), "or the path of a file"};
  known.insert(known.end(), networks.begin(), networks.end());
  throw InputError(Diagnostic{Severity::error, fmt::format("unknown architecture or network '{}'", name.text),
                              name.where, did_you_mean(name.text, known), std::move(notes)});
}

/// An option that has no meaning for what is shown.
void refuse_option(const ParsedArguments& arguments, const std::string& option, const std::string& what) {
  if (!arguments.has(option)) return;
  throw InputError(Diagnostic{Severity::error,
                              fmt::format("option '--{}' means nothing for {}", option, what),
                              arguments.values(option).front().where,
                              {},
                              {}});
}

void show_network(const ParsedArguments& arguments, Terminal& terminal) {
  refuse_option(arguments, "yaml", "a network");
  refuse_option(arguments, "tables", "a network");
  refuse_option(arguments, "set", "a network");
  for (const char* option : estimator_option_names()) refuse_option(arguments, option, "a network");
  const NetworkInput input = open_network(arguments.positional.front(), arguments.number("batch").value_or(1));
  terminal.print(network_table(input.network, terminal.table_style()));
  terminal.explain(input.network.warnings);
}

void show_architecture(const ParsedArguments& arguments, Terminal& terminal) {
  refuse_option(arguments, "batch", "an architecture");
  const ArgumentText& name = arguments.positional.front();
  if (arguments.has("yaml")) {
    refuse_option(arguments, "set", "the text of an architecture");
    refuse_option(arguments, "tables", "the text of an architecture");
    for (const char* option : estimator_option_names()) refuse_option(arguments, option, "the text of an architecture");
    terminal.print(open_architecture_source(name)->text);
    return;
  }
  Diagnostics diagnostics;
  const ArchitectureInput input =
      open_architecture_input(name, arguments.values("set"), chosen_estimators(arguments), diagnostics);
  if (arguments.has("tables")) {
    terminal.print(write_reference_tables(input.architecture, input.tables));
  } else {
    terminal.print(to_text(input.architecture) + "\n" +
                   architecture_table(input.architecture, input.tables, terminal.table_style()));
  }
  terminal.explain(diagnostics.warnings());
}

}  // namespace

int show_command(const ParsedArguments& arguments, Terminal& terminal) {
  if (kind_of(arguments.positional.front()) == Kind::network) {
    show_network(arguments, terminal);
  } else {
    show_architecture(arguments, terminal);
  }
  return 0;
}

}  // namespace ohmloop
