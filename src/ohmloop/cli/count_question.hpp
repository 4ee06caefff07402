#pragma once

#include "ohmloop/analysis/explain_count.hpp"
#include "ohmloop/cli/parse_arguments.hpp"

namespace ohmloop {

/// Reads "reads:shared_glb:input", the value of `ohmloop model --explain`. A tensor goes by its role or its name.
/// Throws InputError that points at the word, with the nearest known one.
CountQuestion parse_count_question(const ArgumentText& word, const Einsum& einsum, const Architecture& architecture);

}  // namespace ohmloop
