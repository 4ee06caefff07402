#pragma once

#include <string>
#include <vector>

#include "ohmloop/mapper/map_layer.hpp"

namespace ohmloop {

/// What mappings are weighed by; less is better.
enum class MappingMetric {
  energy,    ///< dynamic and leakage
  latency,   ///< cycles
  area_use,  ///< share of the chip's area in the instances that the mapping uses
};

/// "energy,latency,area-use": two or three of them, each once; throws InputError at the place.
std::vector<MappingMetric> parse_metrics(const std::string& text, const SourceSpan& where = {});
std::string to_string(MappingMetric metric);

struct ParetoPoint {
  MappedLayer layer;
  double area_use = 0;
};

struct ParetoFront {
  std::vector<ParetoPoint> points;  ///< by area use, then by energy
  bool complete = true;             ///< no mapping outside is better in one metric and no worse in the others than all
  std::optional<NoMapping> none;    ///< set if no mapping is legal
};

/// All mappings of a layer that no other one beats in every metric; of those that are equal in all, the first of the
/// search. Found one after the other: the least energy, then the least among those that take fewer cycles, and so on,
/// for every area that choices of spatial loops can use; exact as `map_layer` is. Only mapspaces that are searched
/// exactly have one: throws InputError for the others. The objective of the options is not looked at.
ParetoFront pareto_mappings(const Einsum& einsum, const Architecture& architecture, const ReferenceTables& tables,
                            const std::vector<MappingMetric>& metrics, const MapOptions& options = {});

}  // namespace ohmloop
