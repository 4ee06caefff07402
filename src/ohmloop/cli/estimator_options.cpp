#include "ohmloop/cli/estimator_options.hpp"

#include <algorithm>
#include <chrono>
#include <memory>

#include "ohmloop/accelergy/unit_estimator.hpp"
#include "ohmloop/energy/programs/program_estimator.hpp"

namespace ohmloop {

namespace {

constexpr std::int64_t longest_timeout_s = 86400;

}  // namespace

void register_estimators(const ParsedArguments& arguments, Registry& registry) {
  register_builtin_estimators(registry);
  ProgramOptions options;
  if (const auto seconds = arguments.number("estimator-timeout")) {
    options.timeout = std::chrono::seconds(std::min(*seconds, longest_timeout_s));
  }
  Diagnostics diagnostics;
  for (const ArgumentText& word : arguments.values("estimator-program")) {
    Diagnostics found;
    add_estimator_program(registry, word.text, found, options);
    for (const Diagnostic& each : found.all()) {
      diagnostics.error(each.message, each.where.empty() ? word.where : each.where, each.label, each.notes);
    }
  }
  diagnostics.throw_if_errors();
}

void select_estimators(const ParsedArguments& arguments, Registry& registry) {
  std::map<std::string, SourceSpan> wanted;
  for (const ArgumentText& word : arguments.values("estimator")) wanted.emplace(word.text, word.where);
  if (!wanted.empty()) registry.select_ahead(std::move(wanted));
}

Registry chosen_estimators(const ParsedArguments& arguments) {
  Registry registry;
  register_estimators(arguments, registry);
  registry.add(std::make_unique<UnitEstimator>());
  select_estimators(arguments, registry);
  return registry;
}

std::vector<const char*> estimator_option_names() { return {"estimator", "estimator-program", "estimator-timeout"}; }

std::vector<std::string> texts_of(const std::vector<ArgumentText>& words) {
  std::vector<std::string> texts;
  texts.reserve(words.size());
  for (const ArgumentText& word : words) texts.push_back(word.text);
  return texts;
}

}  // namespace ohmloop
