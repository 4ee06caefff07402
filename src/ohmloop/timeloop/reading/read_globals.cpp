#include "ohmloop/timeloop/reading/read_globals.hpp"

#include <string>

#include <fmt/format.h>

#include "ohmloop/timeloop/reading/read_context.hpp"

namespace ohmloop::timeloop {
namespace {

/// Timeloop takes a variable as set unless it is "0".
bool is_on(const YamlNode& value) {
  const std::string& text = value.scalar;
  return !text.empty() && text != "0" && text != "false" && text != "False";
}

bool changes_printing_alone(std::string_view name) {
  return name == "TIMELOOP_HIDE_INCONSEQUENTIAL_STATS" || name == "TIMELOOP_OUTPUT_STAT_SCIENTIFIC" ||
         name == "TIMELOOP_OUTPUT_STAT_DEFAULT_FLOAT" || name == "TIMELOOP_DISABLE_SPATIAL_EXTRAPOLATION";
}

void read_variable(const YamlEntry& entry, Diagnostics& diagnostics, CountingOptions& options) {
  const std::string& name = entry.key;
  const bool on = is_on(entry.value);
  if (name == "TIMELOOP_DISABLE_TEMPORAL_EXTRAPOLATION") {
    options.extrapolate = !on;
  } else if (name == "TIMELOOP_DISABLE_LINK_TRANSFERS") {
    options.link_transfers = !on;
  } else if (name == "TIMELOOP_ENABLE_FIRST_READ_ELISION") {
    options.first_read_elision = on;
  } else if (name == "TIMELOOP_ENABLE_UPDATED_RMW" || name == "TIMELOOP_RUN_LAST_ITERATION") {
    if (on) diagnostics.error(fmt::format("'{}' is not supported: it changes what is counted", name), entry.key_span);
  } else if (!changes_printing_alone(name)) {
    diagnostics.warning(fmt::format("the environment variable '{}' is ignored", name), entry.key_span);
  }
}

}  // namespace

void read_globals(const YamlNode& globals, Diagnostics& diagnostics, CountingOptions& options) {
  if (const YamlNode* environment = globals.find("environment_variables")) {
    for (const YamlEntry& entry : environment->entries) read_variable(entry, diagnostics, options);
  }
  const YamlNode* functions = globals.find("expression_custom_functions");
  if (functions != nullptr && !is_empty(*functions)) {
    diagnostics.warning("functions of one's own in Python are not read: expressions that call them are errors",
                        functions->span);
  }
}

}  // namespace ohmloop::timeloop
