#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ohmloop/report/text_table.hpp"

namespace ohmloop {

struct ZooRow {
  std::string name;
  std::string description;
  std::string source;
  std::int64_t params = 0;
  std::int64_t macs = 0;         ///< of one input
  std::int64_t activations = 0;  ///< of one input
};

std::string zoo_table(const std::vector<ZooRow>& rows, const TableStyle& style = {});
/// A list of {"name", "description", "source", "params", "macs", "activations"}.
std::string zoo_json(const std::vector<ZooRow>& rows);
/// name,description,params,macs,activations
std::string zoo_csv(const std::vector<ZooRow>& rows);

}  // namespace ohmloop
