#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ohmloop/analysis/counts.hpp"
#include "ohmloop/cost/evaluation.hpp"
#include "ohmloop/report/nest_line.hpp"
#include "ohmloop/report/run_report.hpp"
#include "ohmloop/report/text_table.hpp"

namespace ohmloop {

/// Words that one tensor moves at a level.
struct WordCounts {
  std::int64_t reads = 0;
  std::int64_t fills = 0;
  std::int64_t updates = 0;
  std::int64_t drains = 0;  ///< sums read out for the level above
};

/// A tensor at a memory that keeps it.
struct ModelTensor {
  std::string tensor;
  WordCounts busiest;  ///< of one instance, the busiest
  WordCounts total;    ///< of all instances
  double instances = 0;
  std::int64_t occupancy_words = 0;  ///< largest tile of one instance
  double energy_pj = 0;
};

struct ModelLevel {
  std::string name;
  std::vector<ModelTensor> tensors;
};

/// Values of one tensor that pass a converter.
struct ModelConverter {
  std::string name;
  std::string tensor;
  std::int64_t busiest = 0;
  std::int64_t total = 0;
  double instances = 0;
  double energy_pj = 0;
};

/// One layer under one mapping. Knows nothing of where the counts come from, so that every way of counting is printed
/// alike.
struct ModelReport {
  ToolVersion tool;
  std::vector<InputFile> inputs;
  std::string architecture;
  std::string layer;
  std::string counting;  ///< "exact" or "timeloop"
  std::int64_t computes = 0;
  std::int64_t cycles = 0;
  std::optional<double> latency_s;
  double energy_pj = 0;  ///< dynamic
  double leakage_pj = 0;
  double utilisation = 0;
  double area_um2 = 0;
  std::string bottleneck;
  std::vector<ModelLevel> levels;  ///< outermost first
  std::vector<ModelConverter> converters;
  std::vector<std::pair<std::string, double>> energy_by_component;  ///< pJ; sums to energy_pj
  std::string mapping;                                              ///< the loop nest as text
  std::vector<NestLine> nest;                                       ///< the same, line by line
  std::vector<Diagnostic> warnings;
};

/// Counts of our own analysis with what they cost. Inputs, layer and tool are the caller's.
ModelReport model_report(const Einsum& einsum, const Architecture& architecture, const ReferenceTables& tables,
                         const Mapping& mapping, const Counts& counts);

/// By the schema "ohmloop-model/1" (share/ohmloop/schemas/ohmloop-model-1.json).
std::string model_json(const ModelReport& report);
/// One row per level and tensor, then one per converter.
std::string model_csv(const ModelReport& report);
/// For people.
std::string model_table(const ModelReport& report, const TableStyle& style = {});

}  // namespace ohmloop
