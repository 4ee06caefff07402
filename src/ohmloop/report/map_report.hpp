#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/report/model_report.hpp"

namespace ohmloop {

/// What is known about the mapping that was found.
struct MapCertificate {
  bool optimal = false;        ///< nothing in the mapspace is better
  std::optional<double> gap;   ///< the value is at most 1 + gap times the optimum's; nothing: not known
  double mappings = 0;         ///< in the mapspace; 0: not counted
  std::string mapspace;        ///< in words
  std::int64_t evaluated = 0;  ///< partial and whole mappings that were looked at
  double seconds = 0;
};

/// The best mapping among those with another dataflow.
struct RunnerUp {
  std::string dataflow;
  double value = 0;  ///< of the objective
  double energy_pj = 0;
  std::int64_t cycles = 0;
  std::string mapping;  ///< the loop nest as text
};

/// How much a step of the search removed.
struct PruningStep {
  std::string name;
  std::int64_t removed = 0;
};

/// A mapping that no other one beats in every metric.
struct FrontPoint {
  double energy_pj = 0;  ///< dynamic and leakage
  std::int64_t cycles = 0;
  double area_use = 0;  ///< share of the chip's area in the instances that the mapping uses
  std::string dataflow;
  std::vector<NestLine> nest;
};

struct MapFront {
  std::vector<std::string> metrics;
  bool complete = true;  ///< else the search was stopped
  std::vector<FrontPoint> points;
};

/// The best mapping of one layer, evaluated, with what is known about it.
struct MapReport {
  ModelReport model;
  std::string objective;
  double value = 0;      ///< of the objective: pJ and cycles, multiplied as it says
  std::string dataflow;  ///< "weight stationary"
  MapCertificate certificate;
  std::optional<RunnerUp> runner_up;  ///< if it was asked for and there is one
  std::vector<PruningStep> pruning;   ///< if it was asked for
  std::optional<MapFront> front;      ///< if it was asked for
};

/// By the schema "ohmloop-map/1" (share/ohmloop/schemas/ohmloop-map-1.json).
std::string map_json(const MapReport& report);
/// A row per point of the front; without one, what `model_csv` gives.
std::string map_csv(const MapReport& report);
/// For people.
std::string map_table(const MapReport& report, const TableStyle& style = {});
/// "optimal in a mapspace of 3.1e14 mappings (12,000 evaluated, 0.08 s)".
std::string certificate_text(const MapCertificate& certificate);

}  // namespace ohmloop
