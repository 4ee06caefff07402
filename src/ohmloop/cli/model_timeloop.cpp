#include "ohmloop/cli/model_timeloop.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/base/sha256.hpp"
#include "ohmloop/cli/chip_inputs.hpp"
#include "ohmloop/cli/inputs.hpp"
#include "ohmloop/report/timeloop_report.hpp"
#include "ohmloop/timeloop/reading/map_text.hpp"
#include "ohmloop/timeloop/reading/read_spec.hpp"
#include "ohmloop/timeloop/reading/to_nest.hpp"

namespace ohmloop {

namespace {

bool is_timeloop_file(const SourceFilePtr& source) {
  if (timeloop::is_printed_mapping(*source)) return true;
  Diagnostics ignored;
  return timeloop::looks_like_timeloop(parse_yaml(source, ignored));
}

}  // namespace

std::vector<SourceFilePtr> find_timeloop_files(const std::vector<ArgumentText>& words) {
  std::vector<SourceFilePtr> files;
  bool timeloop = false;
  for (const ArgumentText& word : words) {
    std::error_code ignored;
    if (std::filesystem::is_directory(word.text, ignored)) {
      for (const ChipFile& file : open_chip_files({word})) files.push_back(file.source);
    } else if (means_file(word.text)) {
      require_file(word);
      files.push_back(read_source_file(word.text));
    }
  }
  for (const SourceFilePtr& file : files) timeloop = timeloop || is_timeloop_file(file);
  return timeloop ? files : std::vector<SourceFilePtr>{};
}

ModelReport evaluate_timeloop_files(const std::vector<SourceFilePtr>& files, const ArgumentText& first_word) {
  Diagnostics diagnostics;
  const timeloop::TimeloopSpec spec = timeloop::read_timeloop_spec(files, diagnostics);
  diagnostics.throw_if_errors();
  const std::optional<timeloop::Nest> nest = timeloop::to_nest(spec, diagnostics, timeloop::nest_options_of(spec));
  diagnostics.throw_if_errors();
  const SourceSpan where = spec.mapping_where.empty() ? first_word.where : spec.mapping_where;
  for (std::string& problem : timeloop::check_nest(*nest, spec.counting)) diagnostics.error(std::move(problem), where);
  diagnostics.throw_if_errors();
  ModelReport report = timeloop_report(*nest, timeloop::evaluate(*nest, spec.counting));
  for (const SourceFilePtr& file : files) report.inputs.push_back({file->path, sha256_hex(file->text)});
  report.architecture = "Timeloop's files";
  report.layer = "the problem";
  report.warnings = diagnostics.warnings();
  return report;
}

}  // namespace ohmloop
