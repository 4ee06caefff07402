#pragma once

#include <exception>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/report/text_table.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

/// The reader of standard output has gone ("ohmloop zoo | head -1"): nothing is wrong, there is only nobody to tell.
class ClosedPipe : public std::exception {};

enum class ColourMode { automatic, always, never };

/// The two streams of the program and what is known of their other ends.
class Terminal {
 public:
  Terminal(std::ostream& out, std::ostream& err, bool out_is_terminal, bool err_is_terminal);

  void set_colours(ColourMode mode) { colours_ = mode; }

  /// A result, to standard output. Throws ClosedPipe, or FileError if it can't be written.
  void print(std::string_view result);
  /// One line for the user, to standard error.
  void note(std::string_view line);
  /// Errors and warnings, to standard error; at most 20 of them are shown.
  void explain(const std::vector<Diagnostic>& diagnostics);
  /// A single error without a place.
  void complain(std::string message, std::vector<std::string> notes = {});

  [[nodiscard]] TableStyle table_style() const;
  [[nodiscard]] bool err_is_terminal() const { return err_is_terminal_; }
  [[nodiscard]] std::ostream& err() { return err_; }

 private:
  [[nodiscard]] bool colour_on(bool is_terminal) const;

  std::ostream& out_;
  std::ostream& err_;
  bool out_is_terminal_;
  bool err_is_terminal_;
  ColourMode colours_ = ColourMode::automatic;
};

}  // namespace ohmloop
