#include "ohmloop/cli/checked_study.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/cli/estimator_options.hpp"
#include "ohmloop/cli/interrupt.hpp"
#include "ohmloop/cli/study_words.hpp"
#include "ohmloop/cli/version.hpp"
#include "ohmloop/study/point_space.hpp"
#include "ohmloop/study/read_study.hpp"

namespace ohmloop {

namespace {

constexpr double many_points = 1e6;
constexpr double most_points = 1e12;

/// Before the work: a product that grew by mistake would take years.
void check_size(const Study& study, const StudyInputs& inputs, const Registry& registry, const StudyOptions& options,
                bool yes) {
  const double points = count_points(study);
  if (points <= many_points || (yes && points <= most_points)) return;
  std::vector<std::string> notes;
  if (points <= most_points) {
    const double seconds = estimate_seconds(study, inputs, registry, options);
    notes.push_back(fmt::format("by a few of them it would take about {}{}", about_how_long(seconds),
                                options.shards > 1 ? " for this shard" : ""));
    notes.emplace_back("take fewer values, or start it all the same with --yes");
  } else {
    notes.push_back(fmt::format("at most {} even with --yes", format_magnitude(most_points)));
  }
  throw InputError(Diagnostic{
      Severity::error,
      fmt::format("study '{}' has {} points ({})", study.name, format_magnitude(points), product_text(study)),
      {},
      {},
      std::move(notes)});
}

}  // namespace

CheckedStudy open_checked_study(const ArgumentText& word, const ParsedArguments& arguments,
                                const StudyOptions& options) {
  CheckedStudy opened;
  opened.study = read_study(open_study(word), {.quick = arguments.has("quick")});
  opened.inputs = open_study_inputs(opened.study);
  opened.registry = chosen_estimators(arguments);
  const InterruptibleWork work;
  check_size(opened.study, opened.inputs, opened.registry, options, arguments.has("yes"));
  std::vector<Diagnostic> wrong = check_study_values(opened.study, opened.inputs, opened.registry, options);
  throw_if_interrupted();
  if (!wrong.empty()) throw InputError(std::move(wrong));
  return opened;
}

std::string study_folder_of(const ParsedArguments& arguments, const std::string& study) {
  return arguments.value("out").value_or((std::filesystem::path("out") / study).string());
}

StoreLabel store_label_of(const Study& study, const StudyOptions& options) {
  StoreLabel label;
  label.tool = to_string(tool_version());
  label.study = study.name;
  label.identity = study.identity;
  label.study_path = study.source->path;
  label.study_text = study.source->text;
  label.quick = study.quick;
  label.shard = options.shard;
  label.shards = options.shards;
  return label;
}

}  // namespace ohmloop
