#include "ohmloop/report/zoo_report.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ohmloop/report/layers_csv.hpp"
#include "ohmloop/report/table_cells.hpp"

namespace ohmloop {

std::string zoo_table(const std::vector<ZooRow>& rows, const TableStyle& style) {
  constexpr DisplayUnit millions = {"M", 1e6};
  TextTable table({{"network", "", Align::left},
                   {"description", "", Align::left, true},
                   {"parameters", "M"},
                   {"MACs", "M"},
                   {"activations", "M"}});
  for (const ZooRow& row : rows) {
    table.add_row({row.name, row.description, cell(static_cast<double>(row.params), millions),
                   cell(static_cast<double>(row.macs), millions),
                   cell(static_cast<double>(row.activations), millions)});
  }
  return table.render(style);
}

std::string zoo_json(const std::vector<ZooRow>& rows) {
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const ZooRow& row : rows) {
    json.push_back({{"name", row.name},
                    {"description", row.description},
                    {"source", row.source},
                    {"params", row.params},
                    {"macs", row.macs},
                    {"activations", row.activations}});
  }
  return json.dump(2) + "\n";
}

std::string zoo_csv(const std::vector<ZooRow>& rows) {
  std::string text = "name,description,params,macs,activations\n";
  for (const ZooRow& row : rows) {
    text += fmt::format("{},{},{},{},{}\n", csv_field(row.name), csv_field(row.description), row.params, row.macs,
                        row.activations);
  }
  return text;
}

}  // namespace ohmloop
