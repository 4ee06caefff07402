#pragma once

#include <string>

#include "ohmloop/text/source.hpp"

namespace ohmloop {

/// A word of the user's with its place: on the command line or in a file.
struct PlacedText {
  std::string text;
  SourceSpan where;
};

}  // namespace ohmloop
