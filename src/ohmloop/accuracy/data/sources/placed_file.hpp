#pragma once

#include <optional>
#include <string>

#include "ohmloop/accuracy/data/bytes/byte_source.hpp"
#include "ohmloop/accuracy/data/sources/open_images.hpp"

namespace ohmloop {

/// Whether there is a file; if not, says so at the path's place, with the nearest name in its folder and the package
/// that brings it.
bool check_file(const PlacedPath& file, OpenContext& context);
/// The same for a folder.
bool check_folder(const PlacedPath& folder, OpenContext& context);

/// Opens a binary file, or reports at its place why not.
std::optional<ByteSource> open_file(const PlacedPath& file, OpenContext& context);
/// Reads a text file of at most 256 MiB, or reports at its place why not.
SourceFilePtr open_text(const PlacedPath& file, OpenContext& context);

/// The name in the file's folder that is nearest to a missing file's, as "did you mean 'x'?"; empty if none is near.
std::string nearest_file(const std::string& path);

}  // namespace ohmloop
