#include "ohmloop/text/diagnostic.hpp"

#include <algorithm>
#include <utility>

namespace ohmloop {
namespace {

std::vector<Diagnostic> one(Diagnostic diagnostic) {
  std::vector<Diagnostic> list;
  list.push_back(std::move(diagnostic));
  return list;
}

}  // namespace

InputError::InputError(std::vector<Diagnostic> diagnostics)
    : std::runtime_error(render(diagnostics)), diagnostics_(std::move(diagnostics)) {}

InputError::InputError(Diagnostic diagnostic) : InputError(one(std::move(diagnostic))) {}

void Diagnostics::error(std::string message, const SourceSpan& where, std::string label,
                        std::vector<std::string> notes) {
  diagnostics_.push_back({Severity::error, std::move(message), where, std::move(label), std::move(notes)});
}

void Diagnostics::warning(std::string message, const SourceSpan& where, std::string label,
                          std::vector<std::string> notes) {
  diagnostics_.push_back({Severity::warning, std::move(message), where, std::move(label), std::move(notes)});
}

bool Diagnostics::has_errors() const {
  return std::any_of(diagnostics_.begin(), diagnostics_.end(),
                     [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::error; });
}

std::vector<Diagnostic> Diagnostics::warnings() const {
  std::vector<Diagnostic> result;
  std::copy_if(diagnostics_.begin(), diagnostics_.end(), std::back_inserter(result),
               [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::warning; });
  return result;
}

void Diagnostics::throw_if_errors() const {
  if (has_errors()) throw InputError(diagnostics_);
}

}  // namespace ohmloop
