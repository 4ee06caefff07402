#pragma once

#include <string>
#include <string_view>

namespace ohmloop {

/// A text as a YAML scalar: plain where it surely reads back as this text, else in double quotes.
std::string yaml_name(std::string_view text);

}  // namespace ohmloop
