#pragma once

#include <string_view>

namespace ohmloop {

/// A file of share/ohmloop that travels inside the binary.
struct EmbeddedFile {
  std::string_view name;  ///< its path below that folder
  std::string_view text;  ///< its bytes, whatever they are
};

}  // namespace ohmloop
