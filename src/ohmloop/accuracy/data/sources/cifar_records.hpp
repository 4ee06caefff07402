#pragma once

#include <string>
#include <vector>

#include "ohmloop/accuracy/data/bytes/byte_source.hpp"
#include "ohmloop/accuracy/data/data_description.hpp"
#include "ohmloop/accuracy/data/image_source.hpp"

namespace ohmloop {

/// CIFAR's binary form (Krizhevsky 2009): records of one label byte (CIFAR-10) or two (CIFAR-100: coarse, fine) and
/// 32 x 32 pixels of red, then of green, then of blue. Throws DataFormatError for a file that is empty or no whole
/// number of records.
LabelledImages read_cifar_records(const std::vector<ByteSource>& files, CifarLabels labels);

}  // namespace ohmloop
