#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/base/provenance.hpp"
#include "ohmloop/energy/reference_tables.hpp"
#include "ohmloop/network/evaluate_network.hpp"
#include "ohmloop/workload/network.hpp"

namespace ohmloop {

/// What was asked for, defaults filled in. Nothing that leaves the result alone (threads, formats) is in it.
struct RunSettings {
  std::string network;       ///< name of the zoo or path
  std::string architecture;  ///< preset or path
  std::int64_t batch = 1;
  MapperOptions mapper;
  std::vector<std::string> overrides;           ///< "path=value"
  std::vector<std::string> estimators;          ///< that alone were asked; empty: all
  std::vector<std::string> estimator_programs;  ///< commands
};

/// What is known of the values that pass a chip's arrays.
struct RunValues {
  bool matter = false;                     ///< whether an energy of the chip depends on them
  std::string source;                      ///< where they come from; empty: the classes' and the description's means
  std::vector<LayerMoments> of_node = {};  ///< by network node; empty without a source

  /// Layers of which anything is known.
  [[nodiscard]] std::int64_t layers() const;
};

/// A finished run: every layer was mapped.
struct RunReport {
  ToolVersion tool;
  std::vector<InputFile> inputs;
  RunSettings settings;
  Network network;
  Architecture architecture;
  ReferenceTables tables;
  RunValues values = {};
  NetworkEvaluation evaluation;
  std::vector<Diagnostic> warnings;  ///< of reading, estimating and evaluating
};

}  // namespace ohmloop
