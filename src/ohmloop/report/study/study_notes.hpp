#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "ohmloop/energy/registry.hpp"
#include "ohmloop/report/page/page.hpp"
#include "ohmloop/study/study_inputs.hpp"
#include "ohmloop/study/study_results.hpp"

namespace ohmloop {

struct StudyNotesOptions {
  std::function<bool()> stop = {};  ///< true once nothing more is wanted
};

/// What figures and reports need beyond the points, as texts for the store (ResultStore::set_notes): the constants of
/// the study's chips, each of up to `most_chips` of an architecture that differ from its first in one axis; and for
/// every figure of one chip the layers of the first point that it asks for.
std::map<std::string, std::string> study_notes(const Study& study, const StudyInputs& inputs, const Registry& registry,
                                               const StudyNotesOptions& options = {});
inline constexpr std::size_t most_chips = 64;

/// The constants in the notes. One that differs between chips is there with each of its values.
std::vector<PageConstant> constants_in(const std::map<std::string, std::string>& notes);

/// Name of the note that a figure of one chip is drawn from.
std::string note_of(const FigureRequest& figure);

}  // namespace ohmloop
