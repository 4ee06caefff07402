#include "ohmloop/cli/study_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/study/built_in_studies.hpp"
#include "ohmloop/study/chosen_inputs.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

namespace {

struct ActionWords {
  std::string_view action;
  std::size_t fewest_names;
  std::size_t most_names;
  std::string_view names;  ///< what they are
  std::vector<std::string_view> options;
};

const std::vector<ActionWords>& actions() {
  constexpr std::size_t any = SIZE_MAX;
  static const std::vector<ActionWords> table = {
      {"list", 0, 0, "", {}},
      {"run", 1, 1, "a study", {"out", "resume", "quick", "shard", "yes", "figures", "jobs", "progress", "quiet"}},
      {"show", 1, 1, "a folder of results", {"format"}},
      {"merge", 1, any, "folders of shards", {"out", "figures", "quiet"}},
      {"submit",
       1,
       1,
       "a study",
       {"slurm", "shards", "restarts", "partition", "sbatch", "program", "print", "out", "quick", "yes", "jobs"}},
      {"status", 1, 1, "the folder of a study that was submitted", {}}};
  return table;
}

bool is_among(std::string_view word, const std::vector<std::string_view>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::optional<std::uint64_t> whole(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

void check_names(const ParsedArguments& arguments, const ActionWords& action, Diagnostics& diagnostics) {
  const std::size_t names = arguments.positional.size() - 1;
  if (names < action.fewest_names) {
    diagnostics.error(fmt::format("'ohmloop study {}' needs {}", action.action, action.names),
                      arguments.positional.front().where, "as in ohmloop help study");
  }
  for (std::size_t i = action.most_names; i < names; ++i) {
    diagnostics.error(fmt::format("unexpected argument '{}'", arguments.positional[i + 1].text),
                      arguments.positional[i + 1].where);
  }
}

}  // namespace

void check_study_words(const ParsedArguments& arguments) {
  const ArgumentText& word = arguments.positional.front();
  Diagnostics diagnostics;
  const auto action =
      std::find_if(actions().begin(), actions().end(), [&](const ActionWords& one) { return one.action == word.text; });
  if (action == actions().end()) {
    std::vector<std::string> known;
    for (const ActionWords& one : actions()) known.emplace_back(one.action);
    diagnostics.error(fmt::format("'study' can't '{}'", word.text), word.where, did_you_mean(word.text, known),
                      {fmt::format("it can: {}", list_names(known))});
    diagnostics.throw_if_errors();
  }
  check_names(arguments, *action, diagnostics);
  for (const auto& [option, values] : arguments.options) {
    bool known = false;
    for (const ActionWords& one : actions()) known = known || is_among(option, one.options);
    if (!known || is_among(option, action->options) || values.empty()) continue;
    diagnostics.error(fmt::format("'--{}' means nothing to 'study {}'", option, action->action), values.back().where);
  }
  diagnostics.throw_if_errors();
}

ShardWord shard_of(const ParsedArguments& arguments) {
  if (!arguments.has("shard")) return {};
  const ArgumentText word = arguments.values("shard").back();
  const std::size_t slash = word.text.find('/');
  const std::optional<std::uint64_t> shard = whole(std::string_view(word.text).substr(0, slash));
  const std::optional<std::uint64_t> shards =
      slash == std::string::npos ? std::nullopt : whole(std::string_view(word.text).substr(slash + 1));
  constexpr std::uint64_t most_shards = 1'000'000;
  if (!shard || !shards || *shards == 0 || *shards > most_shards || *shard >= *shards) {
    throw InputError(Diagnostic{Severity::error,
                                fmt::format("'{}' is no shard", word.text),
                                word.where,
                                "expected I/N with I from 0 to N - 1, as in 0/4",
                                {}});
  }
  return {*shard, *shards};
}

SourceFilePtr open_study(const ArgumentText& word) {
  if (SourceFilePtr built_in = find_built_in_study(word.text)) return built_in;
  if (!means_file(word.text)) {
    const std::vector<std::string> known = built_in_study_names();
    throw InputError(Diagnostic{Severity::error,
                                fmt::format("unknown study '{}'", word.text),
                                word.where,
                                did_you_mean(word.text, known),
                                {fmt::format("known: {}", list_names(known)), "or the path of a YAML file"}});
  }
  require_file(word);
  return read_source_file(word.text);
}

std::string missing_text(const StudyResults& results) {
  std::vector<std::string> points;
  for (const auto& [part, number] : results.missing) {
    const std::string& name = results.study.parts[part].name;
    points.push_back(name.empty() ? fmt::format("{}", number) : fmt::format("{} {}", name, number));
  }
  const std::string more = results.missing_points > points.size() ? ", ..." : "";
  return fmt::format("{} {}: {}{}", format_count(static_cast<std::int64_t>(results.missing_points)),
                     results.missing_points == 1 ? "point is missing" : "points are missing", fmt::join(points, ", "),
                     more);
}

std::string about_how_long(double seconds) {
  struct Unit {
    double seconds;
    std::string_view name;
  };
  constexpr std::array<Unit, 5> units = {
      {{31557600, "year"}, {86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}}};
  for (const Unit& unit : units) {
    if (seconds < unit.seconds && unit.seconds > 1) continue;
    const double count = std::max(1.0, std::round(seconds / unit.seconds));
    return fmt::format("{} {}{}", format_magnitude(count), unit.name, count == 1 ? "" : "s");
  }
  return {};
}

}  // namespace ohmloop
