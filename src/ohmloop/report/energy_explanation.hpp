#pragma once

#include <string>

#include "ohmloop/report/energy_report.hpp"

namespace ohmloop {

/// What to explain; an empty name means all of them.
struct ExplainedPart {
  std::string component;
  std::string action;
};

/// "adc:convert", "adc" or "all". A word that names no component or action is an error with the near names.
ExplainedPart parse_explained_part(const std::string& word, const SourceSpan& where, const SystemTables& tables,
                                   Diagnostics& diagnostics);

/// Where every number comes from: component with its place in the description and its attributes; per action the
/// energy, its estimator, source and derivation, and where there are counts, count x energy per tensor and arguments;
/// area and leakage likewise. `charged` may be null.
std::string explain_energy(const SystemTables& tables, const ChargedEnergy* charged, const ExplainedPart& part);

}  // namespace ohmloop
