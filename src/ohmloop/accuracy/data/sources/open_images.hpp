#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "ohmloop/accuracy/data/data_description.hpp"
#include "ohmloop/accuracy/data/data_set_options.hpp"
#include "ohmloop/accuracy/data/image_source.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

/// What opening the files of a description needs to know beside their names.
struct OpenContext {
  std::string package;               ///< Debian package that brings the files; may be empty
  std::optional<std::size_t> limit;  ///< only so many images are wanted
  DataSetOptions options;
  Diagnostics& diagnostics;
};

// Each opens one kind of files; errors go to context.diagnostics at the place of the path, and then nothing is
// returned. Labels are as many as images.

std::optional<LabelledImages> open_images(const TableOfImages& files, OpenContext& context);
std::optional<LabelledImages> open_images(const FolderPerClass& files, OpenContext& context);
std::optional<LabelledImages> open_images(const ImageNetFolder& files, OpenContext& context);
std::optional<LabelledImages> open_images(const CifarFiles& files, OpenContext& context);
std::optional<LabelledImages> open_images(const IdxFiles& files, OpenContext& context);
std::optional<LabelledImages> open_images(const ArrayFiles& files, OpenContext& context);

}  // namespace ohmloop
