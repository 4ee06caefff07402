#pragma once

#include <string>
#include <vector>

#include "ohmloop/cli/model_inputs.hpp"
#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/report/model_report.hpp"
#include "ohmloop/text/source.hpp"
#include "ohmloop/timeloop/reading/native.hpp"

namespace ohmloop {

/// The files among the words, those of folders included, if they are Timeloop's (one of them has a key that only its
/// files have); empty if they are ours. ERT and ART alone make them Timeloop's only where nothing else is ours. Throws
/// InputError, also where some are ours and some Timeloop's, or IoError.
std::vector<SourceFilePtr> find_timeloop_files(const std::vector<ArgumentText>& words);

/// What the files call things, for people.
struct TimeloopNames {
  std::string architecture;  ///< the outermost container, or the file
  std::string layer;         ///< the problem's shape, or the file
};
TimeloopNames names_in_timeloop_files(const std::vector<SourceFilePtr>& files);

/// Names and hashes of the files, for results.
std::vector<InputFile> hashes_of(const std::vector<SourceFilePtr>& files);

/// Reports options that mean something for our own files alone.
void refuse_options_of_ours(const ParsedArguments& arguments, std::vector<const char*> options,
                            Diagnostics& diagnostics);

/// Reads them. Throws InputError; warnings go to `diagnostics`.
timeloop::TimeloopSpec read_timeloop_files(const std::vector<SourceFilePtr>& files, Diagnostics& diagnostics);

/// Reads them and evaluates their mapping in Timeloop's way. Throws InputError with everything that is wrong.
ModelReport evaluate_timeloop_files(const std::vector<SourceFilePtr>& files, const ArgumentText& first_word);

/// Our own descriptions of what the files say. Throws InputError; warnings go to `diagnostics`.
timeloop::NativeDescription convert_timeloop_files(const std::vector<SourceFilePtr>& files, Diagnostics& diagnostics);

/// Reads them as if they had been converted before, except that an ERT and an ART among them are charged.
ModelInputs read_timeloop_files_exactly(const std::vector<SourceFilePtr>& files, const ArgumentText& first_word);

/// Those that hold an ERT or an ART.
std::vector<SourceFilePtr> files_with_tables(const std::vector<SourceFilePtr>& files);

/// What a description made of Timeloop's files consists of.
std::vector<SourceFilePtr> texts_of(const timeloop::NativeDescription& native);

}  // namespace ohmloop
