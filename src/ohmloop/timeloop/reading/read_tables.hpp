#pragma once

#include <vector>

#include "ohmloop/timeloop/reading/read_context.hpp"
#include "ohmloop/timeloop/reading/spec.hpp"

namespace ohmloop::timeloop {

/// The value of `ERT:`, v0.3 or v0.4: {version, tables: [{name, actions: [{name, arguments, energy}]}]}, energies in
/// pJ.
std::vector<ErtTable> read_ert(const YamlNode& ert, const ReadContext& context);

/// The value of `ART:`: {version, tables: [{name, area}]}, areas in um^2 of one instance.
std::vector<ArtTable> read_art(const YamlNode& art, const ReadContext& context);

/// "mac" of "chip.PE[0..167].mac[0]".
std::string component_of_path(std::string_view path);

}  // namespace ohmloop::timeloop
