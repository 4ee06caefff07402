#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "ohmloop/accuracy/data/bytes/byte_source.hpp"

namespace ohmloop {

/// What stands in front of the elements of a NPY file (numpy's format, versions 1 to 3).
struct NpyHeader {
  std::string type;           ///< numpy's name: "|u1", "<f4"
  bool column_major = false;  ///< Fortran's order
  std::vector<std::size_t> shape;
  std::size_t element_bytes = 0;  ///< 0 for types other than integers and floats
  std::size_t data_offset = 0;

  [[nodiscard]] std::size_t elements() const;
};

/// Reads the header and checks that the elements fill the rest of the file exactly. Throws DataFormatError.
NpyHeader read_npy_header(const ByteSource& source);

}  // namespace ohmloop
