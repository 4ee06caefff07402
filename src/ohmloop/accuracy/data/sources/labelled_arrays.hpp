#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ohmloop/accuracy/data/bytes/byte_source.hpp"
#include "ohmloop/accuracy/data/image_source.hpp"
#include "ohmloop/accuracy/data/preprocessing_step.hpp"

namespace ohmloop {

/// Images of numpy: uint8 or float32 in C order, axes N H W, or N C H W or N H W C as `layout` says. One image is read
/// from the file at a time; a value that is not finite makes it a damaged one. Throws DataFormatError.
std::shared_ptr<const ImageSource> read_image_array(const ByteSource& npy, std::optional<SampleLayout> layout,
                                                    const std::string& name);

/// Labels of numpy: integers of up to 64 bits, with or without sign, axes N or N 1. Throws DataFormatError.
std::vector<std::int64_t> read_label_array(const ByteSource& npy);

}  // namespace ohmloop
