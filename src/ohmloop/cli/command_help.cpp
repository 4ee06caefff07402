#include <fmt/format.h>

#include "ohmloop/cli/commands.hpp"
#include "ohmloop/cli/help.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

int help_command(const ParsedArguments& arguments, Terminal& terminal) {
  if (arguments.has("markdown")) {
    terminal.print(reference_markdown());
  } else if (arguments.positional.empty()) {
    terminal.print(help_text(true));
  } else {
    const ArgumentText& name = arguments.positional.front();
    const CommandSpec* command = find_command(name.text);
    if (command == nullptr) {
      const std::vector<std::string> names = command_names();
      throw InputError(Diagnostic{Severity::error,
                                  fmt::format("unknown command '{}'", name.text),
                                  name.where,
                                  did_you_mean(name.text, names),
                                  {"commands: " + list_names(names)}});
    }
    terminal.print(help_text(*command, true));
  }
  return 0;
}

}  // namespace ohmloop
