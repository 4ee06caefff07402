#include "ohmloop/cli/version.hpp"

#include <fmt/format.h>

namespace ohmloop {

ToolVersion tool_version() { return {"ohmloop", OHMLOOP_VERSION, OHMLOOP_COMMIT}; }

std::string to_string(const ToolVersion& tool) {
  return fmt::format("{} {} (commit {})", tool.name, tool.version, tool.commit);
}

}  // namespace ohmloop
