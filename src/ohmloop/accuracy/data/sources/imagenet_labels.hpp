#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/accuracy/data/sources/class_order.hpp"
#include "ohmloop/accuracy/data/sources/open_images.hpp"
#include "ohmloop/accuracy/data/sources/text_lines.hpp"

namespace ohmloop {

/// One line of a list of labels: "490", "n01440764", or either behind the name of an image.
struct ImageNetLabel {
  std::string image;  ///< empty: the lines are in the order of the images' names
  std::optional<std::int64_t> number{};
  std::string wnid;  ///< where there is no number
  TextPiece place;   ///< of the label
};

/// Reads such a list; all lines must have the same form. Reports lines that have another.
std::vector<ImageNetLabel> read_imagenet_labels(const SourceFilePtr& list, Diagnostics& diagnostics);

/// Reads which wnid each ILSVRC2012_ID stands for: lines of a wnid, counted from 1, or of a wnid and its number. The
/// first entry of the result belongs to number 1. Reports numbers that are missing or stand twice.
std::vector<std::string> read_imagenet_ids(const SourceFilePtr& file, Diagnostics& diagnostics);

}  // namespace ohmloop
