#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include "ohmloop/base/file.hpp"
#include "ohmloop/text/source.hpp"

namespace ohmloop {

enum class Severity { error, warning };

/// One thing to tell the user about the input.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string message;             ///< "unknown key 'widht' in memory 'shared_glb'"
  SourceSpan where;                ///< may be empty
  std::string label;               ///< stands beside the carets: "did you mean 'width'?"
  std::vector<std::string> notes;  ///< "known keys: depth, width, ..."
};

/// The user's input is wrong: all that one pass found, at least one of them an error. Exit code 2.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Diagnostic> diagnostics);
  explicit InputError(Diagnostic diagnostic);

  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
};

/// A file can't be read or written. Exit code 3.
class IoError : public FileError {
 public:
  using FileError::FileError;
};

/// Collects what a pass finds, so that a user sees all errors of a file at once.
class Diagnostics {
 public:
  void error(std::string message, const SourceSpan& where, std::string label = {}, std::vector<std::string> notes = {});
  void warning(std::string message, const SourceSpan& where = {}, std::string label = {},
               std::vector<std::string> notes = {});

  [[nodiscard]] bool has_errors() const;
  [[nodiscard]] const std::vector<Diagnostic>& all() const { return diagnostics_; }
  [[nodiscard]] std::vector<Diagnostic> warnings() const;

  /// Throws InputError with everything collected if there is an error among it.
  void throw_if_errors() const;

 private:
  std::vector<Diagnostic> diagnostics_;
};

/// The diagnostic as text of several lines, each ended, with the source line and carets; no colour unless asked for:
///   error: unknown key 'widht' in memory 'shared_glb'
///     --> arch.yaml:14:7
///      |
///   14 |       widht: 64
///      |       ^^^^^ did you mean 'width'?
///      = known keys: depth, width
std::string render(const Diagnostic& diagnostic, bool colour = false);

/// At most `limit` of them with empty lines between, then a line "and 7 more".
std::string render(const std::vector<Diagnostic>& diagnostics, bool colour = false, std::size_t limit = 20);

}  // namespace ohmloop
