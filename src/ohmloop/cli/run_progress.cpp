#include "ohmloop/cli/run_progress.hpp"

#include <algorithm>

namespace ohmloop {

ProgressStyle progress_style(const ParsedArguments& arguments, const Terminal& terminal) {
  const std::string mode = arguments.value("progress").value_or("auto");
  if (arguments.has("quiet") || mode == "none") return ProgressStyle::none;
  if (mode == "plain") return ProgressStyle::plain;
  return terminal.err_is_terminal() ? ProgressStyle::bar : ProgressStyle::none;
}

std::size_t threads_of(const ParsedArguments& arguments) {
  return static_cast<std::size_t>(std::min<std::int64_t>(arguments.number("jobs").value_or(0), 1024));
}

}  // namespace ohmloop
