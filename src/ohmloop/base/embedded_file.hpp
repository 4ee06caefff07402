#pragma once

#include <string_view>

namespace ohmloop {

/// A file of share/ohmloop that travels inside the binary; `name` is its path below that folder.
struct EmbeddedFile {
  std::string_view name;
  std::string_view text;
};

}  // namespace ohmloop
