#pragma once

#include <string>

namespace ohmloop {

/// Which program made a result.
struct ToolVersion {
  std::string name;
  std::string version;
  std::string commit;  ///< "unknown" if it was not built from a repository
};

/// A text or file that the result depends on.
struct InputFile {
  std::string path;    ///< as the user gave it, or "preset:isaac"
  std::string sha256;  ///< of its bytes
};

}  // namespace ohmloop
