#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/energy/reference_tables.hpp"
#include "ohmloop/mapping/read_mapping.hpp"
#include "ohmloop/report/run_report.hpp"
#include "ohmloop/workload/layer_file.hpp"

namespace ohmloop {

/// What a fixed mapping is evaluated from.
struct ModelInputs {
  Architecture architecture;
  ReferenceTables tables;
  Layer layer;
  Einsum einsum;  ///< the layer as the architecture computes it
  Mapping mapping;
  std::vector<InputFile> files;
  std::vector<Diagnostic> warnings;
};

enum class MappingNeed {
  given,   ///< one of the words
  sought,  ///< one that stands in the files is not looked at, with a warning
};

/// Reads the words of `ohmloop model`: an architecture (a file or a preset), a layer (a file or NETWORK:LAYER of the
/// zoo) and a mapping, in any order; a file is what its keys say, and may hold a layer and a mapping together. An ERT
/// and an ART among them take the place of the estimators. For `ohmloop map` the mapping is left out. Throws one
/// InputError with what is wrong in all of them, or IoError.
ModelInputs read_model_inputs(const ParsedArguments& arguments, MappingNeed need = MappingNeed::given);

/// The same of texts that are already at hand: architecture, layer and mapping, and of `tables` what they say under the
/// keys ERT and ART. `files` stays empty.
ModelInputs read_model_texts(const std::vector<SourceFilePtr>& texts, const std::vector<SourceFilePtr>& tables);

}  // namespace ohmloop
