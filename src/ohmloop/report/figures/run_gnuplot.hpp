#pragma once

#include <optional>
#include <string>

namespace ohmloop {

/// What gnuplot made of a script that draws to its standard output.
struct Drawing {
  std::optional<std::string> picture{};
  std::string problem{};  ///< why there is none: a phrase
};

/// Runs the program `gnuplot` (no shell, none of the user's settings) on the script; it is stopped after a minute.
/// Needs POSIX, and Linux for its files in memory.
Drawing run_gnuplot(const std::string& script);

}  // namespace ohmloop
