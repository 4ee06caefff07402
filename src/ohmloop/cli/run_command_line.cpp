#include "ohmloop/cli/run_command_line.hpp"

#include <new>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/base/file.hpp"
#include "ohmloop/cli/commands.hpp"
#include "ohmloop/cli/help.hpp"
#include "ohmloop/cli/interrupt.hpp"
#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/cli/terminal.hpp"
#include "ohmloop/cli/version.hpp"

namespace ohmloop {

namespace {

constexpr int exit_done = 0;
constexpr int exit_wrong_input = 2;
constexpr int exit_io = 3;
constexpr int exit_internal = 70;
constexpr int exit_interrupted = 130;

ColourMode colour_mode(const std::string& word) {
  if (word == "always") return ColourMode::always;
  return word == "never" ? ColourMode::never : ColourMode::automatic;
}

int dispatch(const ParsedArguments& arguments, Terminal& terminal) {
  const CommandSpec& command = *arguments.command;
  if (command.name == "run") return run_command(arguments, terminal);
  if (command.name == "sweep") return sweep_command(arguments, terminal);
  if (command.name == "study") return study_command(arguments, terminal);
  if (command.name == "plot") return plot_command(arguments, terminal);
  if (command.name == "report") return report_command(arguments, terminal);
  if (command.name == "accuracy") return accuracy_command(arguments, terminal);
  if (command.name == "map") return map_command(arguments, terminal);
  if (command.name == "model") return model_command(arguments, terminal);
  if (command.name == "convert") return convert_command(arguments, terminal);
  if (command.name == "energy") return energy_command(arguments, terminal);
  if (command.name == "parts") return parts_command(arguments, terminal);
  if (command.name == "show") return show_command(arguments, terminal);
  if (command.name == "zoo") return zoo_command(arguments, terminal);
  if (command.name == "check") return check_command(arguments, terminal);
  return help_command(arguments, terminal);
}

int answer(std::span<const std::string> arguments, Terminal& terminal) {
  if (arguments.empty()) {
    terminal.note(help_text(false));
    return exit_wrong_input;
  }
  const ParsedArguments parsed = parse_arguments(arguments);
  if (parsed.version) {
    terminal.print(to_string(tool_version()) + "\n");
    return exit_done;
  }
  if (parsed.help != HelpRequest::none) {
    const bool full = parsed.help == HelpRequest::full;
    terminal.print(parsed.command == nullptr ? help_text(full) : help_text(*parsed.command, full));
    return exit_done;
  }
  terminal.set_colours(colour_mode(parsed.value("color").value_or("auto")));
  return dispatch(parsed, terminal);
}

int report_bug(std::span<const std::string> arguments, Terminal& terminal, const std::string& what) {
  std::vector<SourceSpan> words;
  terminal.complain(
      fmt::format("internal error: {}", what),
      {"this is a bug of ohmloop, not of your input; please report it with the two lines below and the files",
       to_string(tool_version()), command_line_source(arguments, words)->text});
  return exit_internal;
}

}  // namespace

int run_command_line(std::span<const std::string> arguments, std::ostream& out, std::ostream& err, bool out_is_terminal,
                     bool err_is_terminal) {
  Terminal terminal(out, err, out_is_terminal, err_is_terminal);
  try {
    return answer(arguments, terminal);
  } catch (const ClosedPipe&) {
    return exit_done;
  } catch (const Interrupted&) {
    terminal.note("interrupted; nothing was written");
    return exit_interrupted;
  } catch (const InputError& error) {
    terminal.explain(error.diagnostics());
    return exit_wrong_input;
  } catch (const OverflowError& error) {
    terminal.complain(fmt::format("the sizes are too large: {}", error.what()),
                      {"all counts must fit into 64 bits; a smaller batch or layer may help"});
    return exit_wrong_input;
  } catch (const IoError& error) {
    terminal.complain(error.what());
    return exit_io;
  } catch (const FileError& error) {
    terminal.complain(error.what());
    return exit_io;
  } catch (const std::bad_alloc&) {
    return report_bug(arguments, terminal, "out of memory");
  } catch (const std::exception& error) {
    return report_bug(arguments, terminal, error.what());
  } catch (...) {
    return report_bug(arguments, terminal, "an exception of an unknown kind");
  }
}

}  // namespace ohmloop
