#pragma once

#include <string>

namespace ohmloop {

/// The JSON schema of native architecture files, made from the table of keys (share/ohmloop/schemas). Editors use it
/// through the YAML language server; tags are invisible to JSON schema, so that a node may match any kind.
std::string architecture_schema();

/// The table of keys as the Markdown of docs/architecture.md.
std::string key_reference();

}  // namespace ohmloop
