#pragma once

#include <string>
#include <vector>

#include "ohmloop/accuracy/data/sources/open_images.hpp"

namespace ohmloop {

/// Names of the folders within a folder, sorted by their bytes; hidden ones are left out. Reports other files.
std::vector<std::string> folders_within(const PlacedPath& folder, OpenContext& context);

/// Names of the images in the folder `within` (or in the folder itself, where that is empty), sorted by their bytes;
/// hidden files are left out. Reports files without an ending of JPEG or PNG, and folders.
std::vector<std::string> images_within(const PlacedPath& folder, const std::string& within, OpenContext& context);

}  // namespace ohmloop
