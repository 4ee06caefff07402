#pragma once

#include <string>
#include <vector>

#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/report/run_report.hpp"
#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// What a YAML file of a chip's description says, by its top-level keys.
enum class ChipFileKind {
  native,  ///< our own description
  counts,  ///< `action_counts:` and nothing else
  field    ///< files of Accelergy and Timeloop
};

/// One file (or preset) of a chip's description.
struct ChipFile {
  SourceFilePtr source;
  YamlNode root;
  ChipFileKind kind = ChipFileKind::field;
  bool from_folder = false;  ///< it was not named itself, but lies in a folder that was
  ArgumentText argument;     ///< the word that led to it
};

/// Presets, files and folders in any order; a folder stands for all YAML files in it and the folders below, in the
/// order of their paths. No file comes twice. Throws InputError (no such file, a folder without YAML files, syntax) or
/// IoError.
std::vector<ChipFile> open_chip_files(const std::vector<ArgumentText>& words);

/// Path and checksum, for reports.
InputFile input_file(const SourceFile& source);

}  // namespace ohmloop
