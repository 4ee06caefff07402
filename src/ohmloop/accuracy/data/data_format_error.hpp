#pragma once

#include <stdexcept>

namespace ohmloop {

/// Bytes of a data set are not what they claim to be; the message says what is wrong, not where it was read. Whoever
/// knows the file or the image names it: `ImageError` for one image, a diagnostic for a whole file.
class DataFormatError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace ohmloop
