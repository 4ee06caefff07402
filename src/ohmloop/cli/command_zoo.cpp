#include "ohmloop/cli/commands.hpp"
#include "ohmloop/report/zoo_report.hpp"
#include "ohmloop/workload/zoo/zoo.hpp"

namespace ohmloop {

int zoo_command(const ParsedArguments& arguments, Terminal& terminal) {
  std::vector<ZooRow> rows;
  for (const ZooEntry& entry : zoo()) {
    const Network network = entry.build(1);
    rows.push_back({std::string(entry.name), std::string(entry.description), std::string(entry.source),
                    network.parameters(), network.macs(), network.activations()});
  }
  const std::string format = arguments.value("format").value_or("table");
  if (format == "json") {
    terminal.print(zoo_json(rows));
  } else if (format == "csv") {
    terminal.print(zoo_csv(rows));
  } else {
    terminal.print(zoo_table(rows, terminal.table_style()));
  }
  return 0;
}

}  // namespace ohmloop
