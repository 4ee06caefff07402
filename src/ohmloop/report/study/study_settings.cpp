#include "ohmloop/report/study/study_settings.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "ohmloop/study/slurm_script.hpp"

namespace ohmloop {
namespace {

constexpr std::string_view built_in = "study:";

std::string values_text(const StudyAxis& axis) {
  constexpr std::size_t most = 12;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, axis.values.size()); ++i)
    text += (text.empty() ? "" : ", ") + axis.values[i].text;
  if (axis.values.size() > most)
    text += fmt::format(", ... {} ({} values)", axis.values.back().text, axis.values.size());
  return text;
}

}  // namespace

std::vector<PageSetting> study_settings(const StudyResults& results) {
  std::vector<PageSetting> settings;
  for (const StudyPart& part : results.study.parts) {
    const std::string prefix = part.name.empty() ? "" : part.name + ", ";
    for (const StudyAxis& axis : part.axes) settings.push_back({prefix + axis.name, values_text(axis)});
    for (const PlacedText& word : part.set) {
      const std::size_t equals = std::min(word.text.find('='), word.text.size());
      settings.push_back({fmt::format("{}{} (set)", prefix, word.text.substr(0, equals)),
                          word.text.substr(std::min(equals + 1, word.text.size()))});
    }
    if (part.data) settings.push_back({prefix + "data", part.data->text});
    if (part.wants(MetricKind::accuracy)) {
      const AccuracySettings& accuracy = part.accuracy;
      settings.push_back({prefix + "images", accuracy.images ? fmt::format("{}", *accuracy.images) : "all"});
      if (accuracy.seeds.size() > 1) settings.push_back({prefix + "seeds", fmt::format("{}", accuracy.seeds.size())});
    }
    if (part.wants(MetricKind::cost)) settings.push_back({prefix + "batch", fmt::format("{}", part.batch)});
  }
  if (results.label.shards > 1)
    settings.push_back({"shard", fmt::format("{} of {}", results.label.shard, results.label.shards)});
  constexpr std::size_t shown_digits = 16;
  for (const InputFile& file : results.inputs)
    settings.push_back({file.path, fmt::format("sha256 {}...", file.sha256.substr(0, shown_digits))});
  settings.push_back({"results of", results.label.tool});
  return settings;
}

std::string study_command_line(const StudyResults& results, const std::string& folder, const ToolVersion& tool) {
  std::string study = results.label.study_path;
  if (study.starts_with(built_in)) study = study.substr(built_in.size());
  std::string command = fmt::format("{} study run {}", tool.name, command_word(study));
  if (results.label.quick) command += " --quick";
  if (results.label.shards > 1) command += fmt::format(" --shard {}/{}", results.label.shard, results.label.shards);
  return fmt::format("{} -o {}", command, command_word(folder));
}

std::string command_word(const std::string& text) {
  const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '/' || c == '.' || c == '-' || c == '_' || c == ':' || c == ',' || c == '+';
  });
  return plain ? text : shell_word(text);
}

}  // namespace ohmloop
