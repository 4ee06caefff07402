#pragma once

#include <cstddef>

#include "ohmloop/accuracy/data/bytes/byte_source.hpp"
#include "ohmloop/accuracy/data/image_source.hpp"

namespace ohmloop {

/// What is in an IDX file (Y. LeCun's page of MNIST): elements of 8 bits along axes, of which the first counts images.
struct IdxArray {
  std::vector<std::size_t> shape;
  ByteSource elements;
};

/// Reads an IDX file of unsigned bytes, plain or compressed by gzip; compressed ones are held in memory and may have
/// `most_held_bytes`. Throws DataFormatError, also where the file is longer or shorter than its header says.
IdxArray read_idx(const ByteSource& file, std::size_t most_held_bytes);

/// Grey images with their labels. Throws DataFormatError unless there are three axes and one, of the same length.
LabelledImages combine_idx(const IdxArray& images, const IdxArray& labels, const std::string& name);

}  // namespace ohmloop
