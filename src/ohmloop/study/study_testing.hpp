#pragma once

#include <memory>
#include <string>

#include "ohmloop/study/read_study.hpp"
#include "ohmloop/text/diagnostic.hpp"

/// What tests of studies share.
namespace ohmloop::study_testing {

inline Study study_of(const std::string& text, bool quick = false) {
  return read_study(std::make_shared<const SourceFile>(SourceFile{"my.yaml", text}), {.quick = quick});
}

/// The errors of a text, as a user sees them; empty if there are none.
inline std::string complaints(const std::string& text) {
  try {
    study_of(text);
    return {};
  } catch (const InputError& error) {
    return render(error.diagnostics());
  }
}

/// A study with this text behind `axes:`.
inline std::string with_axes(const std::string& axes) {
  return "ohmloop-study: 1\nnetworks: [a, b]\narchitecture: pim\nmetrics: [energy_pj, top1]\naxes:\n" + axes;
}

}  // namespace ohmloop::study_testing
