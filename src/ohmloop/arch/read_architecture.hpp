#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

/// "--set array.rows=256": replaces `rows` of the node `array`; "--set rows=256" replaces a variable (or a top-level
/// key).
struct Override {
  std::string path;
  std::string value;
};

/// Splits "path=value"; throws InputError otherwise.
Override parse_override(const std::string& text);

/// Reads a native description (DESIGN section 5, docs/architecture.md). Collects every error of the file, then throws
/// one InputError; warnings go to `diagnostics`.
Architecture read_architecture(const SourceFilePtr& source, std::span<const Override> overrides,
                               Diagnostics& diagnostics);

/// The same, but errors go to `diagnostics` too, and what could be read is returned with its nodes: for checks that can
/// still add to the list. Nothing where there is no map to read.
std::optional<Architecture> read_what_is_there(const SourceFilePtr& source, std::span<const Override> overrides,
                                               Diagnostics& diagnostics);

/// The presets that travel inside the binary.
std::vector<std::string> preset_names();
/// The preset's text as "preset:<name>", or null.
SourceFilePtr find_preset(std::string_view name);

/// A preset's name or a path. An unknown name that is no file either is an InputError with suggestions.
SourceFilePtr open_architecture(const std::string& name_or_path);

}  // namespace ohmloop
